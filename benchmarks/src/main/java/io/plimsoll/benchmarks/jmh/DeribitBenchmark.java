package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.deribit.Book;
import io.plimsoll.connectors.deribit.Ticker;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
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

/** Deribit's messages from text to finished records, beside plain Jackson reading the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DeribitBenchmark {

    private static final List<Double> DISTANCES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTC-PERPETUAL"), Map.of("time", "0"));

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());

    private final String ticker = """
            {"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.BTC-PERPETUAL.100ms","data":{\
            "timestamp":1623060194301,"stats":{"volume_usd":284061480,"volume":7871.02139035,"price_change":0.7229,\
            "low":35213.5,"high":36824.5},"state":"open","settlement_price":36169.49,"open_interest":502097590,\
            "min_price":35898.37,"max_price":36991.72,"mark_price":36446.51,"last_price":36457.5,\
            "instrument_name":"BTC-PERPETUAL","index_price":36441.64,"funding_8h":0.0000211,\
            "estimated_delivery_price":36441.64,"current_funding":0,"best_bid_price":36442.5,"best_bid_amount":5000,\
            "best_ask_price":36443,"best_ask_amount":100}}}""";
    private final String book = book();

    @Benchmark
    public SourceRecord tickerToRecord() {
        Ticker read = Ticker.of(VenueJson.parse(ticker).get("params").get("data"));
        return finished(Topics.PRICES, "deribit:BTC-PERPETUAL", read.price("deribit", true));
    }

    @Benchmark
    public JsonNode tickerPlainJackson() throws JsonProcessingException {
        return plain.readTree(ticker);
    }

    /** A whole book of forty prices, to its depth. */
    @Benchmark
    public SourceRecord bookToRecord() {
        Book read = new Book();
        read.take(VenueJson.parse(book).get("params").get("data"));
        return finished(
                Topics.DEPTH,
                "deribit:BTC-PERPETUAL",
                Objects.requireNonNull(read.shown().depth("deribit", "BTC-PERPETUAL", DISTANCES)));
    }

    @Benchmark
    public JsonNode bookPlainJackson() throws JsonProcessingException {
        return plain.readTree(book);
    }

    private SourceRecord finished(Topic<?> topic, String key, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, key, 1_782_131_344_546L, value, MARK));
    }

    private static String book() {
        StringBuilder bids = new StringBuilder();
        StringBuilder asks = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            bids.append(i == 0 ? "" : ",")
                    .append("[\"new\",")
                    .append(36442.5 - 25 * i)
                    .append(",30450.0]");
            asks.append(i == 0 ? "" : ",")
                    .append("[\"new\",")
                    .append(36443.0 + 25 * i)
                    .append(",1200.0]");
        }
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"book.BTC-PERPETUAL.100ms\",\"data\":"
                + "{\"type\":\"snapshot\",\"timestamp\":1554373962454,\"instrument_name\":\"BTC-PERPETUAL\","
                + "\"change_id\":297217,\"bids\":[" + bids + "],\"asks\":[" + asks + "]}}}";
    }
}
