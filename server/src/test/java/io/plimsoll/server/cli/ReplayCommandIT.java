package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.connectors.sim.MarketModel;
import io.plimsoll.connectors.sim.SimulatorSettings;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that write, play and import files, as a user types them. */
class ReplayCommandIT {

    private static final long START_MS = 1_767_225_600_000L;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plimsoll(String... arguments) {
        CommandLine command = Plimsoll.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    /** A minute of a simulated venue, and what its positions are at the end. */
    private Map<String, Position> simulate(Path file) {
        Map<String, Position> latest = new HashMap<>();
        try (RecordingWriter writer = new RecordingWriter(file);
                RecordSink both = new RecordSink() {
                    @Override
                    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
                        writer.write(topic, key, timestampMs, value);
                        if (value instanceof Position position) {
                            latest.put(key, position);
                        } else if (value == null) {
                            latest.remove(key);
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                }) {
            MarketModel model = new MarketModel(new SimulatorSettings(5, 200, 3, 1), both, START_MS);
            model.publishAll();
            for (int i = 0; i < 60_000 / MarketModel.STEP_MS; i++) {
                model.step();
            }
        }
        return latest;
    }

    @BeforeAll
    static void trustOwnRecords() {
        AvroSerdes.trustOwnRecords();
    }

    @Test
    @Timeout(900)
    void shouldReplayASimulatedMinuteTwiceToTheSameStateAndTheTrueSums() throws IOException {
        Path file = folder.resolve("minute.jsonl.gz");
        Map<String, Position> positions = simulate(file);

        assertThat(plimsoll("replay", "--json", file.toString()))
                .describedAs(err.toString())
                .isZero();
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(plimsoll("replay", "--json", file.toString()))
                .describedAs(err.toString())
                .isZero();

        assertThat(out.toString()).isEqualTo(first);
        JsonNode markets = new ObjectMapper().readTree(first);
        assertThat(markets.findValuesAsText("symbol")).isEqualTo(List.of("BTC", "ETH", "SOL"));
        for (JsonNode market : markets) {
            double longs = positions.values().stream()
                    .filter(each -> each.getSymbol().equals(market.get("symbol").asText()) && each.getSize() > 0)
                    .mapToDouble(Position::getSize)
                    .sum();
            assertThat(market.get("longSize").asDouble()).isCloseTo(longs, Offset.offset(longs * 1e-12));
        }
    }

    @Test
    void shouldWriteARecordingFromCsvAndCountInADryRun() throws IOException {
        Path mapping = Files.writeString(folder.resolve("m.yaml"), """
                records:
                  - topic: prices
                    time: {column: t, format: ms}
                    fields: {venue: bank, symbol: {column: s}, markPrice: {column: p}}
                """);
        Path csv = Files.writeString(folder.resolve("a.csv"), "t,s,p\n5,BTC,1.5\n");
        Path recording = folder.resolve("out.jsonl");

        assertThat(plimsoll("import", "--mapping", mapping.toString(), csv.toString(), "--dry-run"))
                .isZero();
        assertThat(plimsoll("import", "--mapping", mapping.toString(), csv.toString(), "-o", recording.toString()))
                .isZero();

        assertThat(out.toString()).contains("Would write 1 records and 0 tombstones to plimsoll.prices");
        assertThat(recording)
                .content()
                .startsWith("{\"topic\":\"plimsoll.prices\",\"key\":\"bank:BTC\",\"timestamp\":5,\"value\":{");
    }

    @Test
    void shouldEndWithOneSentenceAndExitCode2ForWrongInput() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"topic\":\"x\"}\n");
        Path csv = Files.writeString(folder.resolve("a.csv"), "t\n1\n");

        assertThat(plimsoll("replay", folder.resolve("missing").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(plimsoll("replay", "--speed", "fast", bad.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(plimsoll("replay", "--bootstrap", "localhost:1", "--json", bad.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(plimsoll("import", "--mapping", bad.toString(), csv.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(plimsoll("record", "-o", folder.resolve("r").toString(), "--topics", "price"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(plimsoll("record", "-o", folder.resolve("r").toString())).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines())
                .containsExactly(
                        "plimsoll: cannot read " + folder.resolve("missing") + ": there is no such file or folder",
                        "plimsoll: speed is fast, allowed is max, or a factor such as 1x or 60x",
                        "plimsoll: --exit, --json, --port, --data-dir and --rules are for a replay in this process, not for"
                                + " one with --config or --bootstrap",
                        "plimsoll: " + bad
                                + " line 1: topic is not a key of a mapping: allowed is csv, order, constants,"
                                + " records",
                        "plimsoll: --topics has price, did you mean prices? Allowed is "
                                + Topics.inUse().stream()
                                        .map(topic -> topic.name().substring("plimsoll.".length()))
                                        .collect(Collectors.joining(", ")),
                        "plimsoll: no Kafka is given, allowed is --config FILE or --bootstrap HOST:PORT");
    }
}
