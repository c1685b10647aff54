package io.plimsoll.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a replay in event-time order writes between the records, on every partition of every input topic: nothing up to a
 * time is still to come on this partition. A record without value under a key that no feed has; the rest is in a header.
 *
 * @param upToMs event time up to which everything of the recording is written on this partition, epoch milliseconds;
 *     {@link #BEGIN} where a replay begins, {@link #FOR_EVER} where nothing more is to be waited for
 * @param partitions of the topic, each of which has such marks; 1 or more
 */
public record ReplayMark(long upToMs, int partitions) {

    /** A replay begins: what an earlier one, broken off, wrote after its last mark comes again. */
    public static final long BEGIN = -1;

    /** Nobody need wait for this partition. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private static final byte[] KEY = "plimsoll-replay-mark".getBytes(StandardCharsets.UTF_8);
    private static final String HEADER = "plimsoll-replay-mark";

    public ReplayMark {
        if (upToMs < BEGIN) {
            throw new IllegalArgumentException("upToMs is " + upToMs + ", allowed is " + BEGIN + " or more");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed is 1 or more");
        }
    }

    /** The topics on which a replay puts marks as it goes on. */
    public static final List<Topic<?>> DATA = List.of(
            Topics.INSTRUMENTS,
            Topics.POSITIONS,
            Topics.COLLATERAL,
            Topics.PRICES,
            Topics.DEPTH,
            Topics.LIQUIDATIONS,
            Topics.STRATEGIES);

    /** The topics on which a replay puts one mark at its beginning: what they hold is in force before the first record. */
    public static final List<Topic<?>> TERMS = List.of(Topics.RULES, Topics.ALERT_ACTIONS);

    /** Key of its record. */
    public static byte[] key() {
        return KEY.clone();
    }

    /** Header of its record. */
    public Header header() {
        return new RecordHeader(
                HEADER,
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                        .putLong(upToMs)
                        .putInt(partitions)
                        .array());
    }

    /** The mark that a record is; null where it is none. */
    public static @Nullable ReplayMark of(byte @Nullable [] key, Headers headers) {
        if (!Arrays.equals(key, KEY)) {
            return null;
        }
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != Long.BYTES + Integer.BYTES) {
            return null;
        }
        ByteBuffer value = ByteBuffer.wrap(header.value());
        long upToMs = value.getLong();
        int partitions = value.getInt();
        return upToMs < BEGIN || partitions < 1 ? null : new ReplayMark(upToMs, partitions);
    }
}
