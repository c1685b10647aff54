package io.plimsoll.server.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * By when a request must be answered, over all that it asks of others. An instance that is asked by another is told how
 * much time is left.
 *
 * @param atNs on the scale of System.nanoTime
 */
record Deadline(long atNs) {

    /** Time that the asking instance still has, milliseconds. */
    static final String HEADER = "Plimsoll-Within-Ms";

    private static final String ATTRIBUTE = Deadline.class.getName();

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The deadline of a request, the same each time it is asked for; whoever asks may shorten it. */
    static Deadline of(Context context, Duration within) {
        Deadline known = context.attribute(ATTRIBUTE);
        if (known == null) {
            String told = context.header(HEADER);
            long toldMs = told != null && told.matches("\\d{1,9}") ? Long.parseLong(told) : Long.MAX_VALUE;
            known = in(Duration.ofMillis(Math.min(within.toMillis(), toldMs)));
            context.attribute(ATTRIBUTE, known);
        }
        return known;
    }

    /** Time left, milliseconds; 0: none. */
    long leftMs() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(atNs - System.nanoTime()));
    }

    /** A part of the time that is left. */
    Deadline part(double share) {
        long nowNs = System.nanoTime();
        return new Deadline(nowNs + (long) (Math.max(0, atNs - nowNs) * share));
    }
}
