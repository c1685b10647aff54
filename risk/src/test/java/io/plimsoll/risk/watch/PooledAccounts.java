package io.plimsoll.risk.watch;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Bands;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.WatchedPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Accounts of the margin model. Their states come from pools and bands as in the monitor; their margin, which the test
 * holds them against, from {@link Terms}: plain arithmetic that shares nothing with them.
 */
final class PooledAccounts implements WatchedAccounts {

    private static final double TIER_USD = 20_000;
    private static final double RATE = 0.01;
    private static final double UPPER_RATE = 0.02;
    private static final LotSize LOTS = new LotSize(5, 1);
    private static final double HAIRCUT = 0.9;

    /** One position or coin in numbers: market, signed size, entry price, and what kind of thing it is. */
    private record Terms(Kind kind, int market, double size, double entry, double tier) {

        enum Kind {
            LINEAR,
            INVERSE,
            COIN
        }

        /** Profit less maintenance margin. */
        double margin(double[] prices) {
            double price = prices[market];
            return switch (kind) {
                case COIN -> HAIRCUT * size * price;
                case LINEAR -> size * (price - entry) - maintenance(Math.abs(size) * price);
                case INVERSE -> size * (1 / entry - 1 / price) - maintenance(Math.abs(size) / price);
            };
        }

        /** The larger of the two pieces: maintenance margin is convex. */
        private double maintenance(double notional) {
            return Math.max(RATE * notional, UPPER_RATE * notional - (UPPER_RATE - RATE) * tier);
        }
    }

    private record Account(double cash, List<Terms> terms, WatchedPool pool) {}

    private final List<Account> accounts = new ArrayList<>();
    private final MarginCall[] states;

    private PooledAccounts(int count) {
        states = new MarginCall[count];
    }

    /** Half of them with one instrument, the others with 2 to 6; an eighth inverse, a fifth of the others with a coin. */
    static PooledAccounts random(int count, double[] prices, Random random) {
        PooledAccounts made = new PooledAccounts(count);
        for (int i = 0; i < count; i++) {
            made.states[i] = MarginCall.OK;
            made.accounts.add(random.nextInt(8) == 0 ? inverse(prices, random) : linear(prices, random));
        }
        return made;
    }

    private static Account linear(double[] prices, Random random) {
        boolean single = random.nextInt(7) < 3;
        int held = single ? 1 : 2 + random.nextInt(5);
        int first = random.nextInt(prices.length);
        List<Terms> terms = new ArrayList<>();
        double gross = 0;
        for (int i = 0; i < held; i++) {
            int market = (first + i * 3) % prices.length;
            double value = signedValue(random);
            double entry = prices[market] * (0.9 + 0.2 * random.nextDouble());
            terms.add(new Terms(Terms.Kind.LINEAR, market, lots(value / prices[market]), entry, TIER_USD));
            gross += Math.abs(value);
        }
        if (!single && random.nextInt(5) == 0) {
            int market = random.nextInt(prices.length);
            double quantity = 0.05 * gross / prices[market];
            terms.add(new Terms(Terms.Kind.COIN, market, quantity, 0, 0));
        }
        return account(terms, gross, prices, random);
    }

    private static Account inverse(double[] prices, Random random) {
        int market = random.nextInt(prices.length);
        double face = lots(signedValue(random));
        double entry = prices[market] * (0.9 + 0.2 * random.nextDouble());
        Terms terms = new Terms(Terms.Kind.INVERSE, market, face, entry, TIER_USD / prices[market]);
        return account(List.of(terms), Math.abs(face) / prices[market], prices, random);
    }

    /** Enough cash that the account is some way from its line. */
    private static Account account(List<Terms> terms, double gross, double[] prices, Random random) {
        double distance = Math.max(0.01, 0.2 * Math.exp(0.8 * random.nextGaussian()));
        double margin = terms.stream().mapToDouble(its -> its.margin(prices)).sum();
        double cash = Math.rint((distance * gross - margin) * 1e6) / 1e6;
        return new Account(cash, terms, pool(terms, cash));
    }

    private static WatchedPool pool(List<Terms> terms, double cash) {
        List<OpenPosition> positions = new ArrayList<>();
        List<Balance> balances = new ArrayList<>();
        boolean inverse = terms.get(0).kind() == Terms.Kind.INVERSE;
        balances.add(new Balance(inverse ? "COIN" : "USD", null, cash, 1, 1));
        for (Terms its : terms) {
            String market = market(its.market());
            if (its.kind() == Terms.Kind.COIN) {
                balances.add(new Balance("COIN", market, its.size(), HAIRCUT, 1));
                continue;
            }
            MarginTable table = MarginTable.of(
                    List.of(new Tier(0, RATE, null, null), new Tier(its.tier(), UPPER_RATE, null, null)));
            Contract contract = new Contract(
                    market,
                    market,
                    inverse ? "COIN" : "USD",
                    inverse ? Shape.INVERSE : Shape.LINEAR,
                    LOTS,
                    Contract.DOLLAR_DECIMALS,
                    table,
                    0,
                    VenueModel.GENERIC);
            positions.add(new OpenPosition(contract, LOTS.lots(its.size()), its.entry(), 0, null, null, null, 0));
        }
        return WatchedPool.of(
                new MarginAccount(positions, balances, VenueModel.GENERIC)
                        .pools()
                        .get(0),
                null,
                0.001);
    }

    private static double signedValue(Random random) {
        return 1_000 * Math.exp(2 * random.nextGaussian()) * (random.nextInt(3) < 2 ? 1 : -1);
    }

    /** A size of whole lots. */
    private static double lots(double size) {
        return LOTS.size(LOTS.lots(size));
    }

    private static String market(int number) {
        return "v:" + (char) ('A' + number);
    }

    private record Board(double[] prices) implements Prices {

        @Override
        public double price(String market) {
            return prices[market.charAt(2) - 'A'];
        }

        @Override
        public double quoteUsd(String market) {
            return 1;
        }
    }

    @Override
    public int count() {
        return accounts.size();
    }

    @Override
    public double marginUsd(int account, double[] prices) {
        Account its = accounts.get(account);
        double margin = its.cash();
        for (Terms terms : its.terms()) {
            margin += terms.margin(prices);
        }
        return margin;
    }

    @Override
    public boolean look(int account, double[] prices, double theta, PriceWatch watch, int slot) {
        Bands bands = new Bands(theta, MarginCall.Levels.DEFAULT);
        Board board = new Board(prices);
        WatchedPool pool = accounts.get(account).pool();
        // Each run begins with accounts that are all safe, so the state of the run before is no state to go on from.
        MarginCall before = watch.looks() == 0 ? MarginCall.OK : states[account];
        MarginCall state = pool.state(board, before, bands.levels());
        states[account] = state;
        pool.bands(bands, state, board, (market, low, high) -> watch.band(slot, market.charAt(2) - 'A', low, high));
        return state.compareTo(MarginCall.LIQUIDATABLE) >= 0;
    }

    @Override
    public void setBands(int account, double[] prices, double theta, PriceWatch watch, int slot) {
        look(account, prices, theta, watch, slot);
    }

    @Override
    public boolean hasExactLine(int account) {
        return accounts.get(account).terms().size() == 1;
    }
}
