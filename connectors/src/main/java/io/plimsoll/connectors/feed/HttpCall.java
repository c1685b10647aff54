package io.plimsoll.connectors.feed;

/**
 * A request to a venue.
 *
 * @param kind what is asked for, in the feed's own words
 * @param subject of which market or account; empty: of none
 * @param body JSON to post
 * @param weight what the venue counts for it
 * @param sentMs when it was made, epoch milliseconds
 */
public record HttpCall(String kind, String subject, String body, double weight, long sentMs) {}
