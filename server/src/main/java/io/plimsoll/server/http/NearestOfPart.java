package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.accounts.NearAccount;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one part of the store that come first in an order: as many as a page shows, and one more, which tells that
 * there is more. Only these need be read in full.
 */
final class NearestOfPart {

    /**
     * An account's place in the order.
     *
     * @param id under which the caller knows it
     */
    private record Place(double rank, String id, String key) {}

    private static final Comparator<Place> BY_PLACE =
            Comparator.comparingDouble(Place::rank).thenComparing(Place::id);

    private final AccountOrder order;
    private final ReadersView view;
    private final int most;
    private final @Nullable Place after;
    private final PriorityQueue<Place> lastFirst;
    private final Map<MarginCallState, Long> counts = new EnumMap<>(MarginCallState.class);

    NearestOfPart(AccountOrder order, Page page, ReadersView view) {
        this.order = order;
        this.view = view;
        this.most = page.limit() + 1;
        this.after = page.after() == null
                ? null
                : new Place(order.rank(page.after()), page.after().path("id").asText(), "");
        this.lastFirst = new PriorityQueue<>(BY_PLACE.reversed());
    }

    /** Counts an account, and takes it where it is listed and comes early enough. */
    void take(String key, NearAccount account, boolean listed) {
        counts.merge(account.state(), 1L, Long::sum);
        double rank = order.rank(account);
        if (!listed || (lastFirst.size() == most && lastFirst.element().rank() < rank)) {
            return;
        }
        // As the caller may see it: an account's place in the list becomes part of what he is given.
        Place place = new Place(rank, shownId(key), key);
        if (after == null || BY_PLACE.compare(after, place) < 0) {
            lastFirst.add(place);
            if (lastFirst.size() > most) {
                lastFirst.remove();
            }
        }
    }

    private String shownId(String key) {
        int separator = key.indexOf(Keys.SEPARATOR);
        JsonNode named = JsonNodeFactory.instance
                .objectNode()
                .put("id", key)
                .put("venue", key.substring(0, separator))
                .put("account", key.substring(separator + 1));
        return view.of(named).path("id").asText();
    }

    /** Keys of those that were taken. */
    List<String> keys() {
        return lastFirst.stream().map(Place::key).toList();
    }

    /** All of them by state, listed or not. */
    Map<MarginCallState, Long> counts() {
        return counts;
    }
}
