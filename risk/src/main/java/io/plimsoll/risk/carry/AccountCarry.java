package io.plimsoll.risk.carry;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What it costs an account to go on as it is, and how long it can: with prices and rates standing still, and nobody paying
 * in.
 *
 * <p>Funding is the same in every hour, so a pool reaches its line after surplus / net payment. Interest is compounded
 * continuously: debts d at rates r take a surplus g at the time t where {@code sum d (exp(r t) - 1) = g}. Of several pools
 * the first to reach its line counts.
 *
 * @param fundingUsdPerHour net over all positions, positive is paid; null where a rate that it needs is not known
 * @param interestUsdPerHour at the beginning, on all debts in pools that count in US dollars, >= 0; null where a rate that
 *     it needs is not known
 * @param fundingHours until funding alone brings a pool to its line, >= 0; null where it does not, or is not known
 * @param interestHours the same for interest alone
 */
public record AccountCarry(
        @Nullable Double fundingUsdPerHour,
        @Nullable Double interestUsdPerHour,
        @Nullable Double fundingHours,
        @Nullable Double interestHours) {

    private static final double HOURS_PER_YEAR = 365 * 24.0;

    /** Newton's steps come from one side and at least halve what is missing; far fewer are ever needed. */
    private static final int MOST_STEPS = 100;

    /** A debt that costs interest, US dollars at a fraction of itself per year. */
    private record Debt(double usd, double ratePerYear) {}

    /**
     * An account.
     *
     * @param pools all of its pools
     * @param prices all known
     * @param fundingRate8h of a market, fraction of notional per 8 hours, positive: longs pay; null where not known
     */
    public static AccountCarry of(
            List<MarginPool> pools, Prices prices, Function<String, @Nullable Double> fundingRate8h) {
        Sums funding = new Sums();
        Sums interest = new Sums();
        for (MarginPool pool : pools) {
            double surplus = pool.isMoved() ? Math.max(0, pool.surplus(prices) * pool.unitUsd(prices)) : Double.NaN;
            Double paid = funding(pool, prices, fundingRate8h);
            funding.add(paid, paid != null && paid > 0 ? surplus / paid : Double.NaN);
            List<Debt> debts = debts(pool, prices);
            interest.add(
                    debts == null ? null : (Double) perHour(debts), debts == null ? Double.NaN : hours(debts, surplus));
        }
        return new AccountCarry(funding.usdPerHour, interest.usdPerHour, funding.hours(), interest.hours());
    }

    /** What a pool's positions pay in an hour, US dollars; null where a rate is not known. */
    private static @Nullable Double funding(
            MarginPool pool, Prices prices, Function<String, @Nullable Double> fundingRate8h) {
        double sum = 0;
        for (int i = 0; i < pool.positions().size(); i++) {
            OpenPosition position = pool.positions().get(i);
            Double rate8h = fundingRate8h.apply(position.market());
            if (rate8h == null) {
                return null;
            }
            double price = prices.price(position.market());
            double settleUsd =
                    prices.quoteUsd(position.market()) * (position.contract().shape() == Shape.INVERSE ? price : 1);
            double notionalUsd = pool.exposure(i).notional(price) * settleUsd;
            sum += FundingBurden.of(position.side(), rate8h, notionalUsd, 0).usdPerHour();
        }
        return sum;
    }

    private static @Nullable List<Debt> debts(MarginPool pool, Prices prices) {
        List<Debt> debts = new ArrayList<>();
        for (Balance balance : pool.held()) {
            if (balance.quantity() < 0) {
                Double rate = balance.borrowRate();
                if (rate == null) {
                    return null;
                }
                debts.add(new Debt(-balance.quantity() * MarginPool.coinPrice(balance, prices), rate));
            }
        }
        return debts;
    }

    private static double perHour(List<Debt> debts) {
        double sum = 0;
        for (Debt debt : debts) {
            sum += debt.usd() * debt.ratePerYear() / HOURS_PER_YEAR;
        }
        return sum;
    }

    /** Until interest has taken a surplus; NaN where it never does. */
    private static double hours(List<Debt> debts, double surplus) {
        double atFirst = perHour(debts) * HOURS_PER_YEAR;
        if (!(atFirst > 0) || Double.isNaN(surplus)) {
            return Double.NaN;
        }
        // Interest on interest makes it no later than this; from here steps only go down, to the root.
        double years = soonestAlone(debts, surplus);
        for (int step = 0; step < MOST_STEPS; step++) {
            double missing = -surplus;
            double slope = 0;
            for (Debt debt : debts) {
                missing += debt.usd() * StrictMath.expm1(debt.ratePerYear() * years);
                slope += debt.usd() * debt.ratePerYear() * StrictMath.exp(debt.ratePerYear() * years);
            }
            double next = years - missing / slope;
            if (!(next < years)) {
                break;
            }
            years = next;
        }
        return years * HOURS_PER_YEAR;
    }

    /** Years in which the fastest single debt would take the surplus, or all of them by simple interest. */
    private static double soonestAlone(List<Debt> debts, double surplus) {
        double years = surplus / (perHour(debts) * HOURS_PER_YEAR);
        for (Debt debt : debts) {
            if (debt.usd() > 0 && debt.ratePerYear() > 0) {
                years = Math.min(years, StrictMath.log1p(surplus / debt.usd()) / debt.ratePerYear());
            }
        }
        return years;
    }

    /** Adds pools up; one that is not known leaves the whole unknown. */
    private static final class Sums {
        private @Nullable Double usdPerHour = 0.0;
        private double first = Double.NaN;

        void add(@Nullable Double its, double hours) {
            usdPerHour = usdPerHour == null || its == null ? null : (Double) (usdPerHour + its);
            if (!(hours >= first)) {
                first = Double.isNaN(hours) ? first : hours;
            }
        }

        @Nullable
        Double hours() {
            return usdPerHour == null || Double.isNaN(first) ? null : (Double) first;
        }
    }
}
