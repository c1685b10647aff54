package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.dydx.OrderBook;
import io.plimsoll.connectors.dydx.PerpetualMarket;
import io.plimsoll.connectors.dydx.Subaccount;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WholeAccounts.Entry;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
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

/** Messages of dYdX's indexer from text to finished records, beside plain Jackson reading the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DydxBenchmark {

    private static final List<Double> DISTANCES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTC-USD"), Map.of("time", "0"));
    private static final String ACCOUNT_ID = "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4/0";

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final PerpetualMarket market = PerpetualMarket.named("BTC-USD");
    private final OrderBook orderBook = new OrderBook();

    private final String price = """
            {"type":"channel_data","connection_id":"1f4ec0e3-ff95-48cc-94f1-7118a19412ff","message_id":2,\
            "channel":"v4_markets","version":"0.0.1","contents":{"oraclePrices":{"BTC-USD":{"oraclePrice":"27752.92",\
            "effectiveAt":"2026-04-04T00:29:19.353Z","effectiveAtHeight":"49592","marketId":0}}}}""";
    private final String change = """
            {"type":"channel_batch_data","connection_id":"ee5a4696-dce8-44ef-8d68-f0e0d0b06160","message_id":484,\
            "id":"BTC-USD","channel":"v4_orderbook","version":"0.0.1","contents":[{"bids":[["27773","1.986168516"]]},\
            {"asks":[["27790","0"],["27791","2.5"]]}]}""";
    private final String account = account();

    /** Begins with a book of a hundred prices a side. */
    public DydxBenchmark() {
        StringBuilder bids = new StringBuilder();
        StringBuilder asks = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            bids.append(i == 0 ? "" : ",")
                    .append("{\"price\":\"")
                    .append(27780 - 3 * i)
                    .append("\",\"size\":\"4.764826096\"}");
            asks.append(i == 0 ? "" : ",")
                    .append("{\"price\":\"")
                    .append(27785 + 3 * i)
                    .append("\",\"size\":\"3.219612343\"}");
        }
        orderBook.snapshot(VenueJson.parse("{\"bids\":[" + bids + "],\"asks\":[" + asks + "]}"));
    }

    @Benchmark
    public SourceRecord priceToRecord() {
        JsonNode said =
                VenueJson.parse(price).get("contents").get("oraclePrices").get("BTC-USD");
        return finished(
                Topics.PRICES,
                "dydx:BTC-USD",
                Objects.requireNonNull(market.with(said).price("dydx")));
    }

    @Benchmark
    public JsonNode pricePlainJackson() throws JsonProcessingException {
        return plain.readTree(price);
    }

    /** A change of the book and its depth; the connector writes depth once a second only. */
    @Benchmark
    public SourceRecord bookChangeToRecord() {
        for (JsonNode contents : VenueJson.parse(change).get("contents")) {
            orderBook.change(contents);
        }
        return finished(
                Topics.DEPTH,
                "dydx:BTC-USD",
                Objects.requireNonNull(orderBook.shown().depth("dydx", "BTC-USD", DISTANCES)));
    }

    @Benchmark
    public JsonNode bookChangePlainJackson() throws JsonProcessingException {
        return plain.readTree(change);
    }

    /** A subaccount of ten positions makes eleven records. */
    @Benchmark
    public void accountToRecords(Blackhole sink) {
        Subaccount read = new Subaccount(ACCOUNT_ID);
        read.snapshot(VenueJson.parse(account).get("subaccount"));
        for (Entry<?> entry : read.records("dydx")) {
            sink.consume(finished(entry.topic(), entry.key(), entry.value()));
        }
    }

    @Benchmark
    public JsonNode accountPlainJackson() throws JsonProcessingException {
        return plain.readTree(account);
    }

    private SourceRecord finished(Topic<?> topic, String key, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, key, 1_782_131_344_546L, value, MARK));
    }

    private static String account() {
        StringBuilder text =
                new StringBuilder("{\"subaccount\":{\"address\":\"dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4\","
                        + "\"subaccountNumber\":0,\"equity\":\"100000.000000\",\"freeCollateral\":\"90000.000000\","
                        + "\"openPerpetualPositions\":{");
        for (int i = 0; i < 10; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(
                            "\"M" + i + "-USD\":{\"market\":\"M" + i + "-USD\",\"status\":\"OPEN\",\"side\":\"SHORT\","
                                    + "\"size\":\"-1.5\",\"maxSize\":\"-1.5\",\"entryPrice\":\"3000.25\",\"exitPrice\":null,"
                                    + "\"realizedPnl\":\"0.119\",\"unrealizedPnl\":\"-6.02\",\"createdAt\":"
                                    + "\"2026-04-04T00:29:19.353Z\",\"sumOpen\":\"1.5\",\"sumClose\":\"0\",\"netFunding\":\"0\"}");
        }
        return text.append(
                        "},\"assetPositions\":{\"USDC\":{\"symbol\":\"USDC\",\"side\":\"LONG\",\"size\":\"100000.5\","
                                + "\"assetId\":\"0\"}},\"marginEnabled\":true}}")
                .toString();
    }
}
