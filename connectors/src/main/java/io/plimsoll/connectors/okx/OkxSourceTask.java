package io.plimsoll.connectors.okx;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of OKX's feed. */
public final class OkxSourceTask extends FeedSourceTask {

    public OkxSourceTask() {
        this(InstantSource.system());
    }

    OkxSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new OkxConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new OkxFeed((OkxConfig) config, runtime);
    }
}
