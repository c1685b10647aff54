package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.server.feeds.FeedTopics;
import io.plimsoll.server.feeds.UnusedRecord;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.alerts.FeedMoment;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What comes in: how it comes, what its connectors say, and what of it could not be used. */
final class FeedRoutes {

    static final int LETTERS_UNLESS_TOLD = 100;

    private static final double SECOND_MS = 1_000;

    private static final Page.Order NEWEST_FIRST = new Page.Order(
            Comparator.<JsonNode>comparingLong(
                            letter -> letter.path("writtenMs").asLong())
                    .reversed()
                    .thenComparing(letter -> letter.path("id").asText()),
            List.of("writtenMs", "id"));

    private final StateApi api;
    private final Supplier<FeedTopics> topics;

    /** Takes the topics as well; they may be a problem until they are read. */
    FeedRoutes(StateApi api, Supplier<FeedTopics> topics) {
        this.api = api;
        this.topics = topics;
    }

    void addTo(Operations routes) {
        routes.add(FeedOperations.FEEDS, this::feeds);
        routes.add(FeedOperations.STATUSES, this::statuses);
        routes.add(FeedOperations.DEAD_LETTERS, this::deadLetters);
    }

    private void feeds(Context context) {
        api.answer(
                context, api.all(context, "feeds", MonitorStores.FEEDS, MonitorStores.FEED_TYPE, Set.of(), this::feed));
    }

    private ObjectNode feed(String id, FeedMoment feed) {
        int separator = id.indexOf(Keys.SEPARATOR);
        ObjectNode body = api.object()
                .put("id", id)
                .put("topic", id.substring(0, separator))
                .put("venue", id.substring(separator + 1))
                .put("asOfMs", feed.asOfMs())
                .put("lastReadMs", feed.lastReadMs())
                .put("live", feed.live())
                .put("skewMs", feed.skewMs())
                .put("countedMs", feed.countedMs())
                .put("records", feed.records())
                .put("deadLetters", feed.deadLetters())
                .put(
                        "recordsPerSecond",
                        feed.countedMs() < SECOND_MS ? null : (Double) (feed.records() * SECOND_MS / feed.countedMs()))
                .put("frozenMarkets", feed.frozenMarkets())
                .put("crossedMarkets", feed.crossedMarkets());
        return api.withAge(body);
    }

    private void statuses(Context context) {
        Page.Collected page =
                Page.of(context, Page.Order.BY_ID, Page.MOST, Page.MOST).collect();
        topics.get().statuses().all().forEach((key, told) -> {
            ObjectNode status = api.object().put("id", key).put("writtenMs", told.writtenMs());
            status.setAll(PlainJson.toJson(told.status()));
            page.add(status);
        });
        answer(context, page, "statuses");
    }

    private void deadLetters(Context context) {
        Set<String> reasons = Parameters.names(context, "reason").stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        boolean plain = ReadersView.of(context).isPlain();
        Page.Collected page =
                Page.of(context, NEWEST_FIRST, LETTERS_UNLESS_TOLD, Page.MOST).collect();
        for (UnusedRecord record : topics.get().unused().newest()) {
            if (reasons.isEmpty() || reasons.contains(record.reason().name())) {
                page.add(letter(record, plain));
            }
        }
        answer(context, page, "deadLetters");
    }

    /** What could not be used may name accounts in whatever form: no mask would find them all. */
    private ObjectNode letter(UnusedRecord record, boolean plain) {
        return api.object()
                .put("id", record.id())
                .put("writtenMs", record.writtenMs())
                .put("reason", record.reason().name())
                .put("detail", plain ? record.detail() : null)
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("timestampMs", record.timestampMs())
                .put("key", plain ? record.key() : null)
                .put("valueBytes", record.valueBytes());
    }

    private void answer(Context context, Page.Collected page, String field) {
        ObjectNode body = api.object().put("servedAtMs", api.nowMs());
        page.putInto(body, field);
        api.answer(context, body);
    }
}
