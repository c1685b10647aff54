package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.avro.ScenarioStart;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.scenarios.KnownMarkets;
import io.plimsoll.topology.scenarios.ScenarioCoordinator;
import io.plimsoll.topology.scenarios.ScenarioMessages;
import io.plimsoll.topology.scenarios.ScenarioSlice;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What a slice of accounts has to do with scenarios: it judges its accounts, and coordinates those with ids of its own. */
final class SliceScenarios implements ScenarioCoordinator.Surroundings {

    private final ProcessorContext<String, SpecificRecord> context;
    private final MonitorSettings settings;
    private final AccountSlice slice;
    private final ScenarioSlice accounts;
    private final ScenarioCoordinator coordinator;
    private final KnownMarkets markets;

    SliceScenarios(
            ProcessorContext<String, SpecificRecord> context,
            MonitorSettings settings,
            AccountSlice slice,
            KeyValueStore<String, AccountBook> accounts,
            long epoch,
            AvroDeserializer<Scenario> reader,
            AvroDeserializer<Depth> depthReader) {
        this.context = context;
        this.settings = settings;
        this.slice = slice;
        this.markets = new KnownMarkets(settings.impact(), depthReader);
        this.accounts = new ScenarioSlice(
                context.taskId().partition(),
                epoch,
                settings.accountRisk().venueLineTolerance(),
                accounts,
                slice::allTerms,
                reader);
        this.coordinator = new ScenarioCoordinator(
                settings.partitions(),
                settings.scenarios(),
                this,
                context.getStateStore(MonitorStores.SCENARIO_RUNS),
                context.getStateStore(MonitorStores.SCENARIO_RESULTS),
                reader);
    }

    /** Takes a record that concerns scenarios; false where it does not. */
    boolean take(RoutedRecord routed, BiConsumer<Topic<?>, String> refuse) {
        long nowMs = context.currentSystemTimeMs();
        switch (routed.getKind()) {
            case SCENARIO -> {
                String reason = coordinator.request(routed, nowMs);
                if (reason != null) {
                    refuse.accept(Topics.SCENARIOS, reason);
                }
            }
            case SCENARIO_ROUND -> {
                ScenarioAnswer answer = accounts.take(routed.getKey(), ScenarioMessages.call(routed), nowMs);
                if (answer != null) {
                    send(ScenarioMessages.routed(routed.getKey(), answer, nowMs));
                }
            }
            case SCENARIO_ANSWER -> coordinator.answer(routed.getKey(), ScenarioMessages.answer(routed), nowMs);
            default -> {
                return false;
            }
        }
        return true;
    }

    void note(Tick tick) {
        markets.note(tick);
    }

    /** Whether a tick must be known again after a restart. */
    boolean isToKeep(Tick tick, boolean moved) {
        return markets.isToKeep(tick, moved);
    }

    /** Notes what is known of a market's depth; false where a newer record of it came before. */
    boolean noteDepth(RoutedRecord depth) {
        return markets.noteDepth(depth);
    }

    void beforeChange(String key, AccountBook before) {
        accounts.beforeChange(key, before);
    }

    void tick(long nowMs) {
        coordinator.tick(nowMs);
        accounts.forgetBefore(nowMs - settings.scenarios().timeout().toMillis());
    }

    void forgetOld(long nowMs) {
        coordinator.forgetOld(nowMs);
    }

    @Override
    public void call(RoutedRecord routed) {
        send(routed);
    }

    @Override
    public void publish(ScenarioResult result) {
        context.forward(new Record<>(result.getScenarioId(), result, context.currentSystemTimeMs()));
    }

    @Override
    public Map<String, InstrumentTerms> instruments() {
        return slice.allTerms();
    }

    @Override
    public @Nullable ScenarioStart start(InstrumentTerms terms) {
        String market = terms.market();
        double price = slice.watch().price(market);
        if (Double.isNaN(price)) {
            return null;
        }
        return markets.start(
                terms, price, slice.watch().quoteUsd(market), slice.watch().timeMs(market));
    }

    private void send(RoutedRecord routed) {
        context.forward(new Record<>(routed.getKey(), routed, routed.getEventTimeMs()));
    }
}
