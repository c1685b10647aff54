package io.plimsoll.connectors.deribit;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Deribit's perpetuals and futures: instruments, prices, open interest, depth and liquidations. */
public final class DeribitSourceConnector extends FeedSourceConnector {

    /** Of inverse contracts the venue counts dollars, each contract once. */
    static final OpenInterestTerms INVERSE = new OpenInterestTerms(OpenInterestUnit.QUOTE, OpenInterestSides.SINGLE);

    /** Of linear ones it counts base units, each once. */
    static final OpenInterestTerms LINEAR = new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE);

    /** Each task has a connection of its own. */
    static final int MOST_TASKS = 10;

    @Override
    protected OpenInterestTerms openInterest() {
        return INVERSE;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        DeribitConfig config = new DeribitConfig(settings);
        return config.markets().isEmpty()
                ? MOST_TASKS
                : Math.min(MOST_TASKS, config.markets().size());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DeribitSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return DeribitConfig.DEFINITION;
    }
}
