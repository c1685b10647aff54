package io.plimsoll.connectors.aave;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of Aave's feed. */
public final class AaveSourceTask extends FeedSourceTask {

    public AaveSourceTask() {
        this(InstantSource.system());
    }

    AaveSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new AaveConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new AaveFeed((AaveConfig) config, runtime);
    }
}
