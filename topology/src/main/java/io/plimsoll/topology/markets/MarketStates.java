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
import io.plimsoll.topology.windows.Sample;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * MARKETS: each market's state, from the slices' books and its quote.
 *
 * @param records everything that is told of markets, by market
 * @param samples samples for windows, by market
 * @param summaries summaries for the system, by market
 * @param reports what forced trades do to each market, by market
 */
public record MarketStates(
        KStream<String, Object> records,
        KStream<String, Sample> samples,
        KStream<String, MarketSummary> summaries,
        KStream<String, MarketReport> reports) {

    /** Store of the newest instrument and price of each market. */
    public static final String QUOTES = MarketsProcessor.QUOTES;

    /** Names of the metrics in {@link #samples}, in their order. */
    public static final List<String> SAMPLED = MarketRecords.WINDOWED;

    /** Key of a market's instrument in {@link #QUOTES}. */
    public static String instrumentKey(String market) {
        return RecordKind.INSTRUMENT + " " + market;
    }

    /** Adds the markets' stores and processor, and the topics of states and ladders. */
    public static MarketStates addTo(
            TopologyContext context, CheckedInputs inputs, KStream<String, BookReport> partialBooks) {
        context.builder()
                .addStateStore(context.store(MarketsProcessor.BOOKS, BookReport.class))
                .addStateStore(context.store(MarketsProcessor.QUOTES, RoutedRecord.class))
                .addStateStore(context.store(MarketsProcessor.DEPTHS, KnownDepth.class))
                // Made again for every market when the task starts, from the stores above.
                .addStateStore(LatestStore.<MarketState>builder(MonitorStores.MARKET_STATES))
                .addStateStore(LatestStore.<LadderMoment>builder(MonitorStores.LADDERS))
                .addStateStore(LatestStore.<CascadeRisk>builder(MonitorStores.CASCADE_RISKS))
                .addStateStore(LatestStore.<CascadeMoment>builder(MonitorStores.CASCADE_MOMENTS));
        KStream<String, SpecificRecord> reports = widened(partialBooks, "books-to-markets");
        KStream<String, SpecificRecord> quotes = widened(inputs.quotes(), "quotes-to-markets");
        KStream<String, SpecificRecord> depth = widened(inputs.depth(), "depth-to-markets");
        KStream<String, Object> markets = reports.merge(quotes, Named.as("books-and-quotes"))
                .merge(depth, Named.as("markets-input"))
                .process(
                        () -> new MarketsProcessor(
                                context.settings(),
                                context.reader(Topics.INSTRUMENTS),
                                context.reader(Topics.PRICES),
                                context.reader(Topics.DEPTH)),
                        Named.as("markets"),
                        MarketsProcessor.BOOKS,
                        MarketsProcessor.QUOTES,
                        MarketsProcessor.DEPTHS,
                        MonitorStores.MARKET_STATES,
                        MonitorStores.LADDERS,
                        MonitorStores.CASCADE_RISKS,
                        MonitorStores.CASCADE_MOMENTS);
        context.publish(markets, Topics.MARKET_STATE, "market-state");
        context.publish(markets, Topics.LADDERS, "ladders");
        context.publish(markets, Topics.CASCADE_RISK, "cascade-risk");
        context.publishDeadLetters(markets, "markets-refused");
        return new MarketStates(
                markets,
                TopologyContext.only(markets, Sample.class, "market-samples"),
                TopologyContext.only(markets, MarketSummary.class, "market-summaries"),
                TopologyContext.only(markets, MarketReport.class, "market-reports"));
    }

    private static KStream<String, SpecificRecord> widened(
            KStream<String, ? extends SpecificRecord> stream, String name) {
        return stream.mapValues(record -> (SpecificRecord) record, Named.as(name));
    }
}
