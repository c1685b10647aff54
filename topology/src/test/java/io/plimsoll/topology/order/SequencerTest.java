package io.plimsoll.topology.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.RecordOrder;
import io.plimsoll.topology.avro.HeldRecord;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What comes out is what sorting the whole log would give, however it came in. */
class SequencerTest {

    private static final String NAME = "test";
    private static final long START_MS = 1_767_225_600_000L;
    private static final Map<RecordKind, Integer> PARTITIONS = new LinkedHashMap<>(Map.of(
            RecordKind.PRICE, 3,
            RecordKind.POSITION, 2,
            RecordKind.LIQUIDATION, 1));

    private final KeyValueStore<Long, HeldRecord> held = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(NAME + "-held"), Serdes.Long(), InternalSerdes.of(HeldRecord.class))
            .withLoggingDisabled()
            .build();
    private final KeyValueStore<String, Long> progress = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(NAME + "-progress"), Serdes.String(), Serdes.Long())
            .withLoggingDisabled()
            .build();
    private MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private Sequencer sequencer = started(false);

    /** The sequencer of a task that starts, over what its stores know. */
    private Sequencer started(boolean again) {
        MockProcessorContext<String, Object> before = context;
        context = new MockProcessorContext<>();
        if (again) {
            before.forwarded().forEach(record -> earlier.add(record.record()));
        } else {
            held.init(context.getStateStoreContext(), held);
            progress.init(context.getStateStoreContext(), progress);
        }
        context.addStateStore(held);
        context.addStateStore(progress);
        Sequencer fresh = new Sequencer(
                NAME,
                MonitorSettings.defaults().withOrder(RecordOrder.EVENT_TIME),
                Set.of("PRICE", "POSITION", "LIQUIDATION"));
        fresh.init(context);
        return fresh;
    }

    private final List<Record<?, ?>> earlier = new ArrayList<>();

    @Test
    void shouldHoldUntilEveryWriterHasComeAsFar() {
        PARTITIONS.forEach((kind, partitions) -> {
            for (int partition = 0; partition < partitions; partition++) {
                if (kind != RecordKind.LIQUIDATION) {
                    process(Marks.of(kind, partition, new ReplayMark(START_MS + 1_999, partitions)));
                }
            }
        });
        process(record(RecordKind.LIQUIDATION, "v:A", START_MS + 700, 0, 1));
        process(record(RecordKind.LIQUIDATION, "v:A", START_MS + 1_500, 0, 2));

        assertThat(seen()).isEmpty();
        process(Marks.of(RecordKind.LIQUIDATION, 0, new ReplayMark(START_MS + 999, 1)));
        assertThat(seen()).containsExactly("LIQUIDATION v:A 700 #1", "done 999");
    }

    @Test
    void shouldGiveTheOrderOfASortedLogForAnyInterleavingAndAnyRestart() {
        for (int run = 0; run < 40; run++) {
            long seed = 20_260_923L + run;
            SequencerTest fresh = new SequencerTest();
            Random random = new Random(seed);
            Map<String, List<RoutedRecord>> ways = ways(random);

            fresh.play(ways, random, Integer.MAX_VALUE, run % 2 == 0);

            assertThat(fresh.seen()).describedAs("seed %d", seed).isEqualTo(sorted(ways));
        }
    }

    @Test
    void shouldTakeWhatAReplayBeganAnewBringsOnce() {
        for (int run = 0; run < 40; run++) {
            long seed = 20_260_924L + run;
            SequencerTest fresh = new SequencerTest();
            Random random = new Random(seed);
            Map<String, List<RoutedRecord>> ways = ways(random);

            fresh.play(ways, random, 20 + random.nextInt(100), true);
            fresh.play(ways, random, Integer.MAX_VALUE, true);

            assertThat(fresh.seen()).describedAs("seed %d", seed).isEqualTo(sorted(ways));
        }
    }

    /** Each writer's records and marks in their order, the writers in any; of each at most so many. */
    private void play(Map<String, List<RoutedRecord>> ways, Random random, int most, boolean restarts) {
        List<List<RoutedRecord>> left = new ArrayList<>();
        ways.values()
                .forEach(way -> left.add(new ArrayList<>(way.subList(
                        0, Math.min(way.size(), most == Integer.MAX_VALUE ? most : random.nextInt(most))))));
        left.removeIf(List::isEmpty);
        while (!left.isEmpty()) {
            List<RoutedRecord> way = left.get(random.nextInt(left.size()));
            for (int some = random.nextInt(30); some >= 0 && !way.isEmpty(); some--) {
                process(way.remove(0));
            }
            left.removeIf(List::isEmpty);
            if (restarts && random.nextInt(10) == 0) {
                sequencer = started(true);
            }
        }
    }

    /** A log as a replay would write it, a few records out of order, by writer. */
    private static Map<String, List<RoutedRecord>> ways(Random random) {
        Map<String, List<RoutedRecord>> ways = new LinkedHashMap<>();
        markAll(ways, ReplayMark.BEGIN);
        long nowMs = START_MS;
        for (long number = 0; number < 600; number++) {
            long before = nowMs;
            nowMs += random.nextInt(4) == 0 ? 0 : random.nextInt(60);
            if (nowMs / 1_000 > before / 1_000) {
                markAll(ways, nowMs / 1_000 * 1_000 - 1);
            }
            RecordKind kind = new ArrayList<>(PARTITIONS.keySet()).get(random.nextInt(PARTITIONS.size()));
            int name = random.nextInt(8);
            int partition = name % PARTITIONS.get(kind);
            long timeMs = random.nextInt(20) == 0 ? nowMs - random.nextInt(4_000) : nowMs;
            ways.get(kind + "/" + partition).add(record(kind, "v:" + name, timeMs, partition, number));
        }
        markAll(ways, nowMs);
        return ways;
    }

    private static void markAll(Map<String, List<RoutedRecord>> ways, long upToMs) {
        PARTITIONS.forEach((kind, partitions) -> {
            for (int partition = 0; partition < partitions; partition++) {
                ways.computeIfAbsent(kind + "/" + partition, way -> new ArrayList<>())
                        .add(Marks.of(kind, partition, new ReplayMark(upToMs, partitions)));
            }
        });
    }

    /** The same by sorting: each at its time, or right after the mark that it is behind. */
    private static List<String> sorted(Map<String, List<RoutedRecord>> ways) {
        Map<RoutedRecord, Long> turns = new HashMap<>();
        long lastMarkMs = 0;
        for (List<RoutedRecord> way : ways.values()) {
            long markMs = ReplayMark.BEGIN;
            for (RoutedRecord each : way) {
                if (each.getKind() == RecordKind.MARK) {
                    markMs = each.getEventTimeMs();
                } else {
                    turns.put(each, Math.max(each.getEventTimeMs(), markMs + 1));
                }
            }
            lastMarkMs = Math.max(lastMarkMs, markMs);
        }
        List<RoutedRecord> order = new ArrayList<>(turns.keySet());
        order.sort(Comparator.<RoutedRecord>comparingLong(turns::get)
                .thenComparing(RoutedRecord::getKind)
                .thenComparing(RoutedRecord::getKey)
                .thenComparing(RoutedRecord::getOffset));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            expected.add(shown(order.get(i)));
            long second = turns.get(order.get(i)) / 1_000;
            if (i + 1 == order.size() || turns.get(order.get(i + 1)) / 1_000 > second) {
                expected.add("done " + (Math.min(second * 1_000 + 999, lastMarkMs) - START_MS));
            }
        }
        return expected;
    }

    /** All that was forwarded, seconds in which nothing came left out. */
    private List<String> seen() {
        List<Record<?, ?>> all = new ArrayList<>(earlier);
        context.forwarded().forEach(record -> all.add(record.record()));
        List<String> shown = new ArrayList<>();
        long reachedMs = -1;
        for (Record<?, ?> record : all) {
            if (record.value() instanceof SecondDone done) {
                assertThat(done.fromMs()).isEqualTo(reachedMs);
                reachedMs = done.toMs();
                if (done.hadRecords()) {
                    shown.add("done " + (done.toMs() - START_MS));
                }
            } else {
                shown.add(shown((RoutedRecord) record.value()));
            }
        }
        return shown;
    }

    private static String shown(RoutedRecord record) {
        return record.getKind() + " " + record.getKey() + " " + (record.getEventTimeMs() - START_MS) + " #"
                + record.getOffset();
    }

    private void process(RoutedRecord record) {
        sequencer.process(new Record<>(record.getKey(), record, Math.max(0, record.getEventTimeMs())));
    }

    private static RoutedRecord record(RecordKind kind, String key, long timeMs, int partition, long offset) {
        return new RoutedRecord(kind, key, timeMs, partition, offset, null, List.of());
    }
}
