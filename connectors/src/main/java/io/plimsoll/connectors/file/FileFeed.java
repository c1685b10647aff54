package io.plimsoll.connectors.file;

import io.plimsoll.connectors.Failures;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.connectors.feed.FeedEvent;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.VenueFeed;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Files as a feed: looks at them at intervals, reads what is new, and says how it is doing. */
final class FileFeed implements VenueFeed {

    private static final int LINES_PER_STEP = 2_000;

    /** Brokers refuse records that lie an hour ahead of their clock, which would end the task. */
    private static final long MOST_AHEAD_MS = 3_540_000;

    private final FileFolder folder;
    private final FileReading reading;
    private final FeedHealth health;
    private final long lookEveryMs;
    private final long staleAfterMs;
    private final Set<String> markets = new HashSet<>();
    private final Set<String> accounts = new HashSet<>();
    private long lookAtMs = Long.MIN_VALUE;
    private long lastLineMs;
    private @Nullable String trouble;

    FileFeed(FileConfig config, FeedRuntime runtime) {
        folder = new FileFolder(config.path(), config.pattern());
        Mapping mapping = config.mapping();
        reading = mapping == null
                ? new RecordingFiles(runtime.offsets(), config.follows())
                : new CsvFiles(runtime.offsets(), mapping, config);
        health = new FeedHealth(config.venue(), runtime, config.getLong(FileConfig.STATUS_INTERVAL));
        lookEveryMs = config.getLong(FileConfig.SCAN_INTERVAL);
        staleAfterMs = config.getLong(FileConfig.STALE_AFTER);
        lastLineMs = runtime.startMs();
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        try {
            if (nowMs >= lookAtMs) {
                lookAtMs = nowMs + lookEveryMs;
                reading.look(folder.files(), nowMs);
                trouble = folder.trouble();
            }
            reading.read(LINES_PER_STEP, new Sink(nowMs, output));
        } catch (IOException e) {
            troubled(Failures.reason(e));
        } catch (InputException e) {
            troubled(String.valueOf(e.getMessage()));
        }
        String stale = trouble == null && nowMs - lastLineMs > staleAfterMs
                ? "no new line for " + (nowMs - lastLineMs) / 1_000 + " s"
                : trouble;
        health.judge(stale, reading.waiting(), nowMs);
        health.publish(new FeedHealth.Coverage(markets.size(), 0, accounts.size(), 0), nowMs, output);
    }

    /** A file that goes away while it is read: the next look finds what is there then. */
    private void troubled(String what) {
        trouble = folder.path() + ": " + what;
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        throw new IllegalStateException("files bring no events");
    }

    @Override
    public void close() {
        reading.close();
    }

    private final class Sink implements FileSink {

        private final long nowMs;
        private final FeedOutput output;

        Sink(long nowMs, FeedOutput output) {
            this.nowMs = nowMs;
            this.output = output;
        }

        @Override
        public void take(RecordedRecord record, String place, SourceMark mark) {
            if (record.topic().direction() != Topic.Direction.IN) {
                refuse(place, new InputException(record.topic().name() + " is not an input topic"));
            } else if (record.timestampMs() > nowMs + MOST_AHEAD_MS) {
                refuse(
                        place,
                        new InputException("timestamp " + record.timestampMs()
                                + " lies ahead, allowed is at most an hour after now, " + nowMs));
            } else {
                health.message(nowMs);
                lastLineMs = nowMs;
                cover(record);
                add(record.topic(), record, mark);
            }
        }

        private <V extends SpecificRecord> void add(Topic<V> topic, RecordedRecord record, SourceMark mark) {
            output.add(
                    topic, record.key(), record.timestampMs(), topic.valueType().cast(record.value()), mark);
        }

        private void cover(RecordedRecord record) {
            if (record.topic() == Topics.PRICES) {
                markets.add(record.key());
            } else if (record.topic() == Topics.POSITIONS || record.topic() == Topics.COLLATERAL) {
                int end = record.key().lastIndexOf(':');
                accounts.add(end < 0 ? record.key() : record.key().substring(0, end));
            }
        }

        @Override
        public void refuse(String place, InputException problem) {
            health.message(nowMs);
            lastLineMs = nowMs;
            String what = String.valueOf(problem.getMessage());
            health.malformed(place, new FeedFormatException(what, problem), what, nowMs);
        }
    }
}
