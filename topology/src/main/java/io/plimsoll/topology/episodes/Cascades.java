package io.plimsoll.topology.episodes;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.PriceCell;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SeenLiquidation;
import io.plimsoll.topology.intake.CheckedInputs;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.order.SecondDone;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * CASCADES: episodes of forced volume, of each market and one floor up of all together.
 *
 * @param markets episodes and minutes of markets, by market
 * @param system episodes of the system
 */
public record Cascades(KStream<String, Object> markets, KStream<String, Object> system) {

    /** Store of forced volume by market and minute. */
    public static final String FORCED_MINUTES = MarketEpisodesProcessor.MINUTES;

    /** The subject that every market belongs to. */
    static final String SYSTEM = "system";

    /**
     * Adds the stores, both processors and their topic.
     *
     * @param inOrder what markets are made of, where it comes in order of event time
     */
    public static Cascades addTo(TopologyContext context, CheckedInputs inputs, KStream<String, Object> inOrder) {
        context.builder()
                .addStateStore(context.store(MarketEpisodesProcessor.MINUTES, ForcedCell.class))
                .addStateStore(context.store(MarketEpisodesProcessor.TRADES, SeenLiquidation.class))
                .addStateStore(Stores.keyValueStoreBuilder(
                                // On disk: prices of every market, of which few are ever asked for.
                                Stores.persistentKeyValueStore(MarketEpisodesProcessor.PRICES),
                                Serdes.String(),
                                InternalSerdes.of(PriceCell.class))
                        .withCachingEnabled())
                .addStateStore(context.store(MonitorStores.CASCADES, CascadeEpisode.class))
                .addStateStore(context.store(SystemEpisodesProcessor.MINUTES, ForcedCell.class))
                .addStateStore(context.store(MonitorStores.SYSTEM_CASCADES, CascadeEpisode.class));

        KStream<String, Object> input = context.settings().isInEventOrder()
                ? inOrder.filter(Cascades::isOfMarkets, Named.as("market-cascades-input"))
                : TopologyContext.widened(
                        inputs.liquidations().merge(inputs.quotes(), Named.as("market-cascades-input")));
        KStream<String, Object> markets = input.process(
                () -> new MarketEpisodesProcessor(context.settings(), context.reader(Topics.LIQUIDATIONS)),
                Named.as("market-cascades"),
                MarketEpisodesProcessor.MINUTES,
                MarketEpisodesProcessor.TRADES,
                MarketEpisodesProcessor.PRICES,
                MonitorStores.CASCADES,
                MarketStates.QUOTES);
        publish(context, markets, "market-cascades-out");
        context.publishDeadLetters(markets, "market-cascades-refused");

        KStream<String, Object> system = TopologyContext.only(markets, ForcedCell.class, "forced-minute-cells")
                .selectKey((market, minute) -> SYSTEM, Named.as("forced-minutes-of-system"))
                .repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(ForcedCell.class))
                        .withName("forced-minutes")
                        .withNumberOfPartitions(1))
                .process(
                        () -> new SystemEpisodesProcessor(context.settings().cascades()),
                        Named.as("system-cascades"),
                        SystemEpisodesProcessor.MINUTES,
                        MonitorStores.SYSTEM_CASCADES);
        publish(context, system, "system-cascades-out");
        return new Cascades(markets, system);
    }

    private static boolean isOfMarkets(String key, Object value) {
        return value instanceof SecondDone
                || value instanceof RoutedRecord routed && routed.getKind() != RecordKind.DEPTH;
    }

    /** Like other topics, but what is taken back becomes a tombstone. */
    private static void publish(TopologyContext context, KStream<String, Object> stream, String name) {
        stream.filter((key, value) -> value instanceof CascadeEpisode || value instanceof TakenBack, Named.as(name))
                .map(
                        (key, value) -> KeyValue.pair(key, value instanceof CascadeEpisode its ? its : null),
                        Named.as(name + "-cast"))
                .to(
                        Topics.CASCADES.name(),
                        Produced.with(Serdes.String(), new AvroSerdes(context.registry()).of(Topics.CASCADES))
                                .withName(name + "-sink"));
    }
}
