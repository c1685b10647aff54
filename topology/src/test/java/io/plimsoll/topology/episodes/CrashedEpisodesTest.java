package io.plimsoll.topology.episodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.topology.CascadeSettings;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.PriceCell;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SeenLiquidation;
import io.plimsoll.topology.markets.MarketStates;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Processing is at least once: after a crash, stores may be ahead of what is read again, each by another distance. */
class CrashedEpisodesTest {

    private static final String MARKET = "v:BTC";
    private static final long START_MS = 1_767_225_600_000L;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);

    /** The stores of both processors, which outlive them. */
    private static final class Survivors {
        final KeyValueStore<String, ForcedCell> minutes = store(MarketEpisodesProcessor.MINUTES, ForcedCell.class);
        final KeyValueStore<String, SeenLiquidation> trades =
                store(MarketEpisodesProcessor.TRADES, SeenLiquidation.class);
        final KeyValueStore<String, PriceCell> prices = store(MarketEpisodesProcessor.PRICES, PriceCell.class);
        final KeyValueStore<String, CascadeEpisode> episodes = store(MonitorStores.CASCADES, CascadeEpisode.class);
        final KeyValueStore<String, RoutedRecord> quotes = store(MarketStates.QUOTES, RoutedRecord.class);
        final KeyValueStore<String, ForcedCell> systemMinutes =
                store(SystemEpisodesProcessor.MINUTES, ForcedCell.class);
        final KeyValueStore<String, CascadeEpisode> systemEpisodes =
                store(MonitorStores.SYSTEM_CASCADES, CascadeEpisode.class);

        private static <T extends SpecificRecord> KeyValueStore<String, T> store(String name, Class<T> type) {
            return Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.String(), InternalSerdes.of(type))
                    .withLoggingDisabled()
                    .build();
        }

        /** What the stores hold now, by store and key. */
        Map<String, SpecificRecord> state() {
            Map<String, SpecificRecord> all = new HashMap<>();
            for (KeyValueStore<String, ? extends SpecificRecord> each : List.of(minutes, trades, episodes)) {
                each.all().forEachRemaining(row -> all.put(each.name() + " " + row.key, row.value));
            }
            return all;
        }

        /** Of every second write since then nothing was kept: harsher than any crash, which loses the last ones. */
        void fallBack(Map<String, SpecificRecord> then, Random random) {
            fallBack(minutes, ForcedCell.class, then, random);
            fallBack(trades, SeenLiquidation.class, then, random);
            fallBack(episodes, CascadeEpisode.class, then, random);
        }

        private static <T extends SpecificRecord> void fallBack(
                KeyValueStore<String, T> store, Class<T> type, Map<String, SpecificRecord> then, Random random) {
            List<String> keys = new ArrayList<>();
            store.all().forEachRemaining(row -> keys.add(row.key));
            for (String key : keys) {
                if (random.nextBoolean()) {
                    store.put(key, type.cast(then.get(store.name() + " " + key)));
                }
            }
        }

        Map<String, CascadeEpisode> published() {
            Map<String, CascadeEpisode> all = new TreeMap<>();
            episodes.all().forEachRemaining(row -> all.put(row.key, row.value));
            systemEpisodes.all().forEachRemaining(row -> all.put(row.key, row.value));
            return all;
        }
    }

    /** One life of both processors over the same stores. */
    private final class Life {
        private final MockProcessorContext<String, Object> marketContext = new MockProcessorContext<>();
        private final MockProcessorContext<String, Object> systemContext = new MockProcessorContext<>();
        private final MarketEpisodesProcessor market;
        private final SystemEpisodesProcessor system;

        Life(Survivors stores) {
            CascadeSettings settings = CascadeSettings.of(
                    1_000, 1_000, 10, Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(12));
            MonitorSettings monitor =
                    MonitorSettings.defaults().withPartitions(1).withCascades(settings);
            for (KeyValueStore<String, ?> each :
                    List.of(stores.minutes, stores.trades, stores.prices, stores.episodes, stores.quotes)) {
                each.init(marketContext.getStateStoreContext(), each);
                marketContext.addStateStore(each);
            }
            for (KeyValueStore<String, ?> each : List.of(stores.systemMinutes, stores.systemEpisodes)) {
                each.init(systemContext.getStateStoreContext(), each);
                systemContext.addStateStore(each);
            }
            marketContext.setCurrentSystemTimeMs(START_MS);
            systemContext.setCurrentSystemTimeMs(START_MS);
            market = new MarketEpisodesProcessor(monitor, new AvroDeserializer<>(registry, Liquidation.class));
            system = new SystemEpisodesProcessor(settings);
            market.init(marketContext);
            system.init(systemContext);
        }

        void read(List<RoutedRecord> records) {
            for (RoutedRecord record : records) {
                market.process(new Record<>(record.getKey(), record, record.getEventTimeMs()));
                passOn();
            }
        }

        void passTime(Duration time) {
            for (MockProcessorContext<String, Object> each : List.of(marketContext, systemContext)) {
                each.setCurrentSystemTimeMs(each.currentSystemTimeMs() + time.toMillis());
                each.scheduledPunctuators()
                        .forEach(punctuator -> punctuator.getPunctuator().punctuate(each.currentSystemTimeMs()));
                passOn();
            }
        }

        private void passOn() {
            for (var forwarded : marketContext.forwarded()) {
                if (forwarded.record().value() instanceof ForcedCell cell) {
                    system.process(
                            new Record<>("system", cell, forwarded.record().timestamp()));
                }
            }
            marketContext.resetForwards();
        }
    }

    @Test
    void shouldCountNothingTwiceAndLoseNothing() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            List<RoutedRecord> log = log(random);
            Survivors whole = new Survivors();
            Life only = new Life(whole);
            only.read(log);
            only.passTime(Duration.ofSeconds(1));
            only.passTime(Duration.ofHours(1));

            Survivors crashed = new Survivors();
            int committed = 0;
            while (committed < log.size()) {
                Life life = new Life(crashed);
                int until = Math.min(log.size(), committed + 1 + random.nextInt(120));
                int again = committed + random.nextInt(until - committed + 1);
                life.read(log.subList(committed, again));
                Map<String, SpecificRecord> before = crashed.state();
                life.read(log.subList(again, until));
                if (random.nextBoolean()) {
                    life.passTime(Duration.ofSeconds(1));
                }
                boolean crash = again > committed && random.nextInt(3) > 0;
                if (crash) {
                    crashed.fallBack(before, random);
                }
                committed = crash ? again : until;
            }
            Life last = new Life(crashed);
            last.passTime(Duration.ofSeconds(1));
            last.passTime(Duration.ofHours(1));

            assertThat(crashed.published())
                    .describedAs("seed %d", seed)
                    .isEqualTo(whole.published())
                    .hasSizeGreaterThan(1);
        }
    }

    private List<RoutedRecord> log(Random random) {
        List<RoutedRecord> log = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        long timeMs = START_MS;
        for (int offset = 0; offset < 600; offset++) {
            timeMs += random.nextInt(20_000);
            boolean again = !ids.isEmpty() && random.nextInt(4) == 0;
            String id = again ? ids.get(Math.max(0, ids.size() - 1 - random.nextInt(20))) : "t" + offset;
            ids.add(id);
            double quantity = random.nextInt(40) == 0 ? 11 : random.nextDouble() * 0.2;
            long eventTimeMs = timeMs - (random.nextInt(5) == 0 ? random.nextInt(120_000) : 0);
            Liquidation liquidation = new Liquidation(
                    "v",
                    "BTC",
                    random.nextBoolean() ? PositionSide.LONG : PositionSide.SHORT,
                    quantity,
                    100.0,
                    LiquidationPriceKind.FILL,
                    false,
                    null,
                    random.nextInt(6) == 0 ? null : id,
                    random.nextInt(3) == 0 ? "l" + offset / 4 : null,
                    null,
                    1.0);
            log.add(new RoutedRecord(
                    RecordKind.LIQUIDATION,
                    MARKET,
                    eventTimeMs,
                    0,
                    (long) offset,
                    ByteBuffer.wrap(serdes.of(Topics.LIQUIDATIONS)
                            .serializer()
                            .serialize(Topics.LIQUIDATIONS.name(), liquidation)),
                    List.of()));
        }
        return log;
    }
}
