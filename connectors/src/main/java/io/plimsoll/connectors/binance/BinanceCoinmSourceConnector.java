package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Binance's COIN-M futures: instruments, prices, open interest, depth and the liquidations that the venue shows. */
public final class BinanceCoinmSourceConnector extends FeedSourceConnector {

    @Override
    protected OpenInterestTerms openInterest() {
        return Product.COINM.openInterest;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        return new BinanceConfig(Product.COINM, settings).mostTasks();
    }

    @Override
    public Class<? extends Task> taskClass() {
        return BinanceCoinmSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return BinanceConfig.definition(Product.COINM);
    }
}
