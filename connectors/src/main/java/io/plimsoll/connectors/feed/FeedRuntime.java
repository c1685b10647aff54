package io.plimsoll.connectors.feed;

import java.net.http.HttpClient;
import java.util.random.RandomGenerator;

/**
 * What a task gives its feed to work with.
 *
 * @param name of the feed: the connector's
 * @param slice the part of the feed that is the task's
 * @param offsets how far the task's predecessors have come
 * @param http for requests and connections
 * @param inbox where what they bring is put
 * @param random for waiting times
 * @param startMs now, epoch milliseconds
 */
public record FeedRuntime(
        String name,
        Slice slice,
        SourceOffsets offsets,
        HttpClient http,
        Inbox inbox,
        RandomGenerator random,
        long startMs) {}
