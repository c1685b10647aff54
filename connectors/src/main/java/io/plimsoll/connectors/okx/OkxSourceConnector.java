package io.plimsoll.connectors.okx;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** OKX's swaps and futures: instruments with position tiers, prices, open interest, depth and liquidations. */
public final class OkxSourceConnector extends FeedSourceConnector {

    /** The venue counts contracts, each once. */
    static final OpenInterestTerms OPEN_INTEREST =
            new OpenInterestTerms(OpenInterestUnit.CONTRACTS, OpenInterestSides.SINGLE);

    /** More tasks only get in each other's way: the venue's limits are for all of them together. */
    static final int MOST_TASKS = 10;

    @Override
    protected OpenInterestTerms openInterest() {
        return OPEN_INTEREST;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        int markets = new OkxConfig(settings).markets().size();
        return markets == 0 ? MOST_TASKS : Math.min(MOST_TASKS, markets);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OkxSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return OkxConfig.DEFINITION;
    }
}
