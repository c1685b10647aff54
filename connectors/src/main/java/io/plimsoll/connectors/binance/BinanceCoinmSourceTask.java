package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.FeedSourceTask;
import io.plimsoll.connectors.feed.VenueFeed;
import java.time.InstantSource;
import java.util.Map;

/** One task's part of Binance's COIN-M feed. */
public final class BinanceCoinmSourceTask extends FeedSourceTask {

    public BinanceCoinmSourceTask() {
        this(InstantSource.system());
    }

    BinanceCoinmSourceTask(InstantSource clock) {
        super(clock);
    }

    @Override
    protected FeedConfig config(Map<String, String> settings) {
        return new BinanceConfig(Product.COINM, settings);
    }

    @Override
    protected VenueFeed feed(FeedConfig config, FeedRuntime runtime) {
        return new BinanceFeed((BinanceConfig) config, runtime);
    }
}
