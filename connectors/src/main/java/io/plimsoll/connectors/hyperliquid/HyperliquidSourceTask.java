package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of Hyperliquid's feed. */
public final class HyperliquidSourceTask extends FeedSourceTask {

    public HyperliquidSourceTask() {
        this(InstantSource.system());
    }

    HyperliquidSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new HyperliquidConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new HyperliquidFeed((HyperliquidConfig) config, runtime);
    }
}
