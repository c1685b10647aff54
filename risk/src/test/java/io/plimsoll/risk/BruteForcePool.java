package io.plimsoll.risk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The sums of a pool once more in decimals, straight from the records: maintenance margin is each tier's rate on what of
 * the notional lies in that tier, so that no deduction is used.
 */
final class BruteForcePool {

    private static final MathContext DIGITS = new MathContext(50);

    private final RandomAccounts.Sample account;

    BruteForcePool(RandomAccounts.Sample account) {
        this.account = account;
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number);
    }

    BigDecimal equity(Prices prices) {
        BigDecimal sum = BigDecimal.ZERO;
        for (OpenPosition position : account.positions()) {
            Long isolated = position.isolatedMargin();
            if (isolated != null) {
                sum = sum.add(BigDecimal.valueOf(isolated, position.contract().settleDecimals()));
            }
            sum = sum.add(profit(position, prices));
        }
        for (Balance balance : account.balances()) {
            sum = sum.add(value(balance, prices));
        }
        return sum;
    }

    BigDecimal surplus(Prices prices) {
        BigDecimal sum = equity(prices);
        for (Balance balance : account.balances()) {
            if (balance.quantity() > 0) {
                sum = sum.subtract(value(balance, prices).multiply(BigDecimal.ONE.subtract(decimal(balance.factor()))));
            }
        }
        for (OpenPosition position : account.positions()) {
            sum = sum.subtract(maintenance(position, prices));
        }
        return sum;
    }

    BigDecimal maintenance(OpenPosition position, Prices prices) {
        List<Tier> tiers = account.tiersByMarket().get(position.market());
        BigDecimal notional = size(position, decimal(prices.price(position.market())));
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal above = notional.subtract(decimal(tiers.get(i).floor())).max(BigDecimal.ZERO);
            if (i + 1 < tiers.size()) {
                above = above.min(decimal(tiers.get(i + 1).floor())
                        .subtract(decimal(tiers.get(i).floor())));
            }
            sum = sum.add(above.multiply(decimal(tiers.get(i).maintenanceRate())));
        }
        return sum.multiply(unit(position, prices), DIGITS);
    }

    private static BigDecimal profit(OpenPosition position, Prices prices) {
        BigDecimal change = size(position, decimal(prices.price(position.market())))
                .subtract(size(position, decimal(position.entryPrice())));
        boolean gainsWithSize = (position.lots() > 0) != (position.contract().shape() == Shape.INVERSE);
        return (gainsWithSize ? change : change.negate()).multiply(unit(position, prices), DIGITS);
    }

    private static BigDecimal size(OpenPosition position, BigDecimal price) {
        BigDecimal quantity = BigDecimal.valueOf(
                Math.abs(position.lots()), position.contract().lotSize().decimals());
        return position.contract().shape() == Shape.INVERSE
                ? quantity.divide(price, DIGITS)
                : quantity.multiply(price, DIGITS);
    }

    private static BigDecimal unit(OpenPosition position, Prices prices) {
        return position.contract().shape() == Shape.INVERSE || !position.isCross()
                ? BigDecimal.ONE
                : decimal(prices.quoteUsd(position.market()));
    }

    private BigDecimal value(Balance balance, Prices prices) {
        if (account.positions().get(0).contract().shape() == Shape.INVERSE) {
            return decimal(balance.quantity());
        }
        String market = balance.market();
        BigDecimal price = market == null ? decimal(balance.unitPriceUsd()) : decimal(prices.price(market));
        return decimal(balance.quantity()).multiply(price, DIGITS);
    }

    /** What its sums are made of, added up without signs: rounding is a share of this. */
    double scale(Prices prices) {
        double sum = 0;
        for (OpenPosition position : account.positions()) {
            sum += size(position, decimal(prices.price(position.market()))).doubleValue()
                    + size(position, decimal(position.entryPrice())).doubleValue();
        }
        for (Balance balance : account.balances()) {
            sum += Math.abs(value(balance, prices).doubleValue());
        }
        return sum;
    }

    /**
     * Where a function's sign changes nearest to a price, by small steps and then halving.
     *
     * @return NaN where it does not between a millionth and a million times the price
     */
    static double nearestChange(DoubleUnaryOperator function, double price, double step) {
        boolean here = function.applyAsDouble(price) >= 0;
        double up = price;
        double down = price;
        while (up < price * 1e6) {
            double higher = up * (1 + step);
            double lower = down / (1 + step);
            if (function.applyAsDouble(higher) >= 0 != here) {
                return halved(function, up, higher, here);
            }
            if (function.applyAsDouble(lower) >= 0 != here) {
                return halved(function, down, lower, here);
            }
            up = higher;
            down = lower;
        }
        return Double.NaN;
    }

    private static double halved(DoubleUnaryOperator function, double near, double far, boolean here) {
        double inside = near;
        double outside = far;
        for (int i = 0; i < 60; i++) {
            double middle = (inside + outside) / 2;
            if (function.applyAsDouble(middle) >= 0 == here) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside;
    }
}
