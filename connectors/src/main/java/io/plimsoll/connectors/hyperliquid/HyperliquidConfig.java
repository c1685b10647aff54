package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedConfig;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Hyperliquid connector. */
public final class HyperliquidConfig extends FeedConfig {

    public static final String INFO_URL = "info.url";
    public static final String WEBSOCKET_URL = "websocket.url";
    public static final String DEX = "dex";
    public static final String MARKETS = "markets";
    public static final String ACCOUNTS = "accounts";
    public static final String DISCOVER = "accounts.discover";
    public static final String MOST_ACCOUNTS = "accounts.max";
    public static final String SHORTEST_INTERVAL = "accounts.interval.min.ms";
    public static final String LONGEST_INTERVAL = "accounts.interval.max.ms";
    public static final String LIQUIDATION_USERS = "liquidations.users";
    public static final String WEIGHT = "weight.per.minute";
    public static final String REFERENCE_INTERVAL = "reference.interval.ms";
    public static final String PRICE_REFRESH = "prices.refresh.ms";
    public static final String DEPTH_INTERVAL = "depth.interval.ms";
    public static final String DEPTH_FIGURES = "depth.significant.figures";
    public static final String DEPTH_DISTANCES = "depth.distances";

    private static final int MOST_LIQUIDATION_USERS = 10;
    private static final int EXACT = 0;

    static final ConfigDef DEFINITION = common("hyperliquid")
            .define(
                    INFO_URL,
                    Type.STRING,
                    "https://api.hyperliquid.xyz/info",
                    address("http", "https"),
                    Importance.MEDIUM,
                    "Where to ask: the venue's info endpoint, or that of a node of your own.")
            .define(
                    WEBSOCKET_URL,
                    Type.STRING,
                    "wss://api.hyperliquid.xyz/ws",
                    address("ws", "wss"),
                    Importance.MEDIUM,
                    "Where to subscribe.")
            .define(
                    DEX,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Name of a dex that others have deployed (HIP-3); empty is the venue's own. Its accounts are apart:"
                            + " give such a feed a venue name of its own.")
            .define(
                    MARKETS,
                    Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "Markets to subscribe to, by the venue's names; empty: all that are listed. Where accounts are followed,"
                            + " instruments and prices of the others are given at intervals, for their positions there.")
            .define(
                    ACCOUNTS,
                    Type.LIST,
                    List.of(),
                    HyperliquidConfig::checkAddresses,
                    Importance.HIGH,
                    "Addresses of accounts to follow.")
            .define(
                    DISCOVER,
                    Type.BOOLEAN,
                    true,
                    Importance.HIGH,
                    "Whether to follow the accounts that are seen in trades as well.")
            .define(
                    MOST_ACCOUNTS,
                    Type.INT,
                    3_000,
                    Range.between(1, 100_000),
                    Importance.MEDIUM,
                    "Most accounts to follow, all tasks together. When there are more, those that hold nothing make way.")
            .define(
                    SHORTEST_INTERVAL,
                    Type.LONG,
                    5_000,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "How often to look at an account that is at its liquidation price, milliseconds.")
            .define(
                    LONGEST_INTERVAL,
                    Type.LONG,
                    600_000,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "How often to look at an account that is 50 % or more away from it, or holds nothing, milliseconds.")
            .define(
                    LIQUIDATION_USERS,
                    Type.LIST,
                    List.of(),
                    HyperliquidConfig::checkLiquidationUsers,
                    Importance.MEDIUM,
                    "Addresses whose fills are subscribed to, for the liquidations among them, such as those of the"
                            + " venue's liquidator; at most 10, which is the venue's limit.")
            .define(
                    WEIGHT,
                    Type.INT,
                    1_000,
                    Range.between(1, 1_000_000),
                    Importance.MEDIUM,
                    "Weight of requests a minute, all tasks together. The venue allows 1200 for each address that"
                            + " requests come from.")
            .define(
                    REFERENCE_INTERVAL,
                    Type.LONG,
                    60_000,
                    Range.atLeast(1_000),
                    Importance.LOW,
                    "How often markets, margin tables and all prices are asked for, milliseconds.")
            .define(
                    PRICE_REFRESH,
                    Type.LONG,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often a price that does not change is written, milliseconds.")
            .define(
                    DEPTH_INTERVAL,
                    Type.LONG,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Shortest time between two depth records of a market, milliseconds.")
            .define(
                    DEPTH_FIGURES,
                    Type.INT,
                    3,
                    (name, value) -> {
                        if ((Integer) value != EXACT && ((Integer) value < 2 || (Integer) value > 5)) {
                            throw new ConfigException(
                                    name, value, "allowed is 2 to 5, or 0 for prices that are not rounded");
                        }
                    },
                    Importance.LOW,
                    "Figures that a book's prices are rounded to. The venue sends 20 prices a side: with 3 figures they"
                            + " reach 2 to 20 % far, with 5 a hundredth of that.")
            .define(
                    DEPTH_DISTANCES,
                    Type.LIST,
                    List.of("0.001", "0.002", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1"),
                    FeedConfig::checkDistances,
                    Importance.LOW,
                    "Distances from mid at which depth is given, fractions, rising; those that the book does not reach"
                            + " are left out.");

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public HyperliquidConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
        if (getLong(SHORTEST_INTERVAL) > getLong(LONGEST_INTERVAL)) {
            throw new ConfigException(
                    SHORTEST_INTERVAL,
                    getLong(SHORTEST_INTERVAL),
                    "allowed is at most " + LONGEST_INTERVAL + ", " + getLong(LONGEST_INTERVAL));
        }
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
    }

    URI infoUrl() {
        return URI.create(getString(INFO_URL));
    }

    URI webSocketUrl() {
        return URI.create(getString(WEBSOCKET_URL));
    }

    String dex() {
        return getString(DEX);
    }

    Set<String> markets() {
        return new LinkedHashSet<>(getList(MARKETS));
    }

    /** Whether a market was asked for. */
    boolean streams(String coin) {
        List<String> markets = getList(MARKETS);
        return markets.isEmpty() || markets.contains(coin);
    }

    Set<String> accounts() {
        return addresses(ACCOUNTS);
    }

    Set<String> liquidationUsers() {
        return addresses(LIQUIDATION_USERS);
    }

    boolean followsAccounts() {
        return getBoolean(DISCOVER) || !getList(ACCOUNTS).isEmpty();
    }

    boolean discovers() {
        return getBoolean(DISCOVER);
    }

    boolean exactPrices() {
        return getInt(DEPTH_FIGURES) == EXACT;
    }

    List<Double> depthDistances() {
        return getList(DEPTH_DISTANCES).stream().map(Double::valueOf).toList();
    }

    private Set<String> addresses(String setting) {
        Set<String> addresses = new LinkedHashSet<>();
        getList(setting).forEach(address -> addresses.add(address.toLowerCase(Locale.ROOT)));
        return addresses;
    }

    private static void checkAddresses(String name, Object value) {
        for (Object address : (List<?>) value) {
            if (!String.valueOf(address).matches("0x[0-9a-fA-F]{40}")) {
                throw new ConfigException(name, address, "allowed are addresses: 0x and 40 hexadecimal digits");
            }
        }
    }

    private static void checkLiquidationUsers(String name, Object value) {
        checkAddresses(name, value);
        if (((List<?>) value).size() > MOST_LIQUIDATION_USERS) {
            throw new ConfigException(
                    name, ((List<?>) value).size() + " addresses", "allowed are " + MOST_LIQUIDATION_USERS);
        }
    }
}
