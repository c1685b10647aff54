package io.plimsoll.topology.accounts;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that remember something closed, the one first that closed something first: to forget it, none of the others need
 * be looked at.
 */
final class ClosedAccounts {

    private record Waiting(long closedMs, String account) {

        static final Comparator<Waiting> FIRST_CLOSED_FIRST =
                Comparator.comparingLong(Waiting::closedMs).thenComparing(Waiting::account);
    }

    /** May hold an account several times; the one counts whose time is in the map. */
    private final Queue<Waiting> queue = new PriorityQueue<>(Waiting.FIRST_CLOSED_FIRST);

    private final Map<String, Long> firstClosedMs = new HashMap<>();

    /** Notes that an account remembers what was closed at that event time, and nothing older. */
    void add(String account, long closedMs) {
        Long known = firstClosedMs.get(account);
        if (known == null || closedMs < known) {
            firstClosedMs.put(account, closedMs);
            queue.add(new Waiting(closedMs, account));
        }
    }

    /** Takes an account that may remember what was closed before that event time; null where there is none. */
    @Nullable
    String takeBefore(long eventTimeMs) {
        while (true) {
            Waiting next = queue.peek();
            if (next == null || next.closedMs() >= eventTimeMs) {
                return null;
            }
            queue.remove();
            if (firstClosedMs.remove(next.account(), next.closedMs())) {
                return next.account();
            }
        }
    }
}
