package io.plimsoll.connectors.bybit;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Bybit's linear or inverse contracts: instruments with risk limits, prices, open interest, depth and liquidations. */
public final class BybitSourceConnector extends FeedSourceConnector {

    /** More tasks only get in each other's way: the venue's limits are for all of them together. */
    static final int MOST_TASKS = 10;

    /** That of linear contracts; each instrument says its own, and both count both sides. */
    @Override
    protected OpenInterestTerms openInterest() {
        return Category.LINEAR.openInterest();
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        int markets = new BybitConfig(settings).markets().size();
        return markets == 0 ? MOST_TASKS : Math.min(MOST_TASKS, markets);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return BybitSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return BybitConfig.DEFINITION;
    }
}
