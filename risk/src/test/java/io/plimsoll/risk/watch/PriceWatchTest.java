package io.plimsoll.risk.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceWatchTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private final PriceWatch watch = new PriceWatch();
    private final List<Integer> looked = new ArrayList<>();

    @ParameterizedTest(name = "price {0}: looked at {1}")
    @CsvSource({"90.01, false", "90, true", "89, true", "109.99, false", "110, true", "200, true"})
    void shouldLookWhenAnEndIsReached(double price, boolean expected) {
        int slot = watch.add();
        watch.price(0, 100, looked::add);
        watch.band(slot, 0, 90, 110);

        watch.price(0, price, looked::add);

        assertThat(looked).isEqualTo(expected ? List.of(slot) : List.of());
        assertThat(watch.price(0)).isEqualTo(price);
    }

    @Test
    void shouldNeverLookAtAnAbsentEnd() {
        int below = watch.add();
        int above = watch.add();
        watch.band(below, 0, 90, NONE);
        watch.band(above, 0, 0, 110);

        watch.price(0, 1e300, looked::add);
        assertThat(looked).containsExactly(above);
        watch.price(0, 1e-300, looked::add);

        assertThat(looked).containsExactly(above, below);
        assertThat(watch.thresholds()).isZero();
    }

    @Test
    void shouldMakeAllBandsVoidByALook() {
        int slot = watch.add();
        watch.band(slot, 0, 90, 110);
        watch.band(slot, 1, 9, 11);

        watch.price(0, 80, looked::add);
        watch.price(0, 120, looked::add);
        watch.price(1, 8, looked::add);
        watch.price(1, 12, looked::add);

        assertThat(looked).containsExactly(slot);
        assertThat(watch.looks()).isEqualTo(1);
    }

    @Test
    void shouldLookOncePerTickOnSeveralMarkets() {
        int slot = watch.add();
        watch.band(slot, 0, 90, 110);
        watch.band(slot, 1, 9, 11);
        watch.band(slot, 2, 1, 3);
        List<Double> seen = new ArrayList<>();

        watch.prices(new double[] {80, 12, Double.NaN}, each -> {
            looked.add(each);
            seen.add(watch.price(0));
            seen.add(watch.price(1));
            seen.add(watch.price(2));
        });

        assertThat(looked).containsExactly(slot);
        assertThat(seen).containsExactly(80.0, 12.0, Double.NaN);
    }

    @Test
    void shouldLookOnNextTickAtABandThatIsLeftWhenSet() {
        int slot = watch.add();
        watch.band(slot, 0, 90, 110);
        watch.price(1, 50, looked::add);
        IntConsumer setsItTooHigh = each -> {
            looked.add(each);
            watch.band(each, 1, 60, 70);
        };

        watch.price(0, 80, setsItTooHigh);
        assertThat(looked).describedAs("not again in the same tick").containsExactly(slot);
        watch.price(0, 81, setsItTooHigh);
        assertThat(looked)
                .describedAs("on the next tick, though on another market")
                .containsExactly(slot, slot);
        watch.price(1, 65, looked::add);
        assertThat(looked).describedAs("though the price is back").containsExactly(slot, slot, slot);
        watch.price(1, 1, looked::add);

        assertThat(looked).describedAs("no band was set any more").hasSize(3);
    }

    @Test
    void shouldCountBandsSetWithinATickFromThenOn() {
        int slot = watch.add();
        watch.band(slot, 0, 90, 110);
        watch.price(0, 90, each -> watch.band(each, 0, 85, 95));

        watch.price(0, 86, looked::add);
        assertThat(looked).isEmpty();
        watch.price(0, 85, looked::add);

        assertThat(looked).containsExactly(slot);
    }

    @Test
    void shouldWaitForAFirstPrice() {
        int slot = watch.add();
        watch.band(slot, 3, 90, 110);
        assertThat(watch.price(3)).isNaN();
        assertThat(watch.price(99)).isNaN();

        watch.price(2, 1, looked::add);
        assertThat(looked).isEmpty();
        watch.price(3, 80, looked::add);

        assertThat(looked).containsExactly(slot);
    }

    @Test
    void shouldNarrowABandByAnotherUntilForgotten() {
        int slot = watch.add();
        watch.band(slot, 0, 90, 110);
        watch.band(slot, 0, 95, 120);

        watch.price(0, 95, looked::add);
        assertThat(looked).containsExactly(slot);

        watch.band(slot, 0, 90, 110);
        watch.forget(slot);
        watch.band(slot, 0, 80, 110);
        watch.price(0, 85, looked::add);
        assertThat(looked).containsExactly(slot);
    }

    @Test
    void shouldNotTakeThresholdsOfAFormerOwnerOfTheSlot() {
        int former = watch.add();
        watch.band(former, 0, 90, 110);
        watch.remove(former);
        int slot = watch.add();
        watch.band(slot, 0, 50, 150);

        watch.price(0, 80, looked::add);
        assertThat(slot).isEqualTo(former);
        assertThat(looked).isEmpty();
        watch.price(0, 50, looked::add);

        assertThat(looked).containsExactly(slot);
    }

    @Test
    void shouldNotLookAtWhatALookRemovedOrForgot() {
        int first = watch.add();
        int second = watch.add();
        int third = watch.add();
        for (int slot : new int[] {first, second, third}) {
            watch.band(slot, 0, 90 - slot, 110);
        }

        watch.price(0, 80, each -> {
            looked.add(each);
            watch.remove(second);
            watch.forget(third);
            assertThat(watch.add()).describedAs("recycled within the tick").isEqualTo(second);
        });
        watch.price(0, 70, looked::add);

        assertThat(looked).containsExactly(first);
        assertThat(watch.size()).isEqualTo(3);
    }

    @Test
    void shouldSweepInAStormAndPopOtherwise() {
        int watchers = 1_000;
        for (int i = 0; i < watchers; i++) {
            watch.band(watch.add(), 0, i + 1, NONE);
        }

        watch.price(0, watchers - 99, looked::add);
        assertThat(looked).hasSize(100);
        assertThat(watch.pops()).isEqualTo(100);
        assertThat(watch.scans()).describedAs("a tenth is not yet a storm").isZero();

        looked.clear();
        watch.price(0, 500.5, each -> {
            looked.add(each);
            watch.band(each, 0, each - 400, NONE);
        });
        assertThat(looked).hasSize(400).doesNotHaveDuplicates();
        assertThat(watch.scans()).isEqualTo(1);
        assertThat(watch.pops()).describedAs("a tenth of 900 and one more").isEqualTo(191);

        looked.clear();
        watch.price(0, 490, looked::add);
        assertThat(looked)
                .describedAs("the heap is in order again: 490 to 500, and 490 to 499 of those set anew")
                .hasSize(11 + 10)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotLoseWatchersWhenALookFails() {
        for (int i = 0; i < 5; i++) {
            watch.band(watch.add(), 0, 90 + i, NONE);
        }
        IntConsumer failsOnTwo = each -> {
            looked.add(each);
            watch.forget(each);
            if (each == 2) {
                throw new IllegalStateException("broken");
            }
        };

        assertThatThrownBy(() -> watch.price(0, 80, failsOnTwo)).hasMessage("broken");
        assertThat(looked).containsExactly(4, 3, 2);
        looked.clear();
        watch.price(1, 7, looked::add);

        assertThat(looked).containsExactly(2, 1, 0);
    }

    @Test
    void shouldDropVoidThresholdsWhenTheyOutnumberLiveOnes() {
        for (int i = 0; i < 1_000; i++) {
            watch.band(watch.add(), i % 3, 1, 2);
        }

        for (int slot = 0; slot < 516; slot++) {
            watch.forget(slot);
        }
        assertThat(watch.thresholds()).isEqualTo(968);
        assertThat(watch.voidThresholds()).isEqualTo(968 + 64);
        watch.forget(516);

        assertThat(watch.thresholds()).isEqualTo(966);
        assertThat(watch.voidThresholds()).isZero();
        watch.prices(new double[] {1, 1, 1}, looked::add);
        assertThat(looked).hasSize(483).doesNotContain(516).contains(517);
    }

    @Test
    void shouldDropVoidThresholdsBeforeAHeapGrows() {
        int moving = watch.add();
        for (int i = 0; i < 10_000; i++) {
            watch.band(watch.add(), 1, 1, 2);
        }
        long bytes = watch.bytes();

        for (int i = 0; i < 100_000; i++) {
            watch.forget(moving);
            watch.band(moving, 0, 1, 2 + i);
        }

        assertThat(watch.thresholds()).isEqualTo(20_002);
        assertThat(watch.voidThresholds()).isLessThan(16);
        assertThat(watch.bytes() - bytes).isLessThan(16 * 16 + 1);
    }

    @Test
    void shouldGiveBackRoomOfRemovedWatchers() {
        int watchers = 100_000;
        for (int i = 0; i < watchers; i++) {
            watch.band(watch.add(), 0, 1, 2);
        }
        double bytesPerThreshold = watch.bytes() / (2.0 * watchers);

        for (int slot = 0; slot < watchers; slot++) {
            watch.remove(slot);
        }

        assertThat(bytesPerThreshold).isBetween(16 + 4.0, 1.5 * (16 + 4));
        assertThat(watch.size()).isZero();
        assertThat(watch.bytes()).describedAs("slots stay").isLessThan(8L * watchers * 3 / 2 + 4_096);
    }

    @Test
    void shouldAllocateNothingPerTickOnceGrown() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 1_000; i++) {
            watch.band(watch.add(), 0, 99, 101);
        }
        double[] price = {100};
        IntConsumer look = each -> watch.band(each, 0, price[0] * (1 - 1e-5 * each), price[0] * (1 + 1e-5 * each));
        ticks(watch, price, look);
        long looksBefore = watch.looks();
        long bytesBefore =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        ticks(watch, price, look);

        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytesBefore;
        assertThat(watch.looks() - looksBefore).isGreaterThan(20_000);
        assertThat(bytes).isLessThan(1_000);
    }

    private static void ticks(PriceWatch watch, double[] price, IntConsumer look) {
        for (int i = 0; i < 20_000; i++) {
            price[0] = 100 + Math.sin(i * 1e-2) + Math.sin(i * 7e-4);
            watch.price(0, price[0], look);
        }
    }

    @ParameterizedTest(name = "{0} watchers far away")
    @CsvSource({"1000", "200000"})
    void shouldTouchOnlyWhatIsNear(int far) {
        PriceWatch nearOnly = new PriceWatch();
        addNear(nearOnly);
        for (int i = 0; i < far; i++) {
            watch.band(watch.add(), 0, 10, 1_000 + i);
        }
        addNear(watch);
        double[] price = {100};

        ticks(nearOnly, price, each -> nearOnly.band(each, 0, price[0] - 1, price[0] + 1));
        ticks(watch, price, each -> watch.band(each, 0, price[0] - 1, price[0] + 1));

        assertThat(watch.looks()).isEqualTo(nearOnly.looks()).isGreaterThan(1_000);
        assertThat(watch.pops())
                .describedAs("both thresholds of a band at most")
                .isLessThan(2 * watch.looks());
        assertThat(watch.scans()).isZero();
    }

    private static void addNear(PriceWatch watch) {
        for (int i = 0; i < 100; i++) {
            watch.band(watch.add(), 0, 99 - 0.01 * i, 101 + 0.01 * i);
        }
    }

    @Test
    void shouldBeAsNewWhenCleared() {
        int slot = watch.add();
        watch.price(0, 100, looked::add);
        watch.band(slot, 0, 90, 110);
        watch.band(slot, 0, 120, 130);

        watch.clear();
        watch.price(0, 50, looked::add);

        assertThat(looked).isEmpty();
        assertThat(watch.size()).isZero();
        assertThat(watch.thresholds()).isZero();
        assertThat(watch.voidThresholds()).isZero();
        assertThatThrownBy(() -> watch.band(slot, 0, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        int slot = watch.add();
        watch.price(0, 100, looked::add);

        assertThatThrownBy(() -> watch.band(slot, 0, Double.NaN, 1)).hasMessageContaining("lower is NaN");
        assertThatThrownBy(() -> watch.band(slot, 0, NONE, 1)).hasMessageContaining("lower is Infinity");
        assertThatThrownBy(() -> watch.band(slot, 0, 1, Double.NaN)).hasMessageContaining("upper is NaN");
        assertThatThrownBy(() -> watch.band(slot, 0, 1, 0)).hasMessageContaining("upper is 0.0");
        assertThatThrownBy(() -> watch.band(slot + 1, 0, 1, 2)).hasMessageContaining("slot 1 is not in use");
        assertThatThrownBy(() -> watch.remove(-1)).hasMessageContaining("slot -1 is not in use");
        assertThatThrownBy(() -> watch.price(7, 0, looked::add)).hasMessageContaining("price of market 7 is 0.0");
        assertThatThrownBy(() -> watch.price(7, Double.NaN, looked::add)).hasMessageContaining("is NaN");
        assertThatThrownBy(() -> watch.prices(new double[] {1, -2}, looked::add))
                .hasMessageContaining("market 1 is -2");
        assertThat(watch.price(0))
                .describedAs("no price of a refused tick counts")
                .isEqualTo(100);
        assertThatThrownBy(() -> new PriceWatch(1.1)).hasMessageContaining("stormShare is 1.1");
        watch.band(slot, 0, 1, 2);
        assertThatThrownBy(() -> watch.price(0, 1, each -> watch.price(0, 2, looked::add)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a look");
    }
}
