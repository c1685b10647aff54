package io.plimsoll.connectors.aave;

import io.plimsoll.connectors.feed.FeedConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Aave connector. */
public final class AaveConfig extends FeedConfig {

    public static final String SUBGRAPH_URL = "subgraph.url";
    public static final String SUBGRAPH_KEY = "subgraph.key";
    public static final String STABLECOINS = "stablecoins";
    public static final String RESERVES_INTERVAL = "reserves.interval.ms";
    public static final String ACCOUNTS_INTERVAL = "accounts.interval.ms";
    public static final String ACCOUNTS_REFRESH = "accounts.refresh.ms";
    public static final String PAGE = "accounts.page";
    public static final String LIQUIDATIONS_INTERVAL = "liquidations.interval.ms";
    public static final String REQUESTS = "requests.per.minute";
    public static final String BLOCK_LATE = "block.late.ms";

    static final ConfigDef DEFINITION = common("aave-v3")
            .define(
                    SUBGRAPH_URL,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    address("http", "https"),
                    Importance.HIGH,
                    "Where to ask: the GraphQL endpoint of a subgraph of Aave v3 (protocol-subgraphs), of one market. Another"
                            + " market is another connector with a venue name of its own.")
            .define(
                    SUBGRAPH_KEY,
                    Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "Key of the endpoint, sent as bearer of the authorization header; empty: none.")
            .define(
                    STABLECOINS,
                    Type.LIST,
                    List.of("USDC", "USDT", "DAI", "GHO", "LUSD", "PYUSD", "USDS", "USDe"),
                    Importance.MEDIUM,
                    "Symbols of reserves that are meant to be worth one US dollar; common shocks leave them where they are.")
            .define(
                    RESERVES_INTERVAL,
                    Type.LONG,
                    30_000,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "How often reserves are asked for, with their prices and indexes, milliseconds.")
            .define(
                    ACCOUNTS_INTERVAL,
                    Type.LONG,
                    300_000,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "How often all borrowers are gone through, milliseconds.")
            .define(
                    ACCOUNTS_REFRESH,
                    Type.LONG,
                    3_600_000,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "How often a borrower is written of whom nothing but the interest has changed, milliseconds.")
            .define(
                    PAGE,
                    Type.INT,
                    500,
                    Range.between(1, 1_000),
                    Importance.LOW,
                    "Borrowers or liquidations in one answer; a subgraph gives 1000 at most.")
            .define(
                    LIQUIDATIONS_INTERVAL,
                    Type.LONG,
                    30_000,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "How often liquidations are asked for, milliseconds.")
            .define(
                    REQUESTS,
                    Type.INT,
                    120,
                    Range.between(1, 100_000),
                    Importance.MEDIUM,
                    "Requests a minute, all tasks together.")
            .define(
                    BLOCK_LATE,
                    Type.LONG,
                    300_000,
                    Range.atLeast(1_000),
                    Importance.LOW,
                    "How far the subgraph may be behind before the status says so, milliseconds.");

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public AaveConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
    }

    URI subgraphUrl() {
        return URI.create(getString(SUBGRAPH_URL));
    }

    /** Headers of each request. */
    Map<String, String> headers() {
        String key = getPassword(SUBGRAPH_KEY).value();
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    boolean isStablecoin(String symbol) {
        return getList(STABLECOINS).contains(symbol);
    }

    /** Each task needs room for a request of each kind in a minute. */
    int mostTasks() {
        return Math.max(1, getInt(REQUESTS) / 4);
    }
}
