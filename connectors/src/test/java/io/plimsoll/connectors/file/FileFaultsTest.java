package io.plimsoll.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An hour in which a writer of recordings does everything that writers do. */
class FileFaultsTest {

    private static final long SEED = 20260206;
    private static final long STEP = 2_000;
    private static final long HOUR = 3_600_000;

    @TempDir
    private Path dir;

    private final TestClock clock = new TestClock();
    private final Random random = new Random(SEED);
    private final TaskDriver driver = new TaskDriver(FileSourceConnector::new, FileSourceTask::new, clock);
    private final List<String> expected = new ArrayList<>();
    private int written;
    private int garbage;

    @AfterEach
    void close() {
        driver.stop();
    }

    private String line() {
        written++;
        long timeMs = clock.millis() - 1_000 + written % 900;
        String account = "desk" + random.nextInt(20);
        String text;
        if (random.nextInt(5) == 0) {
            text = "{\"topic\":\"plimsoll.positions\",\"key\":\"bank:%s:BTC\",\"timestamp\":%d,\"value\":null}"
                    .formatted(account, timeMs);
            expected.add("bank:%s:BTC %d null".formatted(account, timeMs));
        } else {
            double size = random.nextInt(1_000_000) / 1e3 + 1;
            text = ("{\"topic\":\"positions\",\"key\":\"bank:%s:BTC\",\"timestamp\":%d,\"value\":{\"venue\":\"bank\","
                            + "\"account\":\"%s\",\"symbol\":\"BTC\",\"size\":%s,\"entryPrice\":71000.5}}")
                    .formatted(account, timeMs, account, size);
            expected.add("bank:%s:BTC %d %s".formatted(account, timeMs, size));
        }
        return text + "\n";
    }

