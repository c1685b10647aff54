package io.plimsoll.connectors.bybit;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of Bybit's feed. */
public final class BybitSourceTask extends FeedSourceTask {

    public BybitSourceTask() {
        this(InstantSource.system());
    }

    BybitSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new BybitConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new BybitFeed((BybitConfig) config, runtime);
    }
}
