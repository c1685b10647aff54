package io.plimsoll.connectors.sim;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What traders do of their own will: open, add, reduce, close, and take the other side of others' trades. */
final class SimTraders {

    private static final int CANDIDATES = 8;
    private static final double LARGEST_PART_OF_FREE_MARGIN = 0.6;
    private static final double REDUCE_SHARE = 0.45;
    private static final double WHOLE_CLOSE_SHARE = 0.5;
    private static final double BROKE_SHARE = 0.1;

    private final SimVenue venue;
    private final RandomGenerator random;
    private final double[] cumulativeDeposits;
    private final double[] cumulativePopularity;

    SimTraders(SimVenue venue, RandomGenerator random) {
        this.venue = venue;
        this.random = random;
        this.cumulativeDeposits = cumulative(venue.accounts.stream()
                .mapToDouble(account -> account.usualDepositMicros)
                .toArray());
        this.cumulativePopularity = cumulative(venue.markets.stream()
                .mapToDouble(market -> market.instrument.popularity())
                .toArray());
    }

    private static double[] cumulative(double[] weights) {
        Arrays.parallelPrefix(weights, Double::sum);
        return weights;
    }

    private <T> T drawn(List<T> from, double[] cumulative) {
        double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, drawn);
        return from.get(Math.min(found >= 0 ? found : -found - 1, from.size() - 1));
    }

    /** Half the time anyone, half the time by size: the large trade more. */
    private SimAccount anyAccount() {
        return random.nextBoolean()
                ? venue.accounts.get(random.nextInt(venue.accounts.size()))
                : drawn(venue.accounts, cumulativeDeposits);
    }

    /** One trader does one thing, if another takes the other side. */
    void act() {
        SimAccount taker = anyAccount();
        if (taker.positions.isEmpty() && taker.cashMicros < taker.usualDepositMicros * BROKE_SHARE) {
            venue.deposit(taker);
        }
        SimMarket market = drawn(venue.markets, cumulativePopularity);
        if (taker.position(market) == null && taker.positions.size() >= taker.mostPositions) {
            int chosen = random.nextInt(taker.positions.size());
            market = taker.positions.values().stream().skip(chosen).findFirst().orElseThrow().market;
        }
        long lots = wantedLots(taker, market);
        if (lots == 0) {
            return;
        }
        SimOrderTerms terms = terms(taker, market);
        Match match = bestMatch(taker, market, lots);
        if (match != null) {
            venue.trade(market, taker, terms, match.maker, terms(match.maker, market), match.takerLots);
            market.push(market.notionalUsd(match.takerLots));
        }
    }

    private long wantedLots(SimAccount taker, SimMarket market) {
        SimPosition position = taker.position(market);
        if (position == null) {
            double bias = taker.momentumHabit * market.momentum() * 5;
            return (bias + random.nextGaussian() > 0 ? 1 : -1) * affordableLots(taker, market);
        }
        if (random.nextDouble() < REDUCE_SHARE) {
            double share = random.nextDouble() < WHOLE_CLOSE_SHARE ? 1 : 0.2 + 0.6 * random.nextDouble();
            return -Math.round(position.lots * share);
        }
        return Long.signum(position.lots) * affordableLots(taker, market);
    }

    private long affordableLots(SimAccount account, SimMarket market) {
        double usd =
                account.freeMarginUsd() * LARGEST_PART_OF_FREE_MARGIN * random.nextDouble() * leverage(account, market);
        return (long) (usd / market.markPrice() * market.lotsPerUnit);
    }

    private static double leverage(SimAccount account, SimMarket market) {
        SimPosition position = account.position(market);
        if (position != null) {
            return position.leverage;
        }
        // The upper tier's limit, where a position may grow into it, is left to the maintenance margin.
        return Math.max(1, StrictMath.rint(Math.min(account.leverageHabit, market.instrument.maxLeverage())));
    }

    private SimOrderTerms terms(SimAccount account, SimMarket market) {
        return new SimOrderTerms(random.nextDouble() < account.isolatedHabit, leverage(account, market));
    }

    private record Match(SimAccount maker, long takerLots) {}

    private @Nullable Match bestMatch(SimAccount taker, SimMarket market, long takerLots) {
        Match best = null;
        for (int i = 0; i < CANDIDATES; i++) {
            SimAccount maker = anyAccount();
            long lots = maker == taker ? 0 : acceptedLots(maker, market, -takerLots);
            if (lots != 0 && (best == null || Math.abs(lots) > Math.abs(best.takerLots))) {
                best = new Match(maker, -lots);
            }
        }
        return best;
    }

    /** How much of the lots offered to it a trader takes, signed as they are. */
    private long acceptedLots(SimAccount maker, SimMarket market, long lots) {
        SimPosition position = maker.position(market);
        long most;
        if (position != null && (position.lots > 0) != (lots > 0)) {
            most = Math.abs(position.lots);
        } else if (position != null || maker.positions.size() < maker.mostPositions) {
            most = affordableLots(maker, market);
        } else {
            most = 0;
        }
        return Long.signum(lots) * Math.min(most, Math.abs(lots));
    }

    /**
     * Sells or buys away lots of a position that must be closed: to traders who want them, then, as auto-deleveraging
     * does, to those who hold the other side. Since all lots have another side, nothing is left over.
     */
    void close(SimAccount account, SimPosition position, long lots) {
        SimMarket market = position.market;
        long left = lots;
        for (int i = 0; i < CANDIDATES && left != 0; i++) {
            Match match = bestMatch(account, market, left);
            if (match != null) {
                left = closeAgainst(account, market, match.maker, match.takerLots, left);
            }
        }
        int start = random.nextInt(venue.accounts.size());
        for (int i = 0; i < venue.accounts.size() && left != 0; i++) {
            SimAccount other = venue.accounts.get((start + i) % venue.accounts.size());
            SimPosition opposite = other.position(market);
            if (opposite != null && other != account && (opposite.lots > 0) == (left > 0)) {
                long taken = Long.signum(left) * Math.min(Math.abs(left), Math.abs(opposite.lots));
                left = closeAgainst(account, market, other, taken, left);
            }
        }
        if (left != 0) {
            throw new IllegalStateException(left + " lots of " + market.key + " have no other side");
        }
        market.push(market.notionalUsd(lots));
    }

    private long closeAgainst(SimAccount account, SimMarket market, SimAccount other, long lots, long left) {
        venue.trade(market, account, terms(account, market), other, terms(other, market), lots);
        return left - lots;
    }
}
