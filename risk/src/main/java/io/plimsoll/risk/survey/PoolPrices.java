package io.plimsoll.risk.survey;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceRange;
import io.plimsoll.risk.Prices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prices that move one pool, read once, and moved: all together, or one alone. */
final class PoolPrices {

    /** Up to so many markets, going through them is quicker than looking them up. */
    private static final int FEW = 8;

    private final List<String> markets = new ArrayList<>(2);
    private final @Nullable Map<String, Integer> numbers;
    private final double[] now;
    private final double[] quoteUsd;
    private final boolean[] pegged;
    private final double[] moved;
    private final double[] low;
    private final PriceRange nowRange;
    private final PriceRange movedRange;
    private final Prices movedPrices;

    /** Prices of a pool that has all of them. */
    PoolPrices(MarginPool pool, Prices prices) {
        int most = pool.positions().size() + pool.coins().size();
        numbers = most > FEW ? new HashMap<>(2 * most) : null;
        pegged = new boolean[most];
        for (OpenPosition position : pool.positions()) {
            number(position.market());
        }
        for (Balance coin : pool.coins()) {
            String market = coin.market();
            if (market != null) {
                pegged[number(market)] |= coin.peggedToUsd();
            }
        }
        int count = markets.size();
        now = new double[count];
        quoteUsd = new double[count];
        low = new double[count];
        for (int i = 0; i < count; i++) {
            now[i] = prices.price(markets.get(i));
            quoteUsd[i] = prices.quoteUsd(markets.get(i));
        }
        moved = now.clone();
        nowRange = PriceRange.at(new View(now));
        movedPrices = new View(moved);
        movedRange = PriceRange.at(movedPrices);
    }

    private int number(String market) {
        int known = find(market);
        if (known >= 0) {
            return known;
        }
        markets.add(market);
        if (numbers != null) {
            numbers.put(market, markets.size() - 1);
        }
        return markets.size() - 1;
    }

    private int find(String market) {
        if (numbers != null) {
            return numbers.getOrDefault(market, -1);
        }
        for (int i = 0; i < markets.size(); i++) {
            if (markets.get(i).equals(market)) {
                return i;
            }
        }
        return -1;
    }

    /** Markets whose prices move the pool, each once. */
    List<String> markets() {
        return markets;
    }

    /** Present prices. */
    Prices now() {
        return nowRange.low();
    }

    /** Present prices. */
    PriceRange nowRange() {
        return nowRange;
    }

    /** All prices multiplied by a factor, but not those of stablecoins; holds until the next call. */
    PriceRange all(double factor) {
        for (int i = 0; i < moved.length; i++) {
            moved[i] = pegged[i] ? now[i] : now[i] * factor;
        }
        return movedRange;
    }

    /** One price alone multiplied by a factor, a stablecoin's too; holds until the next call. */
    PriceRange one(int market, double factor) {
        System.arraycopy(now, 0, moved, 0, moved.length);
        moved[market] = now[market] * factor;
        return movedRange;
    }

    /** Every price somewhere between what it is and that times a factor below 1. */
    PriceRange anyDownTo(double factor) {
        for (int i = 0; i < low.length; i++) {
            low[i] = now[i] * factor;
        }
        return new PriceRange(new View(low), now());
    }

    /** Prices of markets that a pool names; others are not asked for. */
    private final class View implements Prices {
        private final double[] values;

        View(double[] values) {
            this.values = values;
        }

        @Override
        public double price(String market) {
            int number = find(market);
            return number < 0 ? Double.NaN : values[number];
        }

        @Override
        public double quoteUsd(String market) {
            int number = find(market);
            return number < 0 ? 1 : quoteUsd[number];
        }
    }
}
