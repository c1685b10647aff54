package io.plimsoll.connectors.bybit;

import io.plimsoll.connectors.feed.MarketFeedConfig;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Bybit connector. */
public final class BybitConfig extends MarketFeedConfig {

    public static final String CATEGORY = "category";
    public static final String TICKERS_INTERVAL = "tickers.interval.ms";
    public static final String DEPTH_LEVELS = "depth.levels";

    static final ConfigDef DEFINITION = markets(
                    "bybit",
                    "https://api.bybit.com",
                    "wss://stream.bybit.com/v5/public",
                    1_200,
                    "The venue allows 600 in 5 s for each address that they come from.")
            .define(
                    CATEGORY,
                    Type.STRING,
                    Category.LINEAR.word(),
                    ValidString.in(Category.words().toArray(String[]::new)),
                    Importance.HIGH,
                    "Which contracts: linear (in stablecoins) or inverse (in coins). Each is a connector of its own; the venue"
                            + " has a connection for each, at websocket.url and its name.")
            .define(
                    TICKERS_INTERVAL,
                    Type.LONG,
                    60_000,
                    Range.atLeast(1_000),
                    Importance.LOW,
                    "How often all prices are asked for, beside what the connection brings, milliseconds.")
            .define(
                    DEPTH_LEVELS,
                    Type.INT,
                    200,
                    (name, value) -> {
                        if (!(value.equals(50) || value.equals(200) || value.equals(1_000))) {
                            throw new ConfigException(name, value, "allowed are 50, 200 and 1000");
                        }
                    },
                    Importance.LOW,
                    "Prices a side of the books that are subscribed to: 50, 200 or 1000. The more, the further they reach and"
                            + " the less often they come: every 20, 100 or 200 ms.");

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public BybitConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
    }

    @Override
    public URI webSocketUrl() {
        return URI.create(getString(WEBSOCKET_URL) + "/" + category().word());
    }

    Category category() {
        return Category.valueOf(getString(CATEGORY).toUpperCase(Locale.ROOT));
    }

    int depthLevels() {
        return getInt(DEPTH_LEVELS);
    }
}
