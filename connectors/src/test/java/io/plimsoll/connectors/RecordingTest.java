package io.plimsoll.connectors;

import static io.plimsoll.connectors.Records.position;
import static io.plimsoll.connectors.Records.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    private static final String PRICES = Topics.PRICES.name();
    private static final String POSITIONS = Topics.POSITIONS.name();
    private static final Replay.ProgressListener QUIET = progress -> {};

    @TempDir
    Path folder;

    private final CollectedRecords played = new CollectedRecords();

    private Path recording(String name, long... timestamps) {
        Path file = folder.resolve(name);
        try (RecordingWriter writer = new RecordingWriter(file)) {
            for (long timestamp : timestamps) {
                writer.write(PRICES, "sim:" + name, timestamp, price(name, timestamp + 1));
            }
        }
        return file;
    }

    private long replay(Path... files) {
        return new Replay(List.of(files), ReplaySpeed.MAX, QUIET).run(played, () -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.jsonl", "packed.jsonl.gz"})
    void shouldPlayBackExactlyWhatWasWritten(String name) throws IOException {
        Path file = folder.resolve(name);
        try (RecordingWriter writer = new RecordingWriter(file)) {
            writer.write(PRICES, "sim:BTC", 5, price("BTC", 0.1));
            writer.write(POSITIONS, "sim:é \"x\":BTC", 3, position("é \"x\"", "BTC", -1));
            writer.write(POSITIONS, "sim:a:BTC", 4, null);
            assertThat(writer.written()).isEqualTo(3);
        }

        long records = replay(file);

        assertThat(records).isEqualTo(3);
        assertThat(played.all())
                .containsExactly(
                        new CollectedRecords.Written(PRICES, "sim:BTC", 5, price("BTC", 0.1)),
                        new CollectedRecords.Written(POSITIONS, "sim:é \"x\":BTC", 3, position("é \"x\"", "BTC", -1)),
                        new CollectedRecords.Written(POSITIONS, "sim:a:BTC", 4, null));
        assertThat(played.flushes()).isEqualTo(1);
        assertThat(Files.readAllBytes(file)[0] == 0x1f).isEqualTo(name.endsWith(".gz"));
    }

    @Test
    void shouldReadGzipUnderAnyName() throws IOException {
        Path packed = Files.move(recording("a.gz", 1, 2), folder.resolve("renamed.jsonl"));

        assertThat(replay(packed)).isEqualTo(2);
    }

    @Test
    void shouldTakeTopicsWithoutPrefixAndPassOverEmptyLines() throws IOException {
        Path file = Files.writeString(
                folder.resolve("f"),
                "\n{\"topic\":\"prices\",\"key\":\"sim:BTC\",\"timestamp\":7,\"value\":null}\n  \n");

        replay(file);

        assertThat(played.all()).containsExactly(new CollectedRecords.Written(PRICES, "sim:BTC", 7, null));
    }

    @Test
    void shouldMergeFilesByEventTimeAndKeepTheOrderWithinAFile() {
        Path first = recording("a", 10, 30, 20, 40);
        Path second = recording("b", 10, 25, 35);

        replay(first, second);

        assertThat(played.all())
                .extracting(written -> written.key() + "@" + written.timestampMs())
                .containsExactly("sim:a@10", "sim:b@10", "sim:b@25", "sim:a@30", "sim:a@20", "sim:b@35", "sim:a@40");
    }

    @Test
    void shouldFollowEventTimeAtTheGivenSpeed() {
        Path file = recording("a", 1_000, 61_000, 31_000, 121_000);
        AtomicLong nowMs = new AtomicLong(5);
        List<Long> times = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void write(
                    String topic, String key, long timestampMs, org.apache.avro.specific.SpecificRecord value) {
                times.add(nowMs.get());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        new Replay(List.of(file), new ReplaySpeed(60), QUIET, nowMs::get, nowMs::addAndGet).run(sink, () -> false);

        assertThat(times).containsExactly(5L, 1_005L, 1_005L, 2_005L);
    }

    @Test
    void shouldStopWhenToldTo() {
        Path file = recording("a", 1, 2, 3);

        long records = new Replay(List.of(file), ReplaySpeed.MAX, QUIET)
                .run(played, () -> played.all().size() == 2);

        assertThat(records).isEqualTo(2);
    }

    @Test
    void shouldReportProgressUpToTheEnd() throws IOException {
        Path file =
                recording("a", java.util.stream.LongStream.rangeClosed(1, 2_500).toArray());
        List<Replay.Progress> progress = new ArrayList<>();

        new Replay(List.of(file), ReplaySpeed.MAX, progress::add).run(played, () -> false);

        long bytes = Files.size(file);
        assertThat(progress).extracting(Replay.Progress::records).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(progress.get(2)).isEqualTo(new Replay.Progress(2_500, bytes, bytes, 2_500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"topic\":\"prices\" | : column ",
                "7 | : 7 is not allowed, allowed is an object with topic, key, timestamp and value",
                "{\"topic\":\"price\",\"key\":\"k\",\"timestamp\":1,\"value\":null} | : field topic is \"price\", ",
                "{\"key\":\"k\",\"timestamp\":1,\"value\":null} | : field topic is nothing, allowed is plimsoll.instruments",
                "{\"topic\":\"prices\",\"key\":null,\"timestamp\":1,\"value\":null} | : field key is null, allowed is a string",
                "{\"topic\":\"prices\",\"key\":\"k\",\"timestamp\":\"1\",\"value\":null} | : field timestamp is \"1\", allowed is a whole number",
                "{\"topic\":\"prices\",\"key\":\"k\",\"timestamp\":-1,\"value\":null} | : field timestamp is -1, allowed is a whole number",
                "{\"topic\":\"prices\",\"key\":\"k\",\"timestamp\":1} | : field value is missing, allowed is an object with the fields of Price, or null",
                "{\"topic\":\"prices\",\"key\":\"k\",\"ts\":1,\"value\":null} | : field ts (value 1) is not in a recording: allowed is topic, key, timestamp, value",
                "{\"topic\":\"prices\",\"topic\":\"prices\"} | : column ",
                "{\"topic\":\"prices\",\"key\":\"k\",\"timestamp\":1,\"value\":{\"venue\":\"v\",\"symbol\":\"s\",\"markPrice\":\"x\"}} | : value of a Price: field markPrice is \"x\", allowed is a number",
                "{\"topic\":\"market-state\",\"key\":\"k\",\"timestamp\":1,\"value\":null} | : topic plimsoll.market-state is written by Plimsoll itself",
            })
    void shouldNameFileLineFieldAndWhatIsAllowed(String line, String message) throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.jsonl"),
                "{\"topic\":\"prices\",\"key\":\"k\",\"timestamp\":1,\"value\":null}\n" + line + "\n");

        assertThatThrownBy(() -> replay(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + " line 2" + message)
                .message()
                .doesNotContain("\n");
        assertThat(played.all()).hasSize(1);
        assertThat(played.flushes()).isEqualTo(1);
    }

    @Test
    void shouldSaySoWhenTextIsNotUtf8OrGzipEndsEarly() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'{', (byte) 0xe9, '}'});
        byte[] packed = Files.readAllBytes(recording("whole.gz", 1, 2, 3));
        Path cut = Files.write(folder.resolve("cut.gz"), java.util.Arrays.copyOf(packed, packed.length - 12));

        assertThatThrownBy(() -> replay(latin))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(latin + " line 1: cannot read on");
        assertThatThrownBy(() -> replay(cut)).isInstanceOf(InputException.class).hasMessageContaining("cannot read on");
    }

    @Test
    void shouldSaySoWhenAFileIsNotThere() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> replay(missing))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot read " + missing + ": there is no such file or folder");
        assertThatThrownBy(() -> replay(folder)).hasMessage("cannot read " + folder + ": it is a folder");
        assertThatThrownBy(() -> new RecordingWriter(missing.resolve("x")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no such file or folder");
    }

    @ParameterizedTest
    @CsvSource({"max,Infinity", "1x,1", "60x,60", "0.5x,0.5"})
    void shouldReadSpeeds(String text, double factor) {
        assertThat(ReplaySpeed.parse(text).factor()).isEqualTo(factor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "x", "0x", "-1x", "fast", ""})
    void shouldRefuseOtherSpeeds(String text) {
        assertThatThrownBy(() -> ReplaySpeed.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessage("speed is " + text + ", allowed is max, or a factor such as 1x or 60x");
    }
}
