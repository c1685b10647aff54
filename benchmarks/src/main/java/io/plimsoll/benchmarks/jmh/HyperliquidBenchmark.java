package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.feed.BookDepth;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.hyperliquid.AccountState;
import io.plimsoll.connectors.hyperliquid.AccountState.Holding;
import io.plimsoll.connectors.hyperliquid.AssetContext;
import io.plimsoll.connectors.hyperliquid.Book;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Hyperliquid's messages from text to finished records, beside plain Jackson's reading of the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class HyperliquidBenchmark {

    private static final int LEVELS = 20;
    private static final int POSITIONS = 10;
    private static final List<Double> DISTANCES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTC"), Map.of("time", "0"));

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final String context = """
            {"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"-0.0000015186","openInterest":"27353.17682",\
            "prevDayPx":"76317.0","dayNtlVlm":"1516669192.1953897476","premium":"-0.0005927453","oraclePx":"77605.0",\
            "markPx":"77562.0","midPx":"77558.5","impactPxs":["77558.0","77559.0"],"dayBaseVlm":"19707.77457"}}}""";
    private final String book = book();
    private final String account = account();

    @Benchmark
    public SourceRecord contextToRecord() {
        JsonNode data = VenueJson.parse(context).get("data");
        AssetContext read = AssetContext.of(data.get("ctx"));
        return finished(Topics.PRICES, Keys.market("hyperliquid", "BTC"), read.price("hyperliquid", "BTC"));
    }

    @Benchmark
    public JsonNode contextPlainJackson() throws JsonProcessingException {
        return plain.readTree(context);
    }

    @Benchmark
    public SourceRecord bookToRecord() {
        Book read = Book.of(VenueJson.parse(book).get("data"));
        BigDecimal mid = Objects.requireNonNull(read.mid());
        return finished(
                Topics.DEPTH,
                Keys.market("hyperliquid", "BTC"),
                new Depth(
                        "hyperliquid",
                        "BTC",
                        mid.doubleValue(),
                        BookDepth.of(read.bids(), read.asks(), mid, DISTANCES, false)));
    }

    @Benchmark
    public JsonNode bookPlainJackson() throws JsonProcessingException {
        return plain.readTree(book);
    }

    /** An account of ten positions makes eleven records. */
    @Benchmark
    public void accountToRecords(Blackhole sink) {
        AccountState read = AccountState.of(VenueJson.parse(account));
        for (Holding holding : read.holdings()) {
            sink.consume(finished(
                    Topics.POSITIONS,
                    Keys.position("hyperliquid", "0xa", holding.coin()),
                    AccountState.position("hyperliquid", "0xa", holding, null)));
        }
        sink.consume(finished(
                Topics.COLLATERAL,
                Keys.collateral("hyperliquid", "0xa", "USDC"),
                read.collateral("hyperliquid", "0xa", "USDC")));
    }

    @Benchmark
    public JsonNode accountPlainJackson() throws JsonProcessingException {
        return plain.readTree(account);
    }

    private SourceRecord finished(Topic<?> topic, String key, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, key, 1_782_131_344_546L, value, MARK));
    }

    private static String book() {
        StringBuilder text = new StringBuilder(
                "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"time\":1782131344546,\"levels\":[");
        for (int side = -1; side <= 1; side += 2) {
            text.append(side < 0 ? "[" : ",[");
            for (int i = 0; i < LEVELS; i++) {
                text.append(i == 0 ? "" : ",")
                        .append("{\"px\":\"")
                        .append(64_950 + side * (50 + 100 * i))
                        .append(".0\",\"sz\":\"")
                        .append(12 + 7 * i)
                        .append(".40866\",\"n\":34}");
            }
            text.append(']');
        }
        return text.append("]}}").toString();
    }

    private static String account() {
        String summary = "{\"accountValue\":\"12985854.2078639995\",\"totalNtlPos\":\"7605757.9358320003\","
                + "\"totalRawUsd\":\"11255460.2600159999\",\"totalMarginUsed\":\"1133776.7184359999\"}";
        StringBuilder text = new StringBuilder("{\"marginSummary\":" + summary + ",\"crossMarginSummary\":" + summary
                + ",\"crossMaintenanceMarginUsed\":\"545447.389093\",\"withdrawable\":\"11805821.4801180009\","
                + "\"assetPositions\":[");
        for (int i = 0; i < POSITIONS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"oneWay\",\"position\":{\"coin\":\"M")
                    .append(i)
                    .append(
                            "\",\"szi\":\"-62371.56\",\"leverage\":{\"type\":\"cross\",\"value\":5},\"entryPx\":\"3.1584\","
                                    + "\"positionValue\":\"114295.8837\",\"unrealizedPnl\":\"82704.012138\","
                                    + "\"returnOnEquity\":\"2.0990877124\",\"liquidationPx\":\"183.1564999823\","
                                    + "\"marginUsed\":\"22859.17674\",\"maxLeverage\":5,\"cumFunding\":"
                                    + "{\"allTime\":\"12199.941118\",\"sinceOpen\":\"12199.941118\",\"sinceChange\":\"625.776223\"}}}");
        }
        return text.append("],\"time\":1782131344381}").toString();
    }
}
