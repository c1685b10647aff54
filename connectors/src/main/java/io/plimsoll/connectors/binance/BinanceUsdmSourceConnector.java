package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Binance's USD-M futures: instruments, prices, open interest, depth and the liquidations that the venue shows. */
public final class BinanceUsdmSourceConnector extends FeedSourceConnector {

    @Override
    protected OpenInterestTerms openInterest() {
        return Product.USDM.openInterest;
    }

    @Override
    protected int mostTasks(Map<String, String> settings) {
        return new BinanceConfig(Product.USDM, settings).mostTasks();
    }

    @Override
    public Class<? extends Task> taskClass() {
        return BinanceUsdmSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return BinanceConfig.definition(Product.USDM);
    }
}
