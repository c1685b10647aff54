package io.plimsoll.risk.scenario;

import io.plimsoll.risk.PriceRange;
import io.plimsoll.risk.Prices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The prices of a scenario: before the shock, and in each of its rounds a low and a high one. What is in it is copied.
 */
public final class PricePath {

    private final List<String> markets;
    private final double[] quoteUsd;
    private final Map<String, Integer> numbers;
    private final PriceRange start;
    private final List<double[]> low;
    private final List<double[]> high;
    private final List<PriceRange> rounds;

    private PricePath(
            List<String> markets,
            double[] quoteUsd,
            Map<String, Integer> numbers,
            PriceRange start,
            List<double[]> low,
            List<double[]> high,
            List<PriceRange> rounds) {
        this.markets = markets;
        this.quoteUsd = quoteUsd;
        this.numbers = numbers;
        this.start = start;
        this.low = low;
        this.high = high;
        this.rounds = rounds;
    }

    /**
     * A path without a round.
     *
     * @param markets venue:symbol, each once
     * @param prices before the shock, in the order of markets
     * @param quoteUsd US dollars per quote unit, in the order of markets
     */
    public static PricePath of(List<String> markets, double[] prices, double[] quoteUsd) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String market : markets) {
            if (numbers.put(market, numbers.size()) != null) {
                throw new IllegalArgumentException("market " + market + " is named twice, allowed is once");
            }
        }
        double[] quotes = quoteUsd.clone();
        return new PricePath(
                List.copyOf(markets),
                quotes,
                numbers,
                PriceRange.at(new At(numbers, prices.clone(), quotes)),
                List.of(),
                List.of(),
                List.of());
    }

    /** The path with one round more; low and high may be the same array. */
    public PricePath then(double[] newLow, double[] newHigh) {
        double[] lows = newLow.clone();
        double[] highs = sameArray(newLow, newHigh) ? lows : newHigh.clone();
        At atLow = new At(numbers, lows, quoteUsd);
        At atHigh = sameArray(lows, highs) ? atLow : new At(numbers, highs, quoteUsd);
        return new PricePath(
                markets,
                quoteUsd,
                numbers,
                start,
                with(low, lows),
                with(high, highs),
                with(rounds, new PriceRange(atLow, atHigh)));
    }

    @SuppressWarnings("ArrayEquals") // one array stands for one price
    private static boolean sameArray(double[] one, double[] other) {
        return one == other;
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new ArrayList<>(some.size() + 1);
        all.addAll(some);
        all.add(more);
        return all;
    }

    /** Its markets. */
    public List<String> markets() {
        return markets;
    }

    /** How many rounds it has. */
    public int rounds() {
        return rounds.size();
    }

    /** Prices before the shock. */
    public PriceRange start() {
        return start;
    }

    /** Prices of a round, from 0. */
    public PriceRange at(int round) {
        return rounds.get(round);
    }

    /** Low prices of a round in the order of markets. */
    public double[] low(int round) {
        return low.get(round).clone();
    }

    /** High prices of a round in the order of markets. */
    public double[] high(int round) {
        return high.get(round).clone();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record At(Map<String, Integer> numbers, double[] prices, double[] quotes) implements Prices {

        @Override
        public double price(String market) {
            Integer number = numbers.get(market);
            return number == null ? Double.NaN : prices[number];
        }

        @Override
        public double quoteUsd(String market) {
            Integer number = numbers.get(market);
            return number == null ? 1 : quotes[number];
        }
    }
}