    private static void append(Path file, String text) throws IOException {
        append(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What stands on the topic, in the form of {@link #expected}. */
    private List<String> found() {
        return driver.of(Topics.POSITIONS).stream()
                .map(read -> read.key() + " " + read.timestampMs() + " "
                        + (read.value() == null ? null : ((Position) read.value()).getSize()))
                .toList();
    }

    private FeedStatus status() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        return (FeedStatus) all.get(all.size() - 1).value();
    }

    private void run(long ms) throws InterruptedException {
        driver.run(ms, STEP, () -> {});
    }

    @Test
    @Timeout(600)
    void shouldEndWithWhatTheFilesHoldAfterAnHourOfFaults() throws Exception {
        System.out.println("seed " + SEED);
        driver.with("path", dir.toString()).with("file.pattern", "*.jsonl*");
        driver.start();
        Path file = dir.resolve("book.jsonl");
        Path packed = dir.resolve(".packing");
        int rotations = 0;
        int crashes = 0;

        for (long passed = 0; passed < HOUR; passed += STEP) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    // The machine of the writer is slow: a line comes in two halves.
                    byte[] whole = line().getBytes(StandardCharsets.UTF_8);
                    int cut = 1 + random.nextInt(whole.length - 1);
                    append(file, Arrays.copyOf(whole, cut));
                    run(STEP);
                    append(file, Arrays.copyOfRange(whole, cut, whole.length));
                }
                case 1 -> {
                    // The writer has died in a line, and begun the next on a new one.
                    String whole = line();
                    expected.remove(expected.size() - 1);
                    append(file, whole.substring(0, whole.length() / 2) + "\n");
                    garbage++;
                }
                case 2 -> {
                    append(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'x', '\n'});
                    append(file, "\n   \n{\"topic\":\"market-state\",\"key\":\"a\",\"timestamp\":1,\"value\":null}\n");
                    append(file, "[1,2,3]\n{\"topic\":\"prices\",\"key\":\"a:b\",\"timestamp\":-4,\"value\":null}\n");
                    garbage += 4;
                }
                case 3 -> {
                    if (Files.exists(file)) {
                        Files.move(file, dir.resolve("book.jsonl." + ++rotations));
                    }
                }
                case 4 -> {
                    // A day's file that appears whole, gzipped.
                    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                        for (int i = 0; i < 3; i++) {
                            out.write(line().getBytes(StandardCharsets.UTF_8));
                        }
                    }
                    Files.move(packed, dir.resolve("day-%06d.jsonl.gz".formatted(written)));
                }
                case 5 -> {
                    // The writer has written a line twice; both are there.
                    String twice = line();
                    append(file, twice + twice);
                    expected.add(expected.get(expected.size() - 1));
                }
                case 6 -> {
                    driver.stop();
                    append(file, line() + line());
                    driver.start();
                }
                case 7 -> {
                    run(STEP);
                    int all = driver.records().size();
                    driver.crashAfter(all - Math.min(all, random.nextInt(8)));
                    crashes++;
                    driver.start();
                }
                default -> {
                    for (int i = random.nextInt(40); i >= 0; i--) {
                        append(file, line());
                    }
                }
            }
            run(STEP);
        }
        append(file, line() + "{\"topic\":\"positions\",\"key\":\"bank:desk1:BTC\",");
        // Until the last garbage is more than a minute ago.
        run(40 * STEP);

        assertThat(rotations).isGreaterThan(20);
        assertThat(crashes).isGreaterThan(20);
        assertThat(garbage).isGreaterThan(100);
        assertThat(found()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(status().getReason()).contains("book.jsonl line ", " has no end yet");
        assertThat(status().getState()).isEqualTo(FeedState.PARTIAL);
        append(file, "\"timestamp\":7,\"value\":null}\n");
        run(5 * STEP);
        assertThat(found()).hasSize(expected.size() + 1).contains("bank:desk1:BTC 7 null");
        assertThat(status().getState()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void shouldCountBadLinesAndSayWhereTheyAre() throws Exception {
        Path file = dir.resolve("a.jsonl");
        append(file, line() + "nonsense\n" + line());
        driver.with("path", file.toString()).start();

        run(3 * STEP);

        assertThat(found()).isEqualTo(expected);
        assertThat(status().getMalformed()).isEqualTo(1);
        assertThat(status().getMessages()).isEqualTo(3);
        append(file, "nonsense\n{}\n");
        run(3 * STEP);
        assertThat(status().getState()).isEqualTo(FeedState.DRIFT);
        assertThat(status().getReason()).contains("3 messages within a minute", file + " line 5");
    }

    @Test
    void shouldNotWriteWhatBrokersRefuseForLyingAhead() throws Exception {
        Path file = dir.resolve("a.jsonl");
        long ahead = clock.millis() + 2 * HOUR;
        append(
                file,
                "{\"topic\":\"positions\",\"key\":\"bank:x:BTC\",\"timestamp\":" + ahead + ",\"value\":null}\n"
                        + line());
        driver.with("path", dir.toString()).start();

        run(3 * STEP);

        assertThat(found()).isEqualTo(expected);
        assertThat(status().getMalformed()).isEqualTo(1);
    }

    @Test
    void shouldTakeALastLineWithoutEndWhereFilesAreWhole() throws Exception {
        Path file = dir.resolve("a.jsonl");
        append(file, line() + line().stripTrailing());
        driver.with("path", dir.toString()).with("follow", "false").start();

        run(3 * STEP);

        assertThat(found()).isEqualTo(expected);
    }

    @Test
    void shouldTellDailyRecordingsApartThatBeginAlike() throws Exception {
        String first = line();
        append(dir.resolve("monday.jsonl"), first + line());
        driver.with("path", dir.toString()).start();
        run(3 * STEP);
        String same = expected.get(0);
        append(dir.resolve("tuesday.jsonl"), first + line() + line());
        expected.add(same);
        run(3 * STEP);
        driver.stop();
        driver.start();
        append(dir.resolve("monday.jsonl"), line());
        run(3 * STEP);

        assertThat(found()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldBeStaleWithoutFilesAndWithoutNewLines() throws Exception {
        driver.with("path", dir.resolve("later").toString())
                .with("stale.after.ms", "60000")
                .start();
        run(2 * STEP);
        assertThat(status().getState()).isEqualTo(FeedState.STALE);
        assertThat(status().getReason()).contains("there is no such file or folder");

        Files.createDirectory(dir.resolve("later"));
        append(dir.resolve("later/a.jsonl"), line());
        run(3 * STEP);
        assertThat(status().getState()).isEqualTo(FeedState.LIVE);
        run(80_000);
        assertThat(status().getState()).isEqualTo(FeedState.STALE);
        assertThat(status().getReason()).startsWith("no new line for ");
    }
}
