package io.plimsoll.connectors.file;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.jspecify.annotations.Nullable;

/** Recordings, or CSV by a mapping, from a file or a folder: feeds that no connector knows, and a desk's own books. */
public final class FileSourceConnector extends FeedSourceConnector {

    /** Not one for all: the instruments in the files, or in the mapping, each say their own. */
    @Override
    protected @Nullable OpenInterestTerms openInterest() {
        return null;
    }

    /** A mapping is refused whose prices carry open interest and which has no instruments to say what it counts. */
    @Override
    protected void requireOpenInterest(Map<String, String> given) {
        new FileConfig(given).mapping();
    }

    /** Files are read in order, which several tasks could not keep. */
    @Override
    protected int mostTasks(Map<String, String> settings) {
        new FileConfig(settings).mapping();
        return 1;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FileSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return FileConfig.DEFINITION;
    }
}
