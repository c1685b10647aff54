package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.binance.DepthChange;
import io.plimsoll.connectors.binance.ForcedOrder;
import io.plimsoll.connectors.binance.MarkPrice;
import io.plimsoll.connectors.binance.OrderBook;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Binance's messages from text to finished records, beside plain Jackson's reading of the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class BinanceBenchmark {

    private static final String VENUE = "binance-usdm";
    private static final int MARKETS = 500;
    private static final int LEVELS = 1_000;
    private static final int CHANGED = 25;
    private static final List<Double> DISTANCES = List.of(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTCUSDT"), Map.of("time", "0"));
    private static final MarkPrice.Known KNOWN =
            new MarkPrice.Known(null, 8.0, new BigDecimal("84213.412"), new BigDecimal("130245.007"), 0.9987);

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final String marks = marks();
    private final String change = change();
    private final String forced = """
            {"stream":"!forceOrder@arr","data":{"e":"forceOrder","E":1723161256301,"o":{"s":"BTCUSDT","S":"SELL",\
            "o":"LIMIT","f":"IOC","q":"0.014","p":"61210.10","ap":"61244.90","X":"FILLED","l":"0.014","z":"0.014",\
            "T":1723161256298}}}""";

    private OrderBook book = new OrderBook("BTCUSDT", BigDecimal.ONE);

    @Setup
    public void begin() {
        book = new OrderBook("BTCUSDT", BigDecimal.ONE);
        book.snapshot(VenueJson.parse(snapshot()), LEVELS);
    }

    /** One message makes a record of each of 500 markets. */
    @Benchmark
    public void marksToRecords(Blackhole sink) {
        for (JsonNode event : VenueJson.parse(marks).get("data")) {
            MarkPrice mark = MarkPrice.of(event);
            sink.consume(finished(Topics.PRICES, mark.symbol(), mark.price(VENUE, KNOWN)));
        }
    }

    @Benchmark
    public JsonNode marksPlainJackson() throws JsonProcessingException {
        return plain.readTree(marks);
    }

    /** A change of 50 levels, made in a book of 1000 a side: what comes twice a second. */
    @Benchmark
    public void changeToBook() {
        DepthChange.of(VenueJson.parse(change).get("data")).applyTo(book.levels(), BigDecimal.ONE);
    }

    /** The same, and the depth record made of the book: what happens once a second. */
    @Benchmark
    public SourceRecord changeToRecord() {
        changeToBook();
        return finished(Topics.DEPTH, "BTCUSDT", Objects.requireNonNull(book.depth(VENUE, DISTANCES)));
    }

    @Benchmark
    public JsonNode changePlainJackson() throws JsonProcessingException {
        return plain.readTree(change);
    }

    @Benchmark
    public SourceRecord forcedToRecord() {
        ForcedOrder order =
                Objects.requireNonNull(ForcedOrder.of(VenueJson.parse(forced).get("data")));
        return finished(Topics.LIQUIDATIONS, order.symbol(), order.liquidation(VENUE, BigDecimal.ONE, false));
    }

    @Benchmark
    public JsonNode forcedPlainJackson() throws JsonProcessingException {
        return plain.readTree(forced);
    }

    private SourceRecord finished(Topic<?> topic, String symbol, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, Keys.market(VENUE, symbol), 1_723_161_256_299L, value, MARK));
    }

    private static String marks() {
        StringBuilder text = new StringBuilder("{\"stream\":\"!markPrice@arr@1s\",\"data\":[");
        for (int i = 0; i < MARKETS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"e\":\"markPriceUpdate\",\"E\":1723161256299,\"s\":\"M")
                    .append(i)
                    .append("USDT\",\"p\":\"61794.15000000\",\"i\":\"61784.62659091\",\"P\":\"61784.25641265\","
                            + "\"r\":\"0.00038167\",\"T\":1723190400000}");
        }
        return text.append("]}").toString();
    }

    private static String snapshot() {
        return "{\"lastUpdateId\":5123107852948,\"E\":1723161256501,\"T\":1723161256493,\"bids\":"
                + levels(61_800.0, -0.1, LEVELS) + ",\"asks\":" + levels(61_800.1, 0.1, LEVELS) + "}";
    }

    private static String change() {
        return "{\"stream\":\"btcusdt@depth@500ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161256299,"
                + "\"T\":1723161256298,\"s\":\"BTCUSDT\",\"U\":5123107832006,\"u\":5123107837557,"
                + "\"pu\":5123107831937,\"b\":" + levels(61_800.0, -0.7, CHANGED) + ",\"a\":"
                + levels(61_800.1, 0.7, CHANGED) + "}}";
    }

    private static String levels(double from, double step, int count) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(BigDecimal.valueOf(Math.round((from + i * step) * 10), 1))
                    .append("0\",\"")
                    .append(i % 7)
                    .append('.')
                    .append(100 + i % 800)
                    .append("\"]");
        }
        return text.append(']').toString();
    }
}
