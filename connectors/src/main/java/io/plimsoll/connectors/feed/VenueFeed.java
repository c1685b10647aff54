package io.plimsoll.connectors.feed;

/**
 * A venue's feed: what to do as time passes and as the network brings something. Called by one thread; never waits. Time
 * is a parameter, so that a test can let an hour pass in a moment.
 */
public interface VenueFeed extends AutoCloseable {

    /** Does what is due: connects, asks, pings, says how it is doing. */
    void step(long nowMs, FeedOutput output);

    /**
     * Takes what the network has brought.
     *
     * @throws FeedFormatException never: what cannot be read is counted in the feed's status and passed over
     */
    void take(FeedEvent event, long nowMs, FeedOutput output);

    @Override
    void close();
}
