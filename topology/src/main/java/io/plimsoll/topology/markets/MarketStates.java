package io.plimsoll.topology.markets;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.intake.CheckedInputs;
import io.plimsoll.topology.order.Marks;
import io.plimsoll.topology.order.Sequencer;
import io.plimsoll.topology.windows.Sample;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * MARKETS: each market's state, from the slices' books and its quote.
 *
 * @param input what markets are made of, in the order in which it counts; there with what their alerts and episodes are
 * @param records everything that is told of markets, by market
 * @param samples samples for windows, by market
 * @param summaries summaries for the system, by market, and marks
 * @param reports what forced trades do to each market, by market
 */
public record MarketStates(
        KStream<String, Object> input,
        KStream<String, Object> records,
        KStream<String, Sample> samples,
        KStream<String, SpecificRecord> summaries,
        KStream<String, MarketReport> reports) {

    private static final Set<String> FLOORS = Set.of(
            RecordKind.INSTRUMENT.name(),
            RecordKind.PRICE.name(),
            RecordKind.DEPTH.name(),
            RecordKind.LIQUIDATION.name(),
            RecordKind.STRATEGY.name(),
            Marks.ACCOUNTS);

    /** Store of the newest instrument and price of each market. */
    public static final String QUOTES = MarketsProcessor.QUOTES;

    /** Store of the newest depth of each market. */
    public static final String DEPTHS = MarketsProcessor.DEPTHS;

    /** Names of the metrics in {@link #samples}, in their order. */
    public static final List<String> SAMPLED = MarketRecords.WINDOWED;

    /** Key of a market's instrument in {@link #QUOTES}. */
    public static String instrumentKey(String market) {
        return RecordKind.INSTRUMENT + " " + market;
    }

    /** Adds the markets' stores and processor, and the topics of states and ladders. */
    public static MarketStates addTo(
            TopologyContext context,
            CheckedInputs inputs,
            KStream<String, BookReport> partialBooks,
            KStream<String, Object> terms) {
        context.builder()
                .addStateStore(context.store(MarketsProcessor.BOOKS, BookReport.class))
                .addStateStore(context.store(MarketsProcessor.QUOTES, RoutedRecord.class))
                .addStateStore(context.store(MarketsProcessor.DEPTHS, KnownDepth.class))
                .addStateStore(context.store(MarketsProcessor.STRATEGIES, RoutedRecord.class))
                // Made again for every market when the task starts, from the stores above.
                .addStateStore(LatestStore.<MarketState>builder(MonitorStores.MARKET_STATES))
                .addStateStore(LatestStore.<LadderMoment>builder(MonitorStores.LADDERS))
                .addStateStore(LatestStore.<CascadeRisk>builder(MonitorStores.CASCADE_RISKS))
                .addStateStore(LatestStore.<CascadeMoment>builder(MonitorStores.CASCADE_MOMENTS));
        LadderHistory.addStores(context);
        KStream<String, Object> input =
                Sequencer.inOrder(context, input(context, inputs, partialBooks), terms, "markets", FLOORS);
        KStream<String, Object> markets = input.process(
                () -> new MarketsProcessor(
                        context.settings(),
                        context.reader(Topics.INSTRUMENTS),
                        context.reader(Topics.PRICES),
                        context.reader(Topics.DEPTH),
                        context.reader(Topics.STRATEGIES)),
                Named.as("markets"),
                stores());
        context.publish(markets, Topics.MARKET_STATE, "market-state");
        context.publish(markets, Topics.LADDERS, "ladders");
        context.publish(markets, Topics.CASCADE_RISK, "cascade-risk");
        context.publishDeadLetters(markets, "markets-refused");
        return new MarketStates(
                input,
                markets,
                TopologyContext.only(markets, Sample.class, "market-samples"),
                summaries(context, markets),
                TopologyContext.only(markets, MarketReport.class, "market-reports"));
    }

    private static String[] stores() {
        return Stream.concat(
                        Stream.of(
                                MarketsProcessor.BOOKS,
                                MarketsProcessor.QUOTES,
                                MarketsProcessor.DEPTHS,
                                MarketsProcessor.STRATEGIES,
                                MonitorStores.MARKET_STATES,
                                MonitorStores.LADDERS,
                                MonitorStores.CASCADE_RISKS,
                                MonitorStores.CASCADE_MOMENTS),
                        LadderHistory.storeNames().stream())
                .toArray(String[]::new);
    }

    private static KStream<String, Object> input(
            TopologyContext context, CheckedInputs inputs, KStream<String, BookReport> partialBooks) {
        KStream<String, Object> input = TopologyContext.<Object>widened(partialBooks)
                .merge(TopologyContext.widened(inputs.quotes()), Named.as("books-and-quotes"))
                .merge(TopologyContext.widened(inputs.depth()), Named.as("books-quotes-and-depth"))
                .merge(TopologyContext.widened(inputs.strategies()), Named.as("markets-input"));
        // Where records are taken as they arrive, episodes need not wait for the rest.
        return context.settings().isInEventOrder()
                ? input.merge(
                        TopologyContext.widened(inputs.liquidations()), Named.as("markets-and-liquidations-input"))
                : input;
    }

    /** Summaries; in event-time order with the markets' marks between them. */
    private static KStream<String, SpecificRecord> summaries(TopologyContext context, KStream<String, Object> markets) {
        if (!context.settings().isInEventOrder()) {
            return TopologyContext.widened(TopologyContext.only(markets, MarketSummary.class, "market-summaries"));
        }
        return markets.filter(
                        (key, value) -> value instanceof MarketSummary || Marks.isMark(value),
                        Named.as("market-summaries-and-marks"))
                .mapValues(value -> (SpecificRecord) value, Named.as("market-summaries"));
    }
}
