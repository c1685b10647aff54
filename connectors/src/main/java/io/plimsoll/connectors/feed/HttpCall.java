package io.plimsoll.connectors.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a venue.
 *
 * @param kind what is asked for, in the feed's own words
 * @param subject of which market or account; empty: of none
 * @param target path and query, added to the address that calls go to; empty: the address itself
 * @param headers beyond those of every request, such as the name of a key; never logged
 * @param body JSON to post; null: the request is a GET
 * @param weight what the venue counts for it
 * @param sentMs when it was made, epoch milliseconds
 */
public record HttpCall(
        String kind,
        String subject,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        double weight,
        long sentMs) {

    /** One that posts JSON to the address. */
    public static HttpCall post(String kind, String subject, String body, double weight, long sentMs) {
        return new HttpCall(kind, subject, "", Map.of(), body, weight, sentMs);
    }

    /** One that gets what is at a path below the address, path and query as they are to be sent. */
    public static HttpCall get(String kind, String subject, String target, double weight, long sentMs) {
        return new HttpCall(kind, subject, target, Map.of(), null, weight, sentMs);
    }

    /** Without query and headers: these may hold a key or a signature. */
    @Override
    public String toString() {
        return kind + " " + subject;
    }
}
