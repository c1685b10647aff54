package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.topology.AlertSettings;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.AlertHistory;
import io.plimsoll.topology.avro.AlertStanding;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The board over its stores: whatever task goes on from them says the same. */
class AlertBoardTest {

    private static final int RUNS = 50;
    private static final long START_MS = 1_767_225_600_000L;
    private static final AlertStores STORES = AlertStores.of("alerts-of-markets");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);

    @Test
    void shouldWriteTheSameWhereverItIsBrokenOff() {
        int written = 0;
        for (int run = 0; run < RUNS; run++) {
            List<String> whole = told(new Random(run), 0);
            List<String> broken = told(new Random(run), 5);

            assertThat(broken).describedAs("run %s", run).isEqualTo(whole);
            written += whole.size();
        }
        assertThat(written).isGreaterThan(10 * RUNS);
    }

    /** What is forwarded; one in so many steps it starts anew from the stores. */
    private List<String> told(Random random, int breaks) {
        Random broken = new Random(7);
        Task task = new Task();
        task.rule("level", rule("level", RuleForm.LEVEL, null, "leverage"));
        task.rule("change", rule("change", RuleForm.CHANGE, 20_000L, "leverage"));
        task.rule("rank", rule("rank", RuleForm.RANK, 60_000L, "hhi"));
        double second = 0;
        for (int i = 0; i < 200; i++) {
            if (breaks > 0 && broken.nextInt(breaks) == 0) {
                task.start();
            }
            second += random.nextDouble() * 3;
            double[] values = MetricGroup.unknown(Metrics.of(SubjectKind.MARKET).size());
            values[Metrics.place(SubjectKind.MARKET, "markPrice")] = 100;
            values[Metrics.place(SubjectKind.MARKET, "leverage")] =
                    random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian();
            values[Metrics.place(SubjectKind.MARKET, "hhi")] =
                    random.nextInt(20) == 0 ? Double.POSITIVE_INFINITY : random.nextGaussian();
            task.board.take(new Observation(
                    SubjectKind.MARKET,
                    "test:" + random.nextInt(3),
                    START_MS + Math.round(second * 1_000),
                    5,
                    null,
                    0.5,
                    values,
                    List.of()));
            if (i == 150) {
                task.rule("level", null);
            }
        }
        return task.told;
    }

    @Test
    void shouldNotTakeRulesAboutOtherSubjects() {
        Task task = new Task();
        Rule rule = rule("level", RuleForm.LEVEL, null, "openInterestUsd");
        rule.setKind(io.plimsoll.schemas.avro.SubjectKind.VENUE);

        task.rule("level", rule);

        assertThat(task.board.reads(SubjectKind.MARKET, "market-state")).isFalse();
        assertThat(task.store(STORES.terms(), RoutedRecord.class).approximateNumEntries())
                .isZero();
    }

    private static Rule rule(String id, RuleForm form, @Nullable Long windowMs, String metric) {
        return new Rule(
                id,
                "It is high.",
                io.plimsoll.schemas.avro.SubjectKind.MARKET,
                List.of("*"),
                List.of(new RuleCondition(metric, form, windowMs, Comparison.ABOVE, 0.7, 0.3)),
                2_000L,
                1_000L,
                7_000L,
                Severity.WARNING,
                Map.of(),
                null,
                null);
    }

    /** A task that may start again and again from what is in its stores. */
    private final class Task {

        private final Map<String, KeyValueStore<String, ?>> stores = new HashMap<>();
        private final List<String> told = new ArrayList<>();
        private final AvroDeserializer<Rule> rules = new AvroDeserializer<>(registry, Rule.class);
        private final AvroDeserializer<AlertAction> actions = new AvroDeserializer<>(registry, AlertAction.class);
        private AlertBoard board = start();

        AlertBoard start() {
            MockProcessorContext<String, Alert> context = new MockProcessorContext<>() {
                @Override
                public <K extends String, V extends Alert> void forward(
                        org.apache.kafka.streams.processor.api.Record<K, V> record) {
                    AlertStatus status = record.value().getStatus();
                    told.add(record.key() + " " + status + " " + record.value());
                }
            };
            add(context, STORES.board(), Alert.class);
            add(context, STORES.standings(), AlertStanding.class);
            add(context, STORES.histories(), AlertHistory.class);
            add(context, STORES.terms(), RoutedRecord.class);
            add(context, STORES.storms(), Alert.class);
            board = new AlertBoard(context, STORES, Set.of(SubjectKind.MARKET), AlertSettings.DEFAULT, rules, actions);
            return board;
        }

        private <T extends SpecificRecord> void add(
                MockProcessorContext<String, Alert> context, String name, Class<T> type) {
            boolean isNew = !stores.containsKey(name);
            KeyValueStore<String, T> store = store(name, type);
            if (isNew) {
                store.init(context.getStateStoreContext(), store);
            }
            context.addStateStore(store);
        }

        @SuppressWarnings("unchecked")
        <T extends SpecificRecord> KeyValueStore<String, T> store(String name, Class<T> type) {
            return (KeyValueStore<String, T>) stores.computeIfAbsent(
                    name,
                    n -> Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(n), Serdes.String(), InternalSerdes.of(type))
                            .withLoggingDisabled()
                            .build());
        }

        void rule(String id, @Nullable Rule rule) {
            byte[] bytes =
                    rule == null ? null : serdes.of(Topics.RULES).serializer().serialize(Topics.RULES.name(), rule);
            board.takeTerm(new RoutedRecord(
                    RecordKind.RULE, id, START_MS, 0, 0L, bytes == null ? null : ByteBuffer.wrap(bytes), List.of()));
        }
    }
}
