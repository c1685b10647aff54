package io.plimsoll.connectors.dydx;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of dYdX's feed. */
public final class DydxSourceTask extends FeedSourceTask {

    public DydxSourceTask() {
        this(InstantSource.system());
    }

    DydxSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new DydxConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new DydxFeed((DydxConfig) config, runtime);
    }
}
