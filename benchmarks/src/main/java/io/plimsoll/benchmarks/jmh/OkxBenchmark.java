package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.okx.Book;
import io.plimsoll.connectors.okx.Quote;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** OKX's messages from text to finished records, beside plain Jackson's reading of the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class OkxBenchmark {

    private static final int LEVELS = 400;
    private static final List<Double> DISTANCES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1);
    private static final SourceMark MARK = new SourceMark(Map.of("name", "BTC-USDT-SWAP"), Map.of("time", "0"));
    private static final String SYMBOL = "BTC-USDT-SWAP";

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final Quote quote = new Quote();
    private final Book book = new Book(new BigDecimal("0.01"));
    private final String mark = """
            {"arg":{"channel":"mark-price","instId":"BTC-USDT-SWAP"},"data":[{"instType":"SWAP",\
            "instId":"BTC-USDT-SWAP","markPx":"42310.6","ts":"1630049139746"}]}""";
    private final String snapshot = book();

    /** Each message makes a record, as where prices.interval.ms is 0. */
    @Benchmark
    public SourceRecord markToRecord() {
        quote.mark(VenueJson.list(VenueJson.parse(mark), "data").get(0));
        return finished(Topics.PRICES, Objects.requireNonNull(quote.price("okx", SYMBOL)));
    }

    @Benchmark
    public JsonNode markPlainJackson() throws JsonProcessingException {
        return plain.readTree(mark);
    }

    @Benchmark
    public SourceRecord bookToRecord() {
        book.take(VenueJson.list(VenueJson.parse(snapshot), "data").get(0), true);
        return finished(Topics.DEPTH, Objects.requireNonNull(book.depth("okx", SYMBOL, DISTANCES)));
    }

    @Benchmark
    public JsonNode bookPlainJackson() throws JsonProcessingException {
        return plain.readTree(snapshot);
    }

    private SourceRecord finished(Topic<?> topic, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, Keys.market("okx", SYMBOL), 1_630_049_139_746L, value, MARK));
    }

    private static String book() {
        StringBuilder text = new StringBuilder(
                "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT-SWAP\"},\"action\":\"snapshot\",\"data\":[{");
        for (int side = -1; side <= 1; side += 2) {
            text.append(side < 0 ? "\"bids\":[" : ",\"asks\":[");
            for (int i = 0; i < LEVELS; i++) {
                text.append(i == 0 ? "" : ",")
                        .append("[\"")
                        .append(42_310 + side * (1 + i))
                        .append(".6\",\"")
                        .append(12 + 7 * i)
                        .append(".41\",\"0\",\"13\"]");
            }
            text.append(']');
        }
        return text.append(",\"ts\":\"1597026383085\",\"checksum\":-855196043,\"seqId\":123456,\"prevSeqId\":-1}]}")
                .toString();
    }
}
