package io.plimsoll.server.alerts;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far somebody has read the alerts topic: of each partition the last offset that he has, as in {@code 0:12,3:7}. It is
 * the same at every instance. Not for use by several threads.
 */
public final class StreamPosition {

    private static final Pattern TEXT = Pattern.compile("\\d{1,5}:\\d{1,18}(,\\d{1,5}:\\d{1,18})*");
    private static final int LONGEST = 10_000;

    private final Map<Integer, Long> lastByPartition = new TreeMap<>();

    /** Somebody who has read nothing. */
    public static StreamPosition start() {
        return new StreamPosition();
    }

    /**
     * What {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it did not
     */
    public static StreamPosition of(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("Last-Event-ID is \"" + text.substring(0, Math.min(text.length(), 80))
                    + "\", allowed is partition:offset, separated by commas, such as 0:12,3:7");
        }
        StreamPosition position = new StreamPosition();
        for (String part : text.split(",")) {
            int colon = part.indexOf(':');
            position.advance(Integer.parseInt(part.substring(0, colon)), Long.parseLong(part.substring(colon + 1)));
        }
        return position;
    }

    /** Whether {@link #of} takes it. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST && TEXT.matcher(text).matches();
    }

    private StreamPosition() {}

    /** The last offset that he has of a partition; -1: none. */
    public long last(int partition) {
        return lastByPartition.getOrDefault(partition, -1L);
    }

    /** Now he has this one, too. */
    public void advance(int partition, long offset) {
        lastByPartition.merge(partition, offset, Math::max);
    }

    /** True if he has it already. */
    public boolean has(AlertChange change) {
        return change.offset() <= last(change.partition());
    }

    /** True if he has of every partition at least as much as the other. */
    boolean covers(StreamPosition other) {
        return other.lastByPartition.entrySet().stream().allMatch(each -> last(each.getKey()) >= each.getValue());
    }

    @Override
    public String toString() {
        return lastByPartition.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(","));
    }
}
