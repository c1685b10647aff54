package io.plimsoll.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.CollectedRecords;
import io.plimsoll.connectors.csv.CsvImport;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CsvFilesTest {

    private static final long STEP = 1_000;
    private static final Path TRACKER_MAPPING =
            Path.of("../server/src/test/resources/mappings/hyperliquid-tracker.yaml");
    private static final String BOOK = """
            order: time
            records:
              - topic: positions
                time: {column: t, format: ms}
                snapshot: time
                fields:
                  venue: bank
                  account: {column: a}
                  symbol: BTC
                  size: {column: s}
                  entryPrice: 70000
              - topic: collateral
                time: {column: t, format: ms}
                fields:
                  venue: bank
                  account: {column: a}
                  asset: USD
                  quantity: {sum: s, per: [t, a]}
            """;

    @TempDir
    private Path dir;

    private final TestClock clock = new TestClock();
    private final TaskDriver driver = new TaskDriver(FileSourceConnector::new, FileSourceTask::new, clock);
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(dir.resolve("in"));
        Files.writeString(dir.resolve("book.yaml"), BOOK);
        driver.with("path", folder.toString())
                .with("mapping", dir.resolve("book.yaml").toString());
    }

    @AfterEach
    void close() {
        driver.stop();
    }

    private void run(long ms) throws InterruptedException {
        driver.run(ms, STEP, () -> {});
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> found() {
        return driver.records().stream()
                .filter(read -> !read.topic().equals(Topics.FEED_STATUS.name()))
                .map(read -> read.topic() + " " + read.key() + " " + read.timestampMs() + " " + read.value())
                .toList();
    }

    private FeedStatus status() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        return (FeedStatus) all.get(all.size() - 1).value();
    }

    private static List<String> imported(Path mapping, List<Path> files) {
        CollectedRecords collected = new CollectedRecords();
        new CsvImport(Mapping.read(mapping), files).run(collected);
        return collected.all().stream()
                .map(each -> each.topic() + " " + each.key() + " " + each.timestampMs() + " " + each.value())
                .toList();
    }

    @Test
    @Timeout(600)
    void shouldWriteWhatAnImportOfTheTrackersFilesWritesThoughItCrashesAgainAndAgain() throws Exception {
        Path tracker = SharedData.folder("hyperliquid-tracker-aug2026");
        List<Path> files;
        try (Stream<Path> all = Files.list(tracker)) {
            files = all.filter(file -> file.getFileName().toString().matches("(aggregates|positions)_.*\\.csv"))
                    .sorted()
                    .toList();
        }
        // Times of August, and a clock that is in June.
        clock.move(100L * 86_400_000);
        driver.with("path", tracker.toString())
                .with("mapping", TRACKER_MAPPING.toString())
                .with("file.pattern", "{aggregates,positions}_*.csv");
        Random random = new Random(7);

        driver.start();
        run(5 * STEP);
        for (int i = 0; i < 4; i++) {
            driver.crashAfter(random.nextInt(driver.records().size()));
            driver.start();
            run(5 * STEP);
        }

        List<String> expected = imported(TRACKER_MAPPING, files);
        assertThat(expected).hasSizeGreaterThan(5_000);
        assertThat(found()).isEqualTo(expected);
        assertThat(status().getMalformed()).isZero();
    }

    @Test
    void shouldFollowFilesThatGrowAndCloseWhatALaterListDoesNotHave() throws Exception {
        append("a.csv", "t,a,s\n1000,x,5\n1000,y,-3\n");
        driver.start();
        run(6 * STEP);
        assertThat(driver.latest(Topics.POSITIONS)).containsOnlyKeys("bank:x:BTC", "bank:y:BTC");

        driver.stop();
        driver.start();
        append("a.csv", "2000,x,6\n20");
        run(6 * STEP);
        assertThat(driver.latest(Topics.POSITIONS)).containsOnlyKeys("bank:x:BTC");
        assertThat(status().getReason()).contains("a.csv line 5 has no end yet");
        append("a.csv", "00,z,1\n");
        append("b.csv", "t,a,s\n3000,y,9\n");
        run(6 * STEP);

        assertThat(driver.latest(Topics.POSITIONS)).containsOnlyKeys("bank:y:BTC");
        assertThat(driver.of(Topics.POSITIONS))
                .extracting(read -> read.key() + " " + read.timestampMs() + " " + (read.value() == null))
                .containsExactly(
                        "bank:x:BTC 1000 false",
                        "bank:y:BTC 1000 false",
                        "bank:y:BTC 2000 true",
                        "bank:x:BTC 2000 false",
                        "bank:z:BTC 2000 false",
                        "bank:x:BTC 3000 true",
                        "bank:z:BTC 3000 true",
                        "bank:y:BTC 3000 false");
        assertThat(driver.of(Topics.COLLATERAL)).hasSize(5);
    }

    @Test
    void shouldPassOverBadRowsAndSayWhereTheyAre() throws Exception {
        driver.with("status.interval.ms", "1000");
        append("a.csv", "t,a,s\n1000,x,5\n1000,y,many\n1000,z\n1000,w,2\n");
        driver.start();
        run(6 * STEP);
        append("a.csv", "never,x,5\n");
        append("b.csv", "time,who\n1,2\n");
        run(6 * STEP);

        assertThat(driver.latest(Topics.POSITIONS)).containsOnlyKeys("bank:x:BTC", "bank:w:BTC");
        // y's size, for both rules; z's missing cell; the time, for both; the columns that b.csv does not have.
        assertThat(status().getMalformed()).isEqualTo(6);
        assertThat(status().getState()).isEqualTo(FeedState.DRIFT);
        assertThat(status().getReason()).contains("a.csv line 6: time: ");
    }

    @Test
    void shouldWaitUntilNoFileChangesAnyMore() throws Exception {
        driver.with("csv.settle.ms", "5000").start();
        append("a.csv", "t,a,s\n1000,x,5\n");
        run(3 * STEP);
        append("b.csv", "t,a,s\n1000,y,5\n");
        run(3 * STEP);
        assertThat(driver.of(Topics.POSITIONS)).isEmpty();

        run(8 * STEP);

        assertThat(driver.of(Topics.POSITIONS)).hasSize(2);
    }

    @Test
    void shouldRefuseOpenInterestOfWhichNothingSaysWhatItCounts() throws Exception {
        Path mapping = Files.writeString(dir.resolve("prices.yaml"), """
                records:
                  - topic: prices
                    time: {column: t, format: ms}
                    fields: {venue: bank, symbol: {column: s}, markPrice: {column: p}, openInterest: {column: oi}}
                """);
        Map<String, String> settings = Map.of(
                "path",
                folder.toString(),
                "mapping",
                mapping.toString(),
                "schema.registry.url",
                "http://registry:8081",
                "key.converter",
                FeedSourceConnector.BYTES_CONVERTER,
                "value.converter",
                FeedSourceConnector.BYTES_CONVERTER);

        assertThatThrownBy(() -> new FileSourceConnector().start(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("prices carry openInterest, and nothing says what it counts")
                .hasMessageContaining("openInterestUnit and openInterestSides");

        Files.writeString(mapping, """
                constants:
                  - topic: instruments
                    value: {venue: bank, symbol: BTC, kind: LINEAR_PERPETUAL, baseAsset: BTC, quoteAsset: USD,
                      settleAsset: USD, sizeDecimals: 4, marginTiers: [{notionalFloor: 0, maintenanceRate: 0.02}],
                      openInterestUnit: BASE, openInterestSides: SINGLE}
                """, StandardOpenOption.APPEND);
        new FileSourceConnector().start(settings);
    }
}
