package io.plimsoll.risk.survey;

import java.util.ArrayList;
import java.util.List;

/** An account as plain numbers, with formulas of its own: the other side of the comparison. */
final class PlainAccount {

    final String venue;
    final List<Pool> pools = new ArrayList<>();

    PlainAccount(String venue) {
        this.venue = venue;
    }

    /** Something with a price of its own. */
    static final class Item {
        final int market;
        final boolean coin;
        final boolean inverse;
        final boolean pegged;
        final double quantity;
        final double entry;
        final double rate;
        final long lots;

        /** The venue's own liquidation price; 0 where it says none. */
        double line;

        private Item(
                int market,
                boolean coin,
                boolean inverse,
                boolean pegged,
                double quantity,
                double entry,
                double rate,
                long lots) {
            this.market = market;
            this.coin = coin;
            this.inverse = inverse;
            this.pegged = pegged;
            this.quantity = quantity;
            this.entry = entry;
            this.rate = rate;
            this.lots = lots;
        }

        static Item linear(int market, long lots, double entry, double rate) {
            return new Item(market, false, false, false, lots / 1e4, entry, rate, lots);
        }

        static Item inverse(int market, long lots, double entry, double rate) {
            return new Item(market, false, true, false, lots, entry, rate, lots);
        }

        static Item coin(int market, double quantity, double factor, boolean pegged) {
            return new Item(market, true, false, pegged, quantity, 0, factor, Math.round(quantity * 1e4));
        }

        double exposureUsd(double[] prices) {
            return inverse ? quantity : quantity * prices[market];
        }
    }

    /** What shares collateral; money in dollars, or in coins where it holds an inverse position. */
    static final class Pool {
        final List<Item> items = new ArrayList<>();
        double cash;

        boolean loan() {
            return items.stream().allMatch(item -> item.coin);
        }

        boolean moves() {
            return !items.isEmpty();
        }

        private boolean inverse() {
            return !items.isEmpty() && items.get(0).inverse;
        }

        double surplus(double[] prices) {
            double sum = cash;
            for (Item item : items) {
                double price = prices[item.market];
                if (item.coin) {
                    sum += item.quantity * price * (item.quantity > 0 ? item.rate : 1);
                } else if (item.inverse) {
                    sum += item.quantity * (1 / item.entry - 1 / price) - Math.abs(item.quantity) * item.rate / price;
                } else {
                    sum += item.quantity * (price - item.entry) - Math.abs(item.quantity) * item.rate * price;
                }
            }
            return sum;
        }

        double equityUsd(double[] prices) {
            double sum = cash;
            for (Item item : items) {
                double price = prices[item.market];
                if (item.coin) {
                    sum += item.quantity * price;
                } else if (item.inverse) {
                    sum += item.quantity * (1 / item.entry - 1 / price);
                } else {
                    sum += item.quantity * (price - item.entry);
                }
            }
            return inverse() ? sum * prices[items.get(0).market] : sum;
        }

        boolean falls(double[] prices) {
            boolean lines = false;
            boolean crossed = false;
            for (Item item : items) {
                if (item.line > 0) {
                    lines = true;
                    double price = prices[item.market];
                    crossed |= item.quantity > 0 ? price <= item.line : price >= item.line;
                }
            }
            return lines ? crossed : surplus(prices) < 0;
        }

        double[] moved(double[] prices, double factor) {
            double[] moved = new double[prices.length];
            for (int i = 0; i < prices.length; i++) {
                moved[i] = prices[i] * factor;
            }
            for (Item item : items) {
                if (item.pegged) {
                    moved[item.market] = prices[item.market];
                }
            }
            return moved;
        }

        /** Sold and bought by market, lots. */
        void trade(long[] sold, long[] bought) {
            boolean loan = loan();
            for (Item item : items) {
                if (!item.coin || loan) {
                    sold[item.market] += Math.max(0, item.lots);
                    bought[item.market] += Math.max(0, -item.lots);
                }
            }
        }
    }
}
