package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.bybit.Book;
import io.plimsoll.connectors.bybit.Listing;
import io.plimsoll.connectors.bybit.Ticker;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.ContractKind;
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

/** Bybit's messages from text to finished records, beside plain Jackson's reading of the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class BybitBenchmark {

    private static final int LEVELS = 200;
    private static final int CHANGES = 20;
    private static final List<Double> DISTANCES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTCUSDT"), Map.of("time", "0"));
    private static final String KEY = Keys.market("bybit", "BTCUSDT");

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final Listing listing = new Listing(
            "BTCUSDT",
            ContractKind.LINEAR_PERPETUAL,
            "BTC",
            "USDT",
            "USDT",
            new BigDecimal("0.001"),
            new BigDecimal(480));
    private final Ticker ticker = new Ticker();
    private final Book book = new Book(LEVELS);
    private final String change = """
            {"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"17217.33",\
            "indexPrice":"17227.36","openInterest":"68744.761","openInterestValue":"1183601235.91",\
            "turnover24h":"1570383121.943499","volume24h":"91705.276","fundingRate":"-0.000212",\
            "bid1Price":"17215.50","bid1Size":"84.489","ask1Price":"17216.00","ask1Size":"83.020"},\
            "cs":24987956059,"ts":1673272861686}""";
    private final String snapshot = book("snapshot", LEVELS);
    private final String delta = book("delta", CHANGES);
    private final Book changed = new Book(LEVELS);
    private long update = 18_521_288;

    /** The book that is changed again and again. */
    @Setup
    public void begin() {
        changed.take(VenueJson.object(VenueJson.parse(snapshot), "data"), true, 1_672_304_484_978L);
    }

    /** Each message makes a record, as where prices.interval.ms is 0. */
    @Benchmark
    public SourceRecord tickerToRecord() {
        JsonNode message = VenueJson.parse(change);
        ticker.take(VenueJson.object(message, "data"), false, VenueJson.whole(message, "ts"));
        return finished(Topics.PRICES, Objects.requireNonNull(ticker.price("bybit", listing)));
    }

    @Benchmark
    public JsonNode tickerPlainJackson() throws JsonProcessingException {
        return plain.readTree(change);
    }

    @Benchmark
    public SourceRecord bookToRecord() {
        JsonNode message = VenueJson.parse(snapshot);
        book.take(VenueJson.object(message, "data"), true, VenueJson.whole(message, "ts"));
        return finished(Topics.DEPTH, Objects.requireNonNull(book.depth("bybit", "BTCUSDT", DISTANCES)));
    }

    @Benchmark
    public JsonNode bookPlainJackson() throws JsonProcessingException {
        return plain.readTree(snapshot);
    }

    /** A change of twenty prices that is put into the book and makes no record: depth is written at intervals. */
    @Benchmark
    public Book.Taken bookChangeToState() {
        JsonNode message = VenueJson.parse(delta);
        ObjectNode data = (ObjectNode) VenueJson.object(message, "data");
        return changed.take(data.put("u", ++update), false, VenueJson.whole(message, "ts"));
    }

    @Benchmark
    public JsonNode bookChangePlainJackson() throws JsonProcessingException {
        return plain.readTree(delta);
    }

    private SourceRecord finished(Topic<?> topic, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, KEY, 1_673_272_861_686L, value, MARK));
    }

    private static String book(String type, int levels) {
        StringBuilder text = new StringBuilder("{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"" + type
                + "\",\"ts\":1672304484978,\"data\":{\"s\":\"BTCUSDT\"");
        for (int side = -1; side <= 1; side += 2) {
            text.append(side < 0 ? ",\"b\":[" : ",\"a\":[");
            for (int i = 0; i < levels; i++) {
                text.append(i == 0 ? "" : ",")
                        .append("[\"")
                        .append(64_950 + side * (1 + i))
                        .append(".50\",\"")
                        .append(12 + 7 * i)
                        .append(".406\"]");
            }
            text.append(']');
        }
        return text.append(",\"u\":18521288,\"seq\":7961638724}}").toString();
    }
}
