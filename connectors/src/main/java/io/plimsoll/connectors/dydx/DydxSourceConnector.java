package io.plimsoll.connectors.dydx;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** dYdX v4's markets, and any of its subaccounts: instruments, prices, open interest, depth, positions, liquidations. */
public final class DydxSourceConnector extends FeedSourceConnector {

    /** The venue counts base units, each contract once. */
    static final OpenInterestTerms OPEN_INTEREST =
            new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE);

    /** Every task hears the list of markets for itself; more of them would only do that more often. */
    static final int MOST_TASKS = 10;

    @Override
    protected OpenInterestTerms openInterest() {
        return OPEN_INTEREST;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        DydxConfig config = new DydxConfig(settings);
        int markets = config.markets().isEmpty() ? MOST_TASKS : config.markets().size();
        return Math.min(MOST_TASKS, Math.max(markets, config.accounts().size()));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DydxSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return DydxConfig.DEFINITION;
    }
}
