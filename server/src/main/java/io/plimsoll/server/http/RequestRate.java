package io.plimsoll.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts requests by client and second. It keeps the clients of the present second only. (Javalin's plugin for this starts a
 * thread that outlives the server.)
 */
final class RequestRate {

    private record Second(long number, Map<String, AtomicInteger> requests) {}

    private final int most;
    private final AtomicReference<Second> present = new AtomicReference<>(new Second(-1, Map.of()));

    /**
     * A limit.
     *
     * @param most requests of one client in a second
     */
    RequestRate(int most) {
        this.most = most;
    }

    /** Counts a request; false if it is one too many. */
    boolean takes(String client, long nowMs) {
        long number = Math.floorDiv(nowMs, 1_000L);
        Second second = present.updateAndGet(
                before -> before.number() == number ? before : new Second(number, new ConcurrentHashMap<>()));
        return second.requests()
                        .computeIfAbsent(client, key -> new AtomicInteger())
                        .incrementAndGet()
                <= most;
    }
}
