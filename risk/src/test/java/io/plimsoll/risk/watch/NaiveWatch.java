package io.plimsoll.risk.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@link PriceWatch} promises, by going through all bands on every tick. */
final class NaiveWatch {

    private record Band(int market, double lower, double upper) {

        boolean isLeftAt(double price) {
            return price <= lower || price >= upper;
        }
    }

    private final double[] prices;
    private final Map<Integer, List<Band>> bands = new TreeMap<>();
    private final Set<Integer> due = new TreeSet<>();
    private final Set<Integer> pending = new TreeSet<>();

    NaiveWatch(int markets) {
        prices = new double[markets];
        Arrays.fill(prices, Double.NaN);
    }

    void add(int slot) {
        bands.put(slot, new ArrayList<>());
    }

    void remove(int slot) {
        forget(slot);
        bands.remove(slot);
    }

    void forget(int slot) {
        bands.put(slot, new ArrayList<>());
        due.remove(slot);
        pending.remove(slot);
    }

    void band(int slot, int market, double lower, double upper) {
        Band band = new Band(market, lower, upper);
        bands.get(slot).add(band);
        if (band.isLeftAt(prices[market])) {
            due.add(slot);
        }
    }

    /** Sets the prices and notes who has to be looked at. */
    void prices(double[] newPrices) {
        for (int market = 0; market < newPrices.length; market++) {
            if (!Double.isNaN(newPrices[market])) {
                prices[market] = newPrices[market];
            }
        }
        pending.addAll(due);
        due.clear();
        bands.forEach((slot, all) -> {
            if (all.stream().anyMatch(band -> band.isLeftAt(prices[band.market()]))) {
                pending.add(slot);
            }
        });
    }

    /** Takes note of a look. False where it has no reason, or is the second one. */
    boolean look(int slot) {
        boolean expected = pending.remove(slot);
        bands.put(slot, new ArrayList<>());
        due.remove(slot);
        return expected;
    }

    /** Those that should have been looked at on this tick and were not. */
    Set<Integer> missed() {
        return pending;
    }

    Set<Integer> slots() {
        return bands.keySet();
    }
}
