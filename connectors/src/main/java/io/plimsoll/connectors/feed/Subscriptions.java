package io.plimsoll.connectors.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps one connection subscribed to what is wanted, within the venue's limits. What the venue refuses is tried again in
 * halves, so that one bad channel does not keep out those it was sent with.
 */
public final class Subscriptions {

    /** What is not heard as it should be is subscribed to anew no more often than this. */
    private static final long ANEW_AFTER_MS = 5_000;

    private static final double MINUTES_PER_HOUR = 60;
    private static final double AT_ONCE = 0.5;

    /** Words an operation as the venue wants it. */
    @FunctionalInterface
    public interface Wording {

        /** @param operation subscribe or unsubscribe */
        String of(String operation, String id, List<String> channels);
    }

    /**
     * What the venue allows.
     *
     * @param perMessage channels in one message
     * @param characters of all channels of a connection together
     * @param perHour messages in an hour on one connection
     */
    public record Limits(int perMessage, int characters, double perHour) {}

    private final Wording wording;
    private final Limits limits;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> sent = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private final Set<String> anew = new LinkedHashSet<>();
    private final Map<String, Long> sentAtMs = new HashMap<>();
    private final Map<String, List<String>> unanswered = new HashMap<>();
    private final Deque<List<String>> halves = new ArrayDeque<>();

    private WeightBudget operations;
    private int lastId;
    private int characters;

    public Subscriptions(Wording wording, Limits limits) {
        this.wording = wording;
        this.limits = limits;
        this.operations = budget(0);
    }

    /** Sets what is wanted, what matters most first: what is above the limits is left out. */
    public void want(Collection<String> channels) {
        wanted.clear();
        wanted.addAll(channels);
        refused.retainAll(wanted);
        anew.retainAll(wanted);
    }

    /** A connection has opened; nothing is subscribed to on it. */
    public void opened(long nowMs) {
        sent.clear();
        refused.clear();
        anew.clear();
        sentAtMs.clear();
        unanswered.clear();
        halves.clear();
        characters = 0;
        operations = budget(nowMs);
    }

    /** A channel is to be subscribed to anew, for a snapshot. */
    public void anew(String channel) {
        if (sent.contains(channel)) {
            anew.add(channel);
        }
    }

    /** A channel's snapshot has come. */
    public void settled(String channel) {
        anew.remove(channel);
    }

    /** The venue has answered an operation. */
    public void answered(String id, boolean isDone) {
        List<String> channels = unanswered.remove(id);
        if (channels == null || isDone) {
            return;
        }
        if (channels.size() == 1) {
            refused.addAll(channels);
        } else {
            int middle = channels.size() / 2;
            halves.add(channels.subList(0, middle));
            halves.add(channels.subList(middle, channels.size()));
        }
    }

    /** Sends what is due; to be called while the connection is open. */
    public void step(long nowMs, Consumer<String> send) {
        unsubscribe(nowMs, send);
        while (!halves.isEmpty() && operations.take(1, nowMs)) {
            subscribe(halves.removeFirst(), nowMs, send);
        }
        renew(nowMs, send);
        List<String> next = fitting();
        while (!next.isEmpty() && operations.take(1, nowMs)) {
            characters += length(next);
            sent.addAll(next);
            subscribe(next, nowMs, send);
            next = fitting();
        }
    }

    /** How many channels that are wanted are above the venue's limits. */
    public int leftOut() {
        return (int) wanted.stream().filter(channel -> !sent.contains(channel)).count();
    }

    /** What the venue does not let us subscribe to. */
    public Set<String> refused() {
        return refused;
    }

    /** When a channel was last subscribed to, epoch milliseconds; 0: it is not. */
    public long sentMs(String channel) {
        return sentAtMs.getOrDefault(channel, 0L);
    }

    private List<String> fitting() {
        List<String> fitting = new ArrayList<>();
        int room = limits.characters() - characters;
        for (String channel : wanted) {
            if (!sent.contains(channel)) {
                room -= channel.length();
                if (room < 0 || fitting.size() == limits.perMessage()) {
                    return fitting;
                }
                fitting.add(channel);
            }
        }
        return fitting;
    }

    private void unsubscribe(long nowMs, Consumer<String> send) {
        List<String> unwanted = sent.stream()
                .filter(channel -> !wanted.contains(channel))
                .limit(limits.perMessage())
                .toList();
        if (!unwanted.isEmpty() && operations.take(1, nowMs)) {
            unwanted.forEach(sent::remove);
            characters -= length(unwanted);
            send.accept(wording.of("unsubscribe", nextId(), unwanted));
        }
    }

    private void renew(long nowMs, Consumer<String> send) {
        List<String> due = anew.stream()
                .filter(channel -> nowMs - sentMs(channel) >= ANEW_AFTER_MS)
                .limit(limits.perMessage())
                .toList();
        if (!due.isEmpty() && operations.take(2, nowMs)) {
            due.forEach(anew::remove);
            send.accept(wording.of("unsubscribe", nextId(), due));
            subscribe(due, nowMs, send);
        }
    }

    private void subscribe(List<String> channels, long nowMs, Consumer<String> send) {
        String id = nextId();
        unanswered.put(id, List.copyOf(channels));
        channels.forEach(channel -> sentAtMs.put(channel, nowMs));
        send.accept(wording.of("subscribe", id, channels));
    }

    private String nextId() {
        return Integer.toString(++lastId);
    }

    private WeightBudget budget(long nowMs) {
        // What may go at once and what comes back within an hour are together what is allowed in any hour.
        double atOnce = AT_ONCE * limits.perHour();
        return new WeightBudget((limits.perHour() - atOnce) / MINUTES_PER_HOUR, atOnce, nowMs);
    }

    private static int length(List<String> channels) {
        return channels.stream().mapToInt(String::length).sum();
    }
}
