package io.plimsoll.topology.intake;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.topology.DeadLetters;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.order.Marks;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Checks each record of one input topic; forwards it as a {@link RoutedRecord}, or as a dead letter. */
final class IntakeProcessor<T extends SpecificRecord>
        extends ContextualProcessor<byte[], byte[], String, SpecificRecord> {

    private static final long EARLIEST_MS =
            Instant.parse("2009-01-01T00:00:00Z").toEpochMilli();

    /** Inputs that venues feed. */
    private static final Set<RecordKind> FEEDS = EnumSet.of(
            RecordKind.POSITION,
            RecordKind.COLLATERAL,
            RecordKind.INSTRUMENT,
            RecordKind.PRICE,
            RecordKind.DEPTH,
            RecordKind.LIQUIDATION,
            RecordKind.OPTION,
            RecordKind.STRATEGY);

    private final Topic<T> topic;
    private final RecordKind kind;
    private final boolean tombstones;
    private final AvroDeserializer<T> reader;
    private final BiFunction<String, T, @Nullable Refusal> check;
    private final long maxFutureSkewMs;
    private final boolean passesMarks;
    private final FeedCounts feeds;

    IntakeProcessor(
            Topic<T> topic,
            RecordKind kind,
            boolean tombstones,
            AvroDeserializer<T> reader,
            BiFunction<String, T, @Nullable Refusal> check,
            MonitorSettings settings) {
        this.topic = topic;
        this.kind = kind;
        this.tombstones = tombstones;
        this.reader = reader;
        this.check = check;
        this.maxFutureSkewMs = settings.maxFutureSkew().toMillis();
        this.passesMarks = settings.isInEventOrder();
        this.feeds = new FeedCounts(topic);
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        if (FEEDS.contains(kind)) {
            context.schedule(FeedCounts.TOLD, PunctuationType.WALL_CLOCK_TIME, now -> {
                for (FeedReport report : feeds.take(context.taskId().partition())) {
                    context.forward(new Record<>(report.getFeed(), report, now));
                }
            });
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        ReplayMark mark = ReplayMark.of(record.key(), record.headers());
        if (mark != null) {
            if (passesMarks) {
                context().forward(new Record<>("", Marks.of(kind, origin.partition(), mark), record.timestamp()));
            }
            return;
        }
        String key = readKey(record.key());
        if (key == null) {
            refuse(record, origin, unreadableKey(record.key()));
            return;
        }
        T value = null;
        Refusal refusal = refusalWithoutValue(key, record);
        if (refusal == null && record.value() != null) {
            try {
                value = reader.read(record.value());
                refusal = check.apply(key, value);
            } catch (UnreadableRecordException e) {
                refusal = new Refusal(reasonOf(e), String.valueOf(e.getMessage()));
            }
        }
        if (refusal != null) {
            feeds.refused(key);
            refuse(record, origin, refusal);
            return;
        }
        feeds.accepted(key, record.timestamp(), context().currentSystemTimeMs());
        RoutedRecord routed = new RoutedRecord(
                kind,
                key,
                record.timestamp(),
                origin.partition(),
                origin.offset(),
                record.value() == null ? null : ByteBuffer.wrap(record.value()),
                value instanceof Price price ? List.of(tick(key, record.timestamp(), price)) : List.of());
        context().forward(new Record<>(key, routed, record.timestamp()));
    }

    private static Tick tick(String market, long eventTimeMs, Price price) {
        return new Tick(
                market,
                eventTimeMs,
                price.getMarkPrice(),
                price.getIndexPrice(),
                price.getQuotePriceUsd(),
                false,
                price.getOpenInterest(),
                price.getDayVolume(),
                price.getInsuranceFundUsd(),
                InstrumentTerms.fundingRate8h(price));
    }

    private void refuse(Record<byte[], byte[]> record, RecordMetadata origin, Refusal refusal) {
        context()
                .forward(new Record<>(
                        "", DeadLetters.of(record, origin, refusal.reason(), refusal.detail()), record.timestamp()));
    }

    private @Nullable Refusal refusalWithoutValue(String key, Record<byte[], byte[]> record) {
        if (key.length() > Keys.MAX_LENGTH) {
            return new Refusal(
                    DeadLetterReason.TOO_LONG,
                    "key has " + key.length() + " characters, allowed is " + Keys.MAX_LENGTH);
        }
        long latestMs = context().currentSystemTimeMs() + maxFutureSkewMs;
        if (record.timestamp() < EARLIEST_MS || record.timestamp() > latestMs) {
            return new Refusal(
                    DeadLetterReason.TIMESTAMP_OUT_OF_RANGE,
                    "timestamp is " + Instant.ofEpochMilli(record.timestamp()) + ", allowed is "
                            + Instant.ofEpochMilli(EARLIEST_MS) + " to " + Instant.ofEpochMilli(latestMs));
        }
        return record.value() == null ? tombstoneRefusal(key) : null;
    }

    private @Nullable Refusal tombstoneRefusal(String key) {
        if (!tombstones) {
            return Refusal.invalid("value", "null", "a record: " + topic.name() + " takes no tombstones");
        }
        if (!FEEDS.contains(kind)) {
            return null;
        }
        int account = key.indexOf(Keys.SEPARATOR);
        int name = key.indexOf(Keys.SEPARATOR, account + 1);
        boolean wellFormed = account > 0 && name > account + 1 && name + 1 < key.length();
        return wellFormed
                ? null
                : new Refusal(
                        DeadLetterReason.UNREADABLE_KEY,
                        "key is " + Refusal.shown(key) + ", allowed is " + topic.keyShape());
    }

    /** The key as text without control characters; null where it is none. */
    private static @Nullable String readKey(byte @Nullable [] key) {
        if (key == null || key.length == 0) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private Refusal unreadableKey(byte @Nullable [] key) {
        return new Refusal(
                DeadLetterReason.UNREADABLE_KEY,
                "key "
                        + (key == null
                                ? "is null"
                                : "of " + key.length + " bytes is empty, no UTF-8, or has control characters")
                        + ", allowed is " + topic.keyShape());
    }

    private static DeadLetterReason reasonOf(UnreadableRecordException e) {
        return switch (e.reason()) {
            case NOT_AVRO -> DeadLetterReason.UNREADABLE_VALUE;
            case UNKNOWN_SCHEMA -> DeadLetterReason.UNKNOWN_SCHEMA;
            case WRONG_SCHEMA -> DeadLetterReason.WRONG_SCHEMA;
        };
    }
}
