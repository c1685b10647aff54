package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * A part of an interval of windows: the newest of it, so that the next part lies before them.
 *
 * @param from first moment at which a window may begin
 * @param end last moment at which one may begin
 */
record TimePage(Instant from, Instant end, Page page) {

    private static final String START = "windowStartMs";
    private static final Page.Order NEWEST_FIRST = new Page.Order(
            Comparator.<JsonNode>comparingLong(window -> window.path(START).asLong())
                    .reversed(),
            List.of(START));

    /** The part that is asked for. */
    static TimePage of(Context context, long nowMs, int unlessTold, int most) {
        Instant from = Parameters.instant(context, "from", Instant.EPOCH);
        Instant to =
                Parameters.instant(context, "to", Instant.ofEpochMilli(nowMs).plus(Duration.ofDays(1)));
        if (to.isBefore(from)) {
            throw Problem.badParameter("to", to.toString(), "a moment not before from (" + from + ")");
        }
        Page page = Page.of(context, NEWEST_FIRST, unlessTold, most);
        return new TimePage(from, page.after() == null ? to : before(page.after(), to), page);
    }

    /** The last moment before a window, which is where the next page ends. */
    private static Instant before(JsonNode window, Instant latest) {
        Instant end = Instant.ofEpochMilli(Math.max(0, window.path(START).asLong() - 1));
        return end.isBefore(latest) ? end : latest;
    }

    /** Its windows, the oldest first; where there are more of them, one too many. */
    <V> List<V> read(
            StateReader reader, String store, QueryableStoreType<ReadOnlyWindowStore<String, V>> type, String key) {
        return end.isBefore(from) ? List.of() : reader.windows(store, type, key, from, end, page.limit() + 1);
    }

    /** Without the one too many. */
    <V> List<V> shown(List<V> read) {
        return read.size() > page.limit() ? read.subList(1, read.size()) : read;
    }

    /** Says what leads on. */
    void putNext(ObjectNode body, String field, List<?> read) {
        page.putNext(body, read.size() > page.limit() ? body.path(field).path(0) : null);
    }
}
