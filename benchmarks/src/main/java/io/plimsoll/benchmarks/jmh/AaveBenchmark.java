package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.connectors.aave.Borrower;
import io.plimsoll.connectors.aave.Reserve;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.RecordEncoder;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WholeAccounts.Entry;
import io.plimsoll.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
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

/** Pages of borrowers from text to finished records, beside plain Jackson reading the same texts into a tree. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class AaveBenchmark {

    private static final int USERS = 100;
    private static final int RESERVES = 4;
    private static final SourceMark MARK = new SourceMark(Map.of("name", "0"), Map.of("time", "0"));

    private final ObjectMapper plain = new ObjectMapper();
    private final RecordEncoder encoder = new RecordEncoder(new MockSchemaRegistryClient());
    private final Map<String, Reserve> reserves = new HashMap<>();
    private final String page = page();

    /** Begins with the reserves that the borrowers have something of. */
    public AaveBenchmark() {
        for (int i = 0; i < RESERVES; i++) {
            Reserve reserve = Reserve.of(VenueJson.parse("""
                            {"id":"r%d","symbol":"A%d","decimals":18,"reserveLiquidationThreshold":"8250",
                             "liquidityIndex":"1021843789345612345678901234","variableBorrowIndex":"1035791234567890123456789012",
                             "liquidityRate":"18943276123456789012345678","variableBorrowRate":"26712345678901234567890123",
                             "lastUpdateTimestamp":1690000000,"price":{"priceInEth":"171989763743"}}""".formatted(i, i)), "A" + i);
            reserves.put(reserve.id(), reserve);
        }
    }

    /** A page of a hundred borrowers makes four hundred records. */
    @Benchmark
    public void pageToRecords(Blackhole sink) {
        for (JsonNode user : VenueJson.parse(page).get("data").get("users")) {
            for (Entry<?> entry : Borrower.of(user).records("aave-v3", reserves, 1_690_003_600L)) {
                sink.consume(finished(entry.topic(), entry.key(), entry.value()));
            }
        }
    }

    @Benchmark
    public JsonNode pagePlainJackson() throws JsonProcessingException {
        return plain.readTree(page);
    }

    private SourceRecord finished(Topic<?> topic, String key, SpecificRecord value) {
        return encoder.encode(new FeedRecord(topic, key, 1_782_131_344_546L, value, MARK));
    }

    private static String page() {
        StringBuilder text =
                new StringBuilder("{\"data\":{\"_meta\":{\"block\":{\"number\":1,\"timestamp\":1690003600},"
                        + "\"hasIndexingErrors\":false},\"users\":[");
        for (int i = 0; i < USERS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"0x%040x\",\"eModeCategoryId\":null,\"reserves\":[".formatted(i));
            for (int j = 0; j < RESERVES; j++) {
                boolean isOwed = j % 2 == 1;
                text.append(j == 0 ? "" : ",")
                        .append("{\"usageAsCollateralEnabledOnUser\":true,\"scaledATokenBalance\":\"")
                        .append(isOwed ? "0" : "21684678649390864000000")
                        .append("\",\"scaledVariableDebt\":\"")
                        .append(isOwed ? "5082621298088314300000" : "0")
                        .append("\",\"principalStableDebt\":\"0\",\"reserve\":{\"id\":\"r")
                        .append(j)
                        .append("\"}}");
            }
            text.append("]}");
        }
        return text.append("]}}").toString();
    }
}
