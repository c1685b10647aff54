package io.plimsoll.connectors.deribit;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of Deribit's feed. */
public final class DeribitSourceTask extends FeedSourceTask {

    public DeribitSourceTask() {
        this(InstantSource.system());
    }

    DeribitSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new DeribitConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new DeribitFeed((DeribitConfig) config, runtime);
    }
}
