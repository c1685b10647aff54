package io.plimsoll.risk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index and {@link NaiveWatch} look at the same watchers on every tick, whatever happens between and within. */
class PriceWatchRandomTest {

    private static final int MARKETS = 6;
    private static final int TICKS = 6_000;
    private static final int MOST_WATCHERS = 120;

    private final double[] prices = new double[MARKETS];
    private final NaiveWatch naive = new NaiveWatch(MARKETS);
    private Random random = new Random();
    private PriceWatch watch = new PriceWatch();
    private int recycled;
    private int newestSlot = -1;

    @ParameterizedTest(name = "seed {0}, storm share {1}")
    @CsvSource({"1, 0.1", "2, 0.1", "3, 0.1", "4, 0", "5, 0.02", "6, 0.5", "7, 1", "8, 1"})
    void shouldLookAtTheSameWatchersAsNaively(long seed, double stormShare) {
        random = new Random(seed);
        watch = new PriceWatch(stormShare);
        Arrays.fill(prices, 100);
        int mostOnOneTick = 0;

        for (int tick = 0; tick < TICKS; tick++) {
            String where = "seed %d, storm share %s, tick %d".formatted(seed, stormShare, tick);
            changeWatchers();

            mostOnOneTick = Math.max(mostOnOneTick, tick(tick, where));

            assertThat(naive.missed()).describedAs("%s: missed", where).isEmpty();
            assertThat(watch.size()).describedAs(where).isEqualTo(naive.slots().size());
            assertThat(watch.voidThresholds()).describedAs(where).isBetween(0L, watch.thresholds() + 64);
        }

        assertThat(watch.looks())
                .describedAs("seed %d: something happened", seed)
                .isGreaterThan(TICKS);
        assertThat(mostOnOneTick).isGreaterThan(MOST_WATCHERS / 4);
        assertThat(recycled).isGreaterThan(100);
        assertThat(watch.pops()).isPositive();
        assertThat(watch.scans() > 0).isEqualTo(stormShare < 1);
    }

    private void changeWatchers() {
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            if (naive.slots().isEmpty() || random.nextInt(20) < 11 && watch.size() < MOST_WATCHERS) {
                add();
            } else if (random.nextBoolean()) {
                remove(anySlot());
            } else {
                int slot = anySlot();
                watch.forget(slot);
                naive.forget(slot);
                setBands(slot);
            }
        }
    }

    private int tick(int tick, String where) {
        double[] newPrices = newPrices(tick);
        naive.prices(newPrices);
        List<Integer> looked = new ArrayList<>();
        int single = single(newPrices);
        if (single >= 0 && random.nextBoolean()) {
            watch.price(single, newPrices[single], slot -> look(slot, looked, where));
        } else {
            watch.prices(newPrices, slot -> look(slot, looked, where));
        }
        return looked.size();
    }

    private void look(int slot, List<Integer> looked, String where) {
        looked.add(slot);
        assertThat(naive.look(slot)).describedAs("%s: slot %d", where, slot).isTrue();
        int what = random.nextInt(100);
        if (what < 85) {
            setBands(slot);
        } else if (what < 90) {
            remove(slot);
        } else if (what < 93) {
            remove(anySlot());
        } else if (what < 96) {
            add();
        } else if (what < 98) {
            setBands(anySlot());
        }
    }

    private void add() {
        int slot = watch.add();
        assertThat(naive.slots()).doesNotContain(slot);
        if (slot <= newestSlot) {
            recycled++;
        }
        newestSlot = Math.max(newestSlot, slot);
        naive.add(slot);
        setBands(slot);
    }

    private void remove(int slot) {
        watch.remove(slot);
        naive.remove(slot);
    }

    private void setBands(int slot) {
        int bands = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < bands; i++) {
            int market = random.nextInt(MARKETS);
            double width = 0.2 * Math.pow(random.nextDouble(), 2);
            // Now and then a band that does not hold the present price, or holds it on its very end.
            double middle = prices[market] * (random.nextInt(30) == 0 ? 1 + 2 * width : 1);
            double lower = random.nextInt(4) == 0 ? 0 : rounded(middle * (1 - width));
            double upper = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : rounded(middle * (1 + width));
            watch.band(slot, market, lower, upper);
            naive.band(slot, market, lower, upper);
        }
    }

    private double[] newPrices(int tick) {
        double[] newPrices = new double[MARKETS];
        Arrays.fill(newPrices, Double.NaN);
        boolean crash = tick % 997 > 980;
        double drift = tick % 997 == 990 ? 0.5 : crash ? 0.04 : 0;
        boolean vector = crash || random.nextInt(3) == 0;
        for (int i = vector ? 0 : random.nextInt(MARKETS); i < MARKETS; i++) {
            if (!vector || random.nextInt(5) > 0) {
                double jump = random.nextInt(200) == 0 ? 0.3 : 0.01;
                double home = 0.02 * Math.log(prices[i] / 100);
                prices[i] = rounded(prices[i] * Math.exp(jump * random.nextGaussian() - home - drift));
                newPrices[i] = prices[i];
            }
            if (!vector) {
                break;
            }
        }
        return newPrices;
    }

    /** To halves, so that prices often hit an end exactly. */
    private static double rounded(double price) {
        return Math.max(0.5, Math.rint(price * 2) / 2);
    }

    private static int single(double[] newPrices) {
        int single = -1;
        for (int market = 0; market < MARKETS; market++) {
            if (!Double.isNaN(newPrices[market])) {
                if (single >= 0) {
                    return -1;
                }
                single = market;
            }
        }
        return single;
    }

    private int anySlot() {
        List<Integer> slots = new ArrayList<>(naive.slots());
        if (slots.isEmpty()) {
            add();
            return newestSlot;
        }
        return slots.get(random.nextInt(slots.size()));
    }
}
