package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.FeedConnection;
import io.plimsoll.connectors.feed.VenueJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One of a task's connections with what is subscribed to on it. The venue numbers all messages of a connection, so that a
 * missing one shows, though not what it was about; then the connection is made anew, and everything comes whole.
 */
final class Line {

    static final String MARKETS = "v4_markets";
    static final String BLOCKS = "v4_block_height";
    static final String BOOK = "v4_orderbook";
    static final String TRADES = "v4_trades";
    static final String ACCOUNT = "v4_subaccounts";

    /** What a connection may be subscribed to of a channel, as the venue has it. */
    private static final Map<String, Integer> MOST = Map.of(BOOK, 32, TRADES, 32, ACCOUNT, 256);

    private static final long NEVER = Long.MAX_VALUE;

    /** @param id empty where the channel has none */
    record Subscription(String channel, String id) {

        String message(String type) {
            ObjectNode message =
                    JsonNodeFactory.instance.objectNode().put("type", type).put("channel", channel);
            if (!id.isEmpty()) {
                message.put("id", id);
            }
            if (channel.equals(BOOK) && type.equals("subscribe")) {
                message.put("batched", true);
            }
            return message.toString();
        }
    }

    /** How a message stands to those before it. */
    enum Order {
        NEXT,
        KNOWN,
        GAP
    }

    final FeedConnection connection;

    private final Map<Subscription, Long> dueMs = new LinkedHashMap<>();
    private final Map<Subscription, Long> everyMs = new LinkedHashMap<>();
    private long lastId;
    private boolean isBroken;
    private boolean wasOpen;

    Line(FeedConnection connection) {
        this.connection = connection;
    }

    boolean hasRoom(String channel) {
        return dueMs.keySet().stream()
                        .filter(subscription -> subscription.channel().equals(channel))
                        .count()
                < MOST.getOrDefault(channel, 1);
    }

    boolean has(String channel, String id) {
        return dueMs.containsKey(new Subscription(channel, id));
    }

    /** Subscribes, now or when the connection opens. */
    void add(String channel, String id) {
        add(channel, id, NEVER, NEVER);
    }

    /**
     * Subscribes, now or when the connection opens, and again and again, so that it comes whole.
     *
     * @param firstMs when it is to come whole first, epoch milliseconds
     */
    void add(String channel, String id, long againEveryMs, long firstMs) {
        Subscription subscription = new Subscription(channel, id);
        everyMs.put(subscription, againEveryMs);
        if (dueMs.put(subscription, firstMs) == null) {
            connection.send(subscription.message("subscribe"));
        }
    }

    /** Subscribes no more. */
    void remove(String channel, String id) {
        Subscription subscription = new Subscription(channel, id);
        everyMs.remove(subscription);
        if (dueMs.remove(subscription) != null) {
            connection.send(subscription.message("unsubscribe"));
        }
    }

    /** Asks for something whole at that time: what is known of it is not right any more. */
    void renew(String channel, String id, long atMs) {
        dueMs.computeIfPresent(new Subscription(channel, id), (subscription, due) -> Math.min(due, atMs));
    }

    Set<Subscription> subscriptions() {
        return dueMs.keySet();
    }

    void step(long nowMs) {
        connection.step(nowMs);
        if (connection.isOpen() && !isBroken) {
            dueMs.replaceAll((subscription, due) -> {
                if (due > nowMs) {
                    return due;
                }
                connection.send(subscription.message("unsubscribe"));
                connection.send(subscription.message("subscribe"));
                long every = everyMs.getOrDefault(subscription, NEVER);
                return every == NEVER ? NEVER : nowMs + every;
            });
        }
    }

    /** @return whether it was open before */
    boolean opened(long nowMs) {
        connection.opened(nowMs);
        isBroken = false;
        lastId = -1;
        dueMs.keySet().forEach(subscription -> connection.send(subscription.message("subscribe")));
        dueMs.replaceAll((subscription, due) -> {
            long every = everyMs.getOrDefault(subscription, NEVER);
            return every == NEVER ? NEVER : Math.max(due, nowMs + every / 2);
        });
        boolean again = wasOpen;
        wasOpen = true;
        return again;
    }

    /** Whether nothing that comes on it counts any more. */
    boolean isBroken() {
        return isBroken;
    }

    /** Gives the connection up, since something is missing. */
    void broken(String why) {
        isBroken = true;
        connection.renew(why);
    }

    /** Takes a message's number. */
    Order order(JsonNode message) {
        long id = VenueJson.whole(message, "message_id");
        if (id <= lastId) {
            return Order.KNOWN;
        }
        boolean isNext = id == lastId + 1;
        lastId = id;
        return isNext ? Order.NEXT : Order.GAP;
    }
}
