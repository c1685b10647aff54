package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a connection is subscribed to, and what is to be subscribed to anew, so that it comes whole. */
final class Subscriptions {

    static final String TICKER = "ticker.";
    static final String BOOK = "book.";
    static final String TRADES = "trades.future.";

    private static final String INTERVAL = ".100ms";

    /** There are many options, and what is said of each more often than this is not written. */
    private static final String OPTIONS_INTERVAL = ".agg2";

    private static final int CHANNELS_AT_ONCE = 100;

    /** How often a book is asked for whole at most. */
    private static final long RENEW_AFTER_MS = 5_000;

    private final Rpc rpc;
    private final Set<String> subscribed = new LinkedHashSet<>();
    private final Map<String, Long> renewMs = new HashMap<>();

    Subscriptions(Rpc rpc) {
        this.rpc = rpc;
    }

    /** The name that a channel's is made of; empty where it is no such channel's. */
    static String subject(String channel) {
        for (String kind : List.of(TICKER, BOOK, TRADES)) {
            for (String interval : List.of(INTERVAL, OPTIONS_INTERVAL)) {
                if (channel.startsWith(kind) && channel.endsWith(interval)) {
                    return channel.substring(kind.length(), channel.length() - interval.length());
                }
            }
        }
        return "";
    }

    /** The connection is a new one. */
    void clear() {
        subscribed.clear();
        renewMs.clear();
    }

    void trades(Collection<String> currencies) {
        subscribe(currencies.stream()
                .map(currency -> TRADES + currency + INTERVAL)
                .toList());
    }

    void markets(Collection<String> names) {
        subscribe(names.stream().flatMap(name -> channels(name).stream()).toList());
    }

    void options(Collection<String> names) {
        subscribe(names.stream().map(Subscriptions::option).toList());
    }

    private static String option(String name) {
        return TICKER + name + OPTIONS_INTERVAL;
    }

    private static List<String> channels(String name) {
        return List.of(TICKER + name + INTERVAL, BOOK + name + INTERVAL);
    }

    private void subscribe(List<String> channels) {
        List<String> fresh = channels.stream().filter(subscribed::add).toList();
        for (int from = 0; from < fresh.size(); from += CHANNELS_AT_ONCE) {
            rpc.channels(Rpc.SUBSCRIBE, fresh.subList(from, Math.min(fresh.size(), from + CHANNELS_AT_ONCE)));
        }
    }

    /** Markets or options are not listed any more. */
    void leave(Collection<String> names) {
        List<String> channels = names.stream()
                .flatMap(name -> Stream.concat(channels(name).stream(), Stream.of(option(name))))
                .filter(subscribed::remove)
                .toList();
        if (!channels.isEmpty()) {
            rpc.channels(Rpc.UNSUBSCRIBE, channels);
        }
    }

    /** A channel is to be subscribed to anew. */
    void renew(String channel, long nowMs) {
        renewMs.putIfAbsent(channel, nowMs + RENEW_AFTER_MS);
    }

    /** What comes on a channel is whole: it need not be subscribed to anew. */
    void whole(String channel) {
        renewMs.remove(channel);
    }

    /** Does what is due. */
    void step(long nowMs) {
        List<String> due = renewMs.entrySet().stream()
                .filter(entry -> nowMs >= entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!due.isEmpty()) {
            due.forEach(renewMs::remove);
            // When that is answered they are subscribed to again.
            rpc.channels(Rpc.UNSUBSCRIBE, due);
        }
    }

    /** Channels are not subscribed to any more; those that are wanted are subscribed to again. */
    void unsubscribed(JsonNode channels) {
        List<String> wanted = new ArrayList<>();
        channels.forEach(channel -> wanted.add(channel.asText()));
        wanted.retainAll(subscribed);
        if (!wanted.isEmpty()) {
            rpc.channels(Rpc.SUBSCRIBE, wanted);
        }
    }
}
