package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Liquidation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Forced trades among the fills of accounts: of those whose positions have shrunk, and of those whose fills are subscribed
 * to. Fills may come late, twice and by two ways; each trade of an account is written once.
 */
final class Liquidations {

    private static final String KIND = "fills";

    /** How late a fill may come after a newer one of the same account, milliseconds. */
    static final long LATE_MS = 600_000;

    /** When fills are asked for once more, since the server that answered may have been behind, milliseconds. */
    static final long SECOND_LOOK_MS = 60_000;

    /** How often fills that are subscribed to are asked for as well, milliseconds: a message may have been lost. */
    private static final long SUBSCRIBED_EVERY_MS = 600_000;

    private final String venue;
    private final SourceOffsets offsets;
    private final Set<String> subscribed;
    private final Map<String, Seen> byUser = new LinkedHashMap<>();
    private final Map<String, Look> looks = new LinkedHashMap<>();

    /** A question for fills that is to be asked. */
    private static final class Look {

        private final TreeMap<Long, Long> sinceByDueMs = new TreeMap<>();
        private boolean isAsked;
    }

    /** The forced trades of an account that were written: their times by their ids. */
    private static final class Seen {

        private long newestMs;
        private final Map<String, Long> timeById = new LinkedHashMap<>();
    }

    /** A question that is due: an account's fills since a time, epoch milliseconds. */
    record Due(String user, long sinceMs) {}

    /**
     * @param subscribed accounts of this task whose fills are subscribed to
     * @param knownMs until when an earlier task has seen all; now, where there was none
     */
    Liquidations(String venue, SourceOffsets offsets, Set<String> subscribed, long knownMs) {
        this.venue = venue;
        this.offsets = offsets;
        this.subscribed = subscribed;
        offsets.of(KIND, subscribed).forEach((user, stored) -> byUser.put(user, read(stored)));
        subscribed.forEach(user -> look(user, since(user, knownMs), Long.MIN_VALUE));
    }

    Set<String> subscribed() {
        return subscribed;
    }

    /** An account's position has shrunk since a time: there may have been a liquidation. */
    void shrunk(String user, long sinceMs, long nowMs) {
        look(user, sinceMs, nowMs);
        look(user, sinceMs, nowMs + SECOND_LOOK_MS);
    }

    /** The connection was down: what came meanwhile is asked for. */
    void reconnected(long downSinceMs, long nowMs) {
        subscribed.forEach(user -> look(user, downSinceMs - LATE_MS, nowMs));
    }

    /** A question that is due, if there is one that is not under way already. */
    Optional<Due> next(long nowMs) {
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            Look look = entry.getValue();
            if (!look.isAsked && look.sinceByDueMs.firstKey() <= nowMs) {
                long since = look.sinceByDueMs.headMap(nowMs, true).values().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElseThrow();
                return Optional.of(new Due(entry.getKey(), Math.max(0, since)));
            }
        }
        return Optional.empty();
    }

    void asked(String user) {
        Look look = looks.get(user);
        if (look != null) {
            look.isAsked = true;
        }
    }

    /** The question was not answered; it is asked again. */
    void unanswered(String user) {
        Look look = looks.get(user);
        if (look != null) {
            look.isAsked = false;
        }
    }

    /** The venue has answered the question asked at that time. */
    void answered(String user, List<Fill> fills, long askedMs, long nowMs, FeedOutput output) {
        write(user, fills, output);
        Look look = looks.get(user);
        if (look == null) {
            return;
        }
        look.isAsked = false;
        look.sinceByDueMs.headMap(askedMs, true).clear();
        if (fills.size() >= Wire.MOST_FILLS) {
            // That was not all.
            look(user, fills.get(fills.size() - 1).timeMs(), nowMs);
        } else if (subscribed.contains(user)) {
            look(user, askedMs - LATE_MS, nowMs + SUBSCRIBED_EVERY_MS);
        }
        if (look.sinceByDueMs.isEmpty()) {
            looks.remove(user);
        }
    }

    /** Fills have come over the connection. */
    void came(String user, List<Fill> fills, FeedOutput output) {
        write(user, fills, output);
    }

    /** Whether an account's fills are still to be asked for. */
    boolean isWaitingFor(String user) {
        return looks.containsKey(user);
    }

    /** Whether some that were due before a time are not answered for. */
    boolean isBehind(long dueMs) {
        return looks.values().stream().anyMatch(look -> look.sinceByDueMs.firstKey() < dueMs);
    }

    private void write(String user, List<Fill> fills, FeedOutput output) {
        for (Fill fill : fills) {
            Liquidation liquidation = fill.liquidation(venue, user);
            if (liquidation == null) {
                continue;
            }
            Seen seen = byUser.computeIfAbsent(user, this::restored);
            String id = fill.coin() + ' ' + fill.tradeId();
            if (fill.timeMs() < seen.newestMs - LATE_MS || seen.timeById.containsKey(id)) {
                continue;
            }
            seen.newestMs = Math.max(seen.newestMs, fill.timeMs());
            seen.timeById.put(id, fill.timeMs());
            seen.timeById.values().removeIf(timeMs -> timeMs < seen.newestMs - LATE_MS);
            output.add(
                    Topics.LIQUIDATIONS,
                    Keys.market(venue, fill.coin()),
                    fill.timeMs(),
                    liquidation,
                    offsets.mark(KIND, user, remembered(seen)));
        }
    }

    private void look(String user, long sinceMs, long dueMs) {
        looks.computeIfAbsent(user, asked -> new Look()).sinceByDueMs.merge(dueMs, sinceMs, Math::min);
    }

    private long since(String user, long knownMs) {
        @Nullable Seen seen = byUser.get(user);
        return (seen == null ? knownMs : Math.max(knownMs, seen.newestMs)) - LATE_MS;
    }

    private Seen restored(String user) {
        Map<String, String> stored = offsets.of(KIND, List.of(user)).get(user);
        return stored == null ? new Seen() : read(stored);
    }

    private static Map<String, String> remembered(Seen seen) {
        List<String> ids = new ArrayList<>();
        seen.timeById.forEach((id, timeMs) -> ids.add(id + ' ' + timeMs));
        return Map.of("time", Long.toString(seen.newestMs), "trades", String.join("\n", ids));
    }

    private static Seen read(Map<String, String> stored) {
        Seen seen = new Seen();
        seen.newestMs = Long.parseLong(stored.getOrDefault("time", "0"));
        for (String line : stored.getOrDefault("trades", "").split("\n", -1)) {
            String[] parts = line.split(" ", -1);
            if (parts.length == 3) {
                seen.timeById.put(parts[0] + ' ' + parts[1], Long.valueOf(parts[2]));
            }
        }
        return seen;
    }
}
