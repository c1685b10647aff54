package io.plimsoll.connectors.aave;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Aave v3's reserves and all of its borrowers: prices, collateral, debts and liquidations. */
public final class AaveSourceConnector extends FeedSourceConnector {

    /** Assets have no open interest; none is written. Instruments must say a unit all the same. */
    static final OpenInterestTerms OPEN_INTEREST =
            new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE);

    static final int MOST_TASKS = 16;

    @Override
    protected OpenInterestTerms openInterest() {
        return OPEN_INTEREST;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        AaveConfig config = new AaveConfig(settings);
        return Math.min(MOST_TASKS, config.mostTasks());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AaveSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return AaveConfig.DEFINITION;
    }
}
