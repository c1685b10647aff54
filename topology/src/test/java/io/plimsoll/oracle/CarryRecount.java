package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Collateral;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account pays, and how long it can, from scratch; interest by halving instead of by steps. */
final class CarryRecount {

    private static final double MS_PER_HOUR = 3_600_000;
    private static final double HOURS_PER_YEAR = 8_760;
    private static final double MOST_YEARS = 1_000 * 365.25 / 365;
    private static final double ROUNDING = 1e-9;

    /** Of a time, relative, where what is left is no small difference of large terms. */
    private static final double OF_TIME = 1e-6;

    private record Debt(double usd, double rate) {}

    private final LatestPrices prices;
    private boolean fundingKnown = true;
    private boolean interestKnown = true;
    private double funding;
    private double interest;
    private double terms;
    private double smallestLeft = Double.POSITIVE_INFINITY;
    private @Nullable Double fundingHours;
    private @Nullable Double interestHours;

    CarryRecount(LatestPrices prices) {
        this.prices = prices;
    }

    /**
     * Adds a pool.
     *
     * @param left backing less requirement, US dollars
     * @param unitUsd US dollars per settle unit of each position
     * @param its what was added up for that, US dollars
     */
    void add(PoolRecount pool, double left, double[] unitUsd, double its) {
        terms += its;
        smallestLeft = Math.min(smallestLeft, Math.abs(left) / its);
        double paid = 0;
        for (int i = 0; i < unitUsd.length; i++) {
            OpenPosition position = pool.positions().get(i);
            Double rate = prices.fundingPerHour(position);
            if (rate == null) {
                fundingKnown = false;
            } else {
                BigDecimal price = PoolRecount.priceOf(position, prices);
                double notional = position.notionalAt(price).doubleValue() * unitUsd[i];
                paid += (position.isLong() ? 1 : -1) * rate * notional;
            }
        }
        funding += paid;
        if (paid > 0) {
            fundingHours = soonest(fundingHours, Math.max(0, left) / paid);
        }
        if (pool.kind() == PoolRecount.Kind.DOLLARS) {
            List<Debt> debts = debts(pool.balances());
            double owed =
                    debts.stream().mapToDouble(debt -> debt.usd() * debt.rate()).sum();
            interest += owed / HOURS_PER_YEAR;
            if (owed > 0) {
                interestHours = soonest(interestHours, years(debts, Math.max(0, left)) * HOURS_PER_YEAR);
            }
        }
    }

    /** Cash that no position or loan is made of. */
    void addIdle(Collateral balance) {
        interest += debts(List.of(balance)).stream()
                .mapToDouble(debt -> debt.usd() * debt.rate() / HOURS_PER_YEAR)
                .sum();
    }

    private List<Debt> debts(List<Collateral> balances) {
        List<Debt> debts = new ArrayList<>();
        for (Collateral balance : balances) {
            if (balance.getQuantity() < 0) {
                Double rate = balance.getBorrowRate();
                interestKnown &= rate != null;
                debts.add(new Debt(
                        -balance.getQuantity() * prices.unitPriceUsd(balance).doubleValue(), rate == null ? 0 : rate));
            }
        }
        return debts;
    }

    private static double years(List<Debt> debts, double left) {
        double low = 0;
        double high = 1e9;
        while (high - low > 1e-12 * high) {
            double middle = (low + high) / 2;
            double grown = 0;
            for (Debt debt : debts) {
                grown += debt.usd() * Math.expm1(debt.rate() * middle);
            }
            if (grown >= left) {
                high = middle;
            } else {
                low = middle;
            }
            if (middle == low && middle == high) {
                break;
            }
        }
        return high < 1e-9 ? 0 : high;
    }

    private static double soonest(@Nullable Double one, double other) {
        return one == null ? other : Math.min(one, other);
    }

    /** What is wrong with the record, a line each. */
    List<String> differences(AccountRisk actual, boolean isComputed) {
        List<String> lines = new ArrayList<>();
        check(lines, "fundingUsdPerHour", fundingKnown ? (Double) funding : null, actual.getFundingUsdPerHour());
        check(lines, "interestUsdPerHour", interestKnown ? (Double) interest : null, actual.getInterestUsdPerHour());
        checkTime(
                lines,
                "fundingLiquidationMs",
                isComputed && fundingKnown ? fundingHours : null,
                actual.getFundingLiquidationMs());
        checkTime(
                lines,
                "interestLiquidationMs",
                isComputed && interestKnown ? interestHours : null,
                actual.getInterestLiquidationMs());
        return lines;
    }

    private void check(List<String> lines, String name, @Nullable Double expected, @Nullable Double actual) {
        if (expected == null || actual == null
                ? expected != null || actual != null
                : Math.abs(expected - actual) > ROUNDING * terms) {
            lines.add(name + ": expected " + expected + ", actual " + actual);
        }
    }

    private void checkTime(List<String> lines, String name, @Nullable Double hours, @Nullable Long actual) {
        boolean never = hours == null || hours > MOST_YEARS * HOURS_PER_YEAR;
        if (smallestLeft < 1e-6 && !never) {
            return; // on its line, but for rounding
        }
        if (never || actual == null
                ? !never || actual != null
                : Math.abs(hours * MS_PER_HOUR - actual) > 1 + OF_TIME * hours * MS_PER_HOUR) {
            lines.add(name + ": expected " + (never ? null : hours * MS_PER_HOUR) + ", actual " + actual);
        }
    }
}
