package io.plimsoll.connectors.dydx;

import io.plimsoll.connectors.feed.DepthRecords;
import io.plimsoll.connectors.feed.FeedConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the dYdX connector. */
public final class DydxConfig extends FeedConfig {

    public static final String REST_URL = "rest.url";
    public static final String WEBSOCKET_URL = "websocket.url";
    public static final String MARKETS = "markets";
    public static final String ACCOUNTS = "accounts";
    public static final String ACCOUNT_REFRESH = "accounts.refresh.ms";
    public static final String REQUESTS = "requests.per.10s";
    public static final String REFERENCE_INTERVAL = "reference.interval.ms";
    public static final String PRICE_REFRESH = "prices.refresh.ms";

    private static final String ACCOUNT = "dydx1[0-9a-z]{38,58}/[0-9]{1,6}";

    static final ConfigDef DEFINITION = DepthRecords.define(common("dydx")
            .define(
                    REST_URL,
                    Type.STRING,
                    "https://indexer.dydx.trade/v4",
                    address("http", "https"),
                    Importance.MEDIUM,
                    "Where to ask: an indexer's REST endpoint.")
            .define(
                    WEBSOCKET_URL,
                    Type.STRING,
                    "wss://indexer.dydx.trade/v4/ws",
                    address("ws", "wss"),
                    Importance.MEDIUM,
                    "Where to subscribe: the same indexer's WebSocket.")
            .define(
                    MARKETS,
                    Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "Markets whose books and trades to subscribe to, by the venue's tickers; empty: all that are listed."
                            + " Where accounts are followed, instruments and prices of the others are given as well, for"
                            + " their positions there.")
            .define(
                    ACCOUNTS,
                    Type.LIST,
                    List.of(),
                    DydxConfig::checkAccounts,
                    Importance.HIGH,
                    "Subaccounts to follow, each as address/number. The venue's trades do not name anybody, so none are"
                            + " found by themselves.")
            .define(
                    ACCOUNT_REFRESH,
                    Type.LONG,
                    600_000,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "How often an account is asked for whole, milliseconds: funding that is not settled yet comes that way"
                            + " only.")
            .define(
                    REQUESTS,
                    Type.INT,
                    80,
                    Range.between(1, 100_000),
                    Importance.MEDIUM,
                    "Requests in 10 s, all tasks together. The venue allows 100 for each address that they come from.")
            .define(
                    REFERENCE_INTERVAL,
                    Type.LONG,
                    60_000,
                    Range.atLeast(1_000),
                    Importance.LOW,
                    "How often the list of markets and each book are asked for whole, milliseconds.")
            .define(
                    PRICE_REFRESH,
                    Type.LONG,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often a price that does not change is written, milliseconds."));

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public DydxConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
    }

    URI restUrl() {
        return URI.create(getString(REST_URL));
    }

    URI webSocketUrl() {
        return URI.create(getString(WEBSOCKET_URL));
    }

    List<String> markets() {
        return getList(MARKETS);
    }

    List<String> accounts() {
        return getList(ACCOUNTS);
    }

    /** Whether a market's book and trades were asked for. */
    boolean streams(String ticker) {
        return markets().isEmpty() || markets().contains(ticker);
    }

    /** Whether a market's instrument and price are given. */
    boolean wants(String ticker) {
        // An account's positions in other markets need their instruments and prices, too.
        return !accounts().isEmpty() || streams(ticker);
    }

    private static void checkAccounts(String name, Object value) {
        for (Object account : (List<?>) value) {
            if (!String.valueOf(account).matches(ACCOUNT)) {
                throw new ConfigException(name, account, "allowed are address/number, such as dydx1.../0");
            }
        }
    }
}
