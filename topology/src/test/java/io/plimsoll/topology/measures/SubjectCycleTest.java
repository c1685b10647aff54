package io.plimsoll.topology.measures;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.avro.SubjectMarket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubjectCycleTest {

    private static final int MARKETS = 9;
    private static final int HOURS = 100;

    @Test
    void shouldComeToTheSameInWhateverOrderMarketsTellOfAnHour() {
        long seed = 11;

        List<MeasureSample> once = hours(seed, 1, false);

        for (int partitions : new int[] {3, 7}) {
            assertThat(hours(seed, partitions, false))
                    .describedAs("%d partitions, seed %d", partitions, seed)
                    .isEqualTo(once);
        }
    }

    @Test
    void shouldGoOnAfterARestart() {
        assertThat(hours(12, 3, true)).isEqualTo(hours(12, 3, false));
    }

    @Test
    void shouldForgetAMarketThatIsSilentForADay() {
        SubjectCycle cycle = new SubjectCycle("system");
        cycle.take(hour("test:gone", 0, 10));
        cycle.take(hour("test:X", 0, 10));
        judge(cycle, 0);
        cycle.take(hour("test:X", 24, 10));
        judge(cycle, 24);
        assertThat(cycle.judgedMarkets()).isEqualTo(2);

        cycle.take(hour("test:X", 25, 10));
        cycle.add(25 * Grid.HOURS.stepMs());
        List<SubjectMarket> gone = cycle.settle(25 * Grid.HOURS.stepMs());

        assertThat(gone).extracting(market -> market.getNewest().getMarket()).containsExactly("test:gone");
        assertThat(cycle.judgedMarkets()).isEqualTo(1);
    }

    /** Markets' hours as they come from so many partitions, each in its own order, mixed anew each hour. */
    private static List<MeasureSample> hours(long seed, int partitions, boolean restarts) {
        Random values = new Random(seed);
        Random order = new Random(partitions);
        SubjectCycle cycle = new SubjectCycle("system");
        Map<String, MeasureSample> rows = new HashMap<>();
        List<MeasureSample> judged = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            List<MarketHour> told = new ArrayList<>();
            for (int market = 0; market < MARKETS; market++) {
                double size = 1 + values.nextInt(1_000);
                if (values.nextInt(10) > 0) {
                    told.add(hour("test:" + market, hour, size));
                }
            }
            if (partitions > 1) {
                Collections.shuffle(told, order);
            }
            told.forEach(cycle::take);
            if (restarts && hour % 10 == 5) {
                cycle = restarted(cycle, rows);
            }
            MeasureSample row = judge(cycle, hour);
            rows.put("row " + cycle.place(row), row);
            judged.add(row);
        }
        return judged;
    }

    private static SubjectCycle restarted(SubjectCycle before, Map<String, MeasureSample> rows) {
        SubjectCycle after = new SubjectCycle("system");
        rows.values().forEach(after::restore);
        before.markets().forEach(after::restore);
        assertThat(after.pendingMs()).isEqualTo(before.pendingMs());
        return after;
    }

    private static MeasureSample judge(SubjectCycle cycle, long hour) {
        long hourMs = hour * Grid.HOURS.stepMs();
        assertThat(cycle.pendingMs()).isEqualTo(hourMs);
        MeasureSample row = cycle.add(hourMs);
        cycle.settle(hourMs);
        assertThat(cycle.pendingMs()).isEqualTo(Long.MIN_VALUE);
        return row;
    }

    private static MarketHour hour(String market, long hour, double size) {
        double price = 100 + 10 * Math.sin(hour + market.hashCode());
        long micro = Math.round(size * price * 1e6);
        return new MarketHour(
                market,
                "test",
                market,
                hour,
                size,
                2 * size,
                price,
                micro,
                micro / 2,
                micro / 5,
                micro / 7,
                0.001 * Math.sin(hour),
                0.0001,
                1_000 + size,
                size);
    }
}
