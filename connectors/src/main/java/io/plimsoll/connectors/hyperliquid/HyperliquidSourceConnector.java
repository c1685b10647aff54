package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Hyperliquid's markets, and any of its accounts: instruments with margin tables, prices, open interest, depth, positions,
 * collateral and liquidations.
 */
public final class HyperliquidSourceConnector extends FeedSourceConnector {

    /** The venue counts base units, each contract once. */
    static final OpenInterestTerms OPEN_INTEREST =
            new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE);

    /** More tasks only get in each other's way: the venue's limits are for all of them together. */
    static final int MOST_TASKS = 10;

    @Override
    protected OpenInterestTerms openInterest() {
        return OPEN_INTEREST;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        HyperliquidConfig config = new HyperliquidConfig(settings);
        int markets = config.markets().isEmpty() ? MOST_TASKS : config.markets().size();
        int accounts = config.discovers() ? MOST_TASKS : config.accounts().size();
        return Math.min(MOST_TASKS, Math.max(markets, accounts));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return HyperliquidSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return HyperliquidConfig.DEFINITION;
    }
}
