package io.plimsoll.topology.intake;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.WatchedPrice;
import io.plimsoll.topology.order.Marks;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The input topics, checked and sent where they are needed.
 *
 * @param accountChanges positions and collateral, by account
 * @param references instruments and conflated prices, to every slice of accounts
 * @param quotes instruments and conflated prices, by market
 * @param depth depth of order books, by market
 * @param knownDepth what is known of it, conflated, to every slice of accounts
 * @param liquidations forced trades, by market
 * @param strategies funds that go back to a leverage, by market
 * @param options prices of options, by underlying (venue:asset)
 * @param scenarios requests, by id
 * @param alertTerms alert rules and what is done about alerts, by id and target
 */
public record CheckedInputs(
        KStream<String, RoutedRecord> accountChanges,
        KStream<String, RoutedRecord> references,
        KStream<String, RoutedRecord> quotes,
        KStream<String, RoutedRecord> depth,
        KStream<String, RoutedRecord> knownDepth,
        KStream<String, RoutedRecord> liquidations,
        KStream<String, RoutedRecord> strategies,
        KStream<String, RoutedRecord> options,
        KStream<String, RoutedRecord> scenarios,
        KStream<String, RoutedRecord> alertTerms) {

    /** Adds the sources, the checks and the repartitioning. */
    public static CheckedInputs addTo(TopologyContext context) {
        KStream<String, RoutedRecord> positions =
                checked(context, Topics.POSITIONS, "positions", RecordKind.POSITION, true, RecordChecks::position);
        KStream<String, RoutedRecord> collateral = checked(
                context, Topics.COLLATERAL, "collateral", RecordKind.COLLATERAL, true, RecordChecks::collateral);
        KStream<String, RoutedRecord> instruments = checked(
                context, Topics.INSTRUMENTS, "instruments", RecordKind.INSTRUMENT, false, RecordChecks::instrument);
        KStream<String, RoutedRecord> prices =
                checked(context, Topics.PRICES, "prices", RecordKind.PRICE, false, RecordChecks::price);
        KStream<String, RoutedRecord> depth =
                checked(context, Topics.DEPTH, "depth", RecordKind.DEPTH, false, DepthChecks::depth);
        KStream<String, RoutedRecord> liquidations = checked(
                context, Topics.LIQUIDATIONS, "liquidations", RecordKind.LIQUIDATION, false, RecordChecks::liquidation);
        KStream<String, RoutedRecord> strategies = checked(
                        context, Topics.STRATEGIES, "strategies", RecordKind.STRATEGY, true, RecordChecks::strategy)
                .selectKey(
                        (key, record) -> Marks.isMark(record) ? key : Keys.marketOf(key),
                        Named.as("strategies-by-market"));
        KStream<String, RoutedRecord> options = checked(
                        context, Topics.OPTIONS, "options", RecordKind.OPTION, false, OptionChecks::option)
                .process(() -> new ByUnderlying(context.reader(Topics.OPTIONS)), Named.as("options-by-underlying"));

        KStream<String, RoutedRecord> conflated = conflated(context, prices);

        context.builder().addStateStore(context.store(PriceWatch.STORE, WatchedPrice.class));
        publishFeeds(
                context,
                prices.merge(instruments, Named.as("prices-and-instruments"))
                        .process(
                                () -> new PriceWatch(context.reader(Topics.INSTRUMENTS)),
                                Named.as("prices-watched"),
                                PriceWatch.STORE),
                "price-state");

        context.builder()
                .addStateStore(Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(DepthConflater.STORE),
                                Serdes.String(),
                                InternalSerdes.of(KnownDepth.class))
                        .withCachingEnabled());
        KStream<String, SpecificRecord> depthRead = depth.process(
                () -> new DepthConflater(
                        context.reader(Topics.DEPTH), context.settings().impact()),
                Named.as("depth-conflated"),
                DepthConflater.STORE);
        publishFeeds(context, depthRead, "depth-state");
        KStream<String, RoutedRecord> knownDepth = TopologyContext.only(depthRead, RoutedRecord.class, "depth-known");

        KStream<String, RoutedRecord> references = conflated
                .filter((key, price) -> price.getKind() != RecordKind.PRICE, Named.as("account-ticks"))
                .merge(instruments, Named.as("references"));
        KStream<String, RoutedRecord> quotes = conflated
                .filter((key, price) -> price.getKind() != RecordKind.TICKS, Named.as("newest-quotes"))
                .merge(instruments, Named.as("quotes"));
        return new CheckedInputs(
                positions
                        .merge(collateral, Named.as("account-changes"))
                        .selectKey(
                                (key, record) -> Marks.isMark(record) ? key : accountOf(key),
                                Named.as("account-changes-by-account"))
                        .repartition(to(context, "account-changes")),
                references.repartition(to(context, "references").withStreamPartitioner(toAll())),
                quotes.repartition(to(context, "quotes")),
                depth.repartition(to(context, "depth")),
                knownDepth.repartition(to(context, "known-depth").withStreamPartitioner(toAll())),
                liquidations.repartition(to(context, "liquidations")),
                strategies.repartition(to(context, "strategies")),
                options.repartition(to(context, "options")),
                checked(context, Topics.SCENARIOS, "scenarios", RecordKind.SCENARIO, false, RecordChecks::scenario)
                        .repartition(to(context, "scenario-requests")),
                checked(context, Topics.RULES, "rules", RecordKind.RULE, true, AlertChecks::rule)
                        .merge(
                                checked(
                                        context,
                                        Topics.ALERT_ACTIONS,
                                        "alert-actions",
                                        RecordKind.ALERT_ACTION,
                                        true,
                                        AlertChecks::action),
                                Named.as("alert-terms")));
    }

    /** What goes on of prices: to the accounts as ticks, to the markets as they are. */
    private static KStream<String, RoutedRecord> conflated(
            TopologyContext context, KStream<String, RoutedRecord> prices) {
        if (context.settings().isInEventOrder()) {
            return prices.process(AllQuotes::new, Named.as("prices-and-ticks"));
        }
        context.builder()
                .addStateStore(Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(QuoteConflater.STORE),
                                Serdes.String(),
                                InternalSerdes.of(RoutedRecord.class))
                        .withCachingEnabled());
        return prices.process(
                () -> new QuoteConflater(context.settings().conflation()),
                Named.as("prices-conflated"),
                QuoteConflater.STORE);
    }

    private static <T extends SpecificRecord> KStream<String, RoutedRecord> checked(
            TopologyContext context,
            Topic<T> topic,
            String name,
            RecordKind kind,
            boolean tombstones,
            BiFunction<String, T, @Nullable Refusal> check) {
        KStream<String, SpecificRecord> read = context.builder().stream(
                        topic.name(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name + "-source"))
                .process(
                        () -> new IntakeProcessor<>(
                                topic, kind, tombstones, context.reader(topic), check, context.settings()),
                        Named.as(name + "-intake"));
        context.publishDeadLetters(read, name + "-refused");
        publishFeeds(context, read, name);
        return TopologyContext.only(read, RoutedRecord.class, name + "-accepted");
    }

    private static void publishFeeds(TopologyContext context, KStream<String, ?> stream, String name) {
        TopologyContext.only(stream, FeedReport.class, name + "-feed")
                .to(
                        context.settings().alerts().feedsTopic(),
                        Produced.with(Serdes.String(), InternalSerdes.of(FeedReport.class))
                                .withName(name + "-feed-sink"));
    }

    private static Repartitioned<String, RoutedRecord> to(TopologyContext context, String name) {
        Repartitioned<String, RoutedRecord> topic = Repartitioned.with(
                        Serdes.String(), InternalSerdes.of(RoutedRecord.class))
                .withName(name)
                .withNumberOfPartitions(context.settings().partitions());
        return context.settings().isInEventOrder() ? Marks.toAll(topic) : topic;
    }

    private static StreamPartitioner<String, RoutedRecord> toAll() {
        return (topic, key, value, partitions) -> Optional.of(allOf(partitions));
    }

    /** All partitions of a topic. */
    public static Set<Integer> allOf(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }

    /** venue:account of venue:account:name. */
    private static String accountOf(String key) {
        return key.substring(0, key.indexOf(Keys.SEPARATOR, key.indexOf(Keys.SEPARATOR) + 1));
    }
}
