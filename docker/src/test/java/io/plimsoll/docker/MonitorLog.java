package io.plimsoll.docker;

import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What all stacks are given: random markets with duplicates and disorder, as if of yesterday. */
final class MonitorLog {

    private static final long SEED = 20_261_122;
    private static final int MARKETS = 8;
    private static final int ACCOUNTS = 60;
    private static final int RECORDS = 4_000;

    /** Kafka's topics keep a week. Made once: every stack gets the same event times. */
    static final List<LogRecord> RECORDS_OF_YESTERDAY =
            ending(RandomMarkets.disturbed(new RandomMarkets(SEED).log(MARKETS, ACCOUNTS, RECORDS), SEED));

    private MonitorLog() {}

    private static List<LogRecord> ending(List<LogRecord> log) {
        long last = log.stream().mapToLong(LogRecord::timestampMs).max().orElseThrow();
        long shift = System.currentTimeMillis() - Duration.ofDays(1).toMillis() - last;
        return log.stream()
                .map(record ->
                        new LogRecord(record.topic(), record.key(), record.timestampMs() + shift, record.value()))
                .toList();
    }

    /** Told of all of it. */
    static Oracle oracle() {
        Oracle oracle = new Oracle();
        RECORDS_OF_YESTERDAY.forEach(
                record -> oracle.accept(record.topic(), record.key(), record.timestampMs(), record.value()));
        return oracle;
    }

    static Path recording(Path file, List<LogRecord> records) {
        try (RecordingWriter writer = new RecordingWriter(file)) {
            records.forEach(record -> writer.write(record.topic(), record.key(), record.timestampMs(), record.value()));
        }
        return file;
    }
}
