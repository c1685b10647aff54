package io.plimsoll.connectors.file;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** The task that reads the files. */
public final class FileSourceTask extends FeedSourceTask {

    public FileSourceTask() {
        this(InstantSource.system());
    }

    FileSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new FileConfig(settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new FileFeed((FileConfig) config, runtime);
    }
}
