package io.plimsoll.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.file.FileSourceConnector;
import io.plimsoll.connectors.file.FileSourceTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A recording from file to finished records, by the connector's own task, beside plain Jackson's reading of the same bytes. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class FileConnectorBenchmark {

    private static final int LINES = 20_000;
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private final ObjectMapper plain = new ObjectMapper();
    private Path file = Path.of("");

    /** Writes a recording of positions and prices. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        file = Files.createTempFile("plimsoll-bench-", ".jsonl");
        Random random = new Random(1);
        long timeMs = 1_767_225_600_000L;
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                double number = random.nextInt(1_000_000) / 1e3;
                out.write(
                        i % 4 == 0
                                ? "{\"topic\":\"plimsoll.prices\",\"key\":\"bank:BTC\",\"timestamp\":" + (timeMs + i)
                                        + ",\"value\":{\"venue\":\"bank\",\"symbol\":\"BTC\",\"markPrice\":"
                                        + (70_000 + number)
                                        + ",\"fundingRate\":0.0000125,\"fundingIntervalHours\":1}}\n"
                                : "{\"topic\":\"plimsoll.positions\",\"key\":\"bank:a" + i % 5_000
                                        + ":BTC\",\"timestamp\":" + (timeMs + i)
                                        + ",\"value\":{\"venue\":\"bank\",\"account\":\"a" + i % 5_000
                                        + "\",\"symbol\":\"BTC\",\"size\":" + (number - 500)
                                        + ",\"entryPrice\":71000.5,\"marginMode\":\"CROSS\"}}\n");
            }
        }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void fileToRecords(Blackhole sink) throws InterruptedException {
        Map<String, String> settings = Map.of(
                "name",
                "bench",
                "path",
                file.toString(),
                "schema.registry.url",
                "mock://file-bench",
                "key.converter",
                BYTES,
                "value.converter",
                BYTES);
        FileSourceConnector connector = new FileSourceConnector();
        connector.start(settings);
        FileSourceTask task = new FileSourceTask();
        task.initialize(new NothingStored());
        task.start(connector.taskConfigs(1).get(0));
        int records = 0;
        while (records < LINES) {
            List<SourceRecord> polled = task.poll();
            if (polled != null) {
                for (SourceRecord record : polled) {
                    sink.consume(record);
                    records += record.topic().equals("plimsoll.feed-status") ? 0 : 1;
                }
            }
        }
        task.stop();
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void filePlainJackson(Blackhole sink) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                MappingIterator<JsonNode> lines =
                        plain.readerFor(JsonNode.class).readValues(in)) {
            while (lines.hasNext()) {
                sink.consume(lines.next());
            }
        }
    }

    /** A worker that has never run the task. */
    private static final class NothingStored implements SourceTaskContext, OffsetStorageReader {

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public @Nullable PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return new HashMap<>();
        }
    }
}
