package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.FeedConfig;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Settings of the Binance connectors; the two products differ in their defaults only. */
public final class BinanceConfig extends FeedConfig {

    public static final String REST_URL = "rest.url";
    public static final String MARKET_URL = "websocket.market.url";
    public static final String DEPTH_URL = "websocket.depth.url";
    public static final String MARKETS = "markets";
    public static final String DEPTH_MARKETS = "depth.markets";
    public static final String DEPTH_LEVELS = "depth.levels";
    public static final String DEPTH_INTERVAL = "depth.interval.ms";
    public static final String DEPTH_DISTANCES = "depth.distances";
    public static final String BRACKETS_FILE = "brackets.file";
    public static final String BRACKETS_DATE = "brackets.date";
    public static final String API_KEY = "api.key";
    public static final String API_SECRET = "api.secret";
    public static final String WEIGHT = "weight.per.minute";
    public static final String REFERENCE_INTERVAL = "reference.interval.ms";
    public static final String OPEN_INTEREST_INTERVAL = "open.interest.interval.ms";
    public static final String PRICE_REFRESH = "prices.refresh.ms";

    /** More tasks only get in each other's way: the venue's limits are for all of them together. */
    static final int MOST_TASKS = 10;

    private static final String ALL = "*";

    private final Product product;

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public BinanceConfig(Product product, Map<String, String> settings) {
        super(definition(product), settings);
        this.product = product;
        if (getPassword(API_KEY).value().isEmpty()
                != getPassword(API_SECRET).value().isEmpty()) {
            throw new ConfigException(
                    API_KEY + " and " + API_SECRET + " are allowed together only: one of them is empty");
        }
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
    }

    static ConfigDef definition(Product product) {
        return common(product.venue)
                .define(
                        REST_URL,
                        Type.STRING,
                        product.restUrl,
                        address("http", "https"),
                        Importance.MEDIUM,
                        "Where to ask.")
                .define(
                        MARKET_URL,
                        Type.STRING,
                        product.marketUrl,
                        address("ws", "wss"),
                        Importance.MEDIUM,
                        "Where to subscribe to prices and liquidations.")
                .define(
                        DEPTH_URL,
                        Type.STRING,
                        product.depthUrl,
                        address("ws", "wss"),
                        Importance.MEDIUM,
                        "Where to subscribe to order books.")
                .define(
                        MARKETS,
                        Type.LIST,
                        List.of(),
                        Importance.HIGH,
                        "Markets to follow, by the venue's symbols; empty: all that are trading.")
                .define(
                        DEPTH_MARKETS,
                        Type.LIST,
                        List.of(ALL),
                        Importance.HIGH,
                        "Those of the markets whose order books are followed; * is all of them, empty none.")
                .define(
                        DEPTH_LEVELS,
                        Type.INT,
                        1_000,
                        BinanceConfig::checkLevels,
                        Importance.LOW,
                        "Prices a side that a book is begun with: 100, 500 or 1000, for a weight of 5, 10 or 20. Depth"
                                + " reaches as far as these do.")
                .define(
                        DEPTH_INTERVAL,
                        Type.LONG,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Shortest time between two depth records of a market, milliseconds.")
                .define(
                        DEPTH_DISTANCES,
                        Type.LIST,
                        List.of("0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1"),
                        FeedConfig::checkDistances,
                        Importance.LOW,
                        "Distances from mid at which depth is given, fractions, rising; those that the book does not"
                                + " reach are left out.")
                .define(
                        BRACKETS_FILE,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "File with the leverage brackets: the venue's answer to leverageBracket, or a list of them by"
                                + " unified symbol (BTC/USDT:USDT). Read at the start.")
                .define(
                        BRACKETS_DATE,
                        Type.STRING,
                        "",
                        BinanceConfig::checkDate,
                        Importance.LOW,
                        "Day of the brackets in the file, such as 2026-05-14; empty: not known.")
                .define(
                        API_KEY,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Key to ask for leverage brackets with; one that may read is enough. They come before the file's.")
                .define(API_SECRET, Type.PASSWORD, "", Importance.MEDIUM, "The key's secret.")
                .define(
                        WEIGHT,
                        Type.INT,
                        1_800,
                        Range.between(1, 1_000_000),
                        Importance.MEDIUM,
                        "Weight of requests a minute, all tasks together. The venue allows 2400 for each address that"
                                + " requests come from.")
                .define(
                        REFERENCE_INTERVAL,
                        Type.LONG,
                        600_000,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "How often markets, funding intervals and brackets are asked for, milliseconds.")
                .define(
                        OPEN_INTEREST_INTERVAL,
                        Type.LONG,
                        60_000,
                        Range.atLeast(1_000),
                        Importance.MEDIUM,
                        "How often each market's open interest is asked for, milliseconds.")
                .define(
                        PRICE_REFRESH,
                        Type.LONG,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How often a price that does not change is written, milliseconds.");
    }

    Product product() {
        return product;
    }

    int mostTasks() {
        int markets = markets().size();
        return markets == 0 ? MOST_TASKS : Math.min(MOST_TASKS, markets);
    }

    URI restUrl() {
        return URI.create(getString(REST_URL));
    }

    URI marketUrl() {
        return URI.create(getString(MARKET_URL));
    }

    URI depthUrl() {
        return URI.create(getString(DEPTH_URL));
    }

    Set<String> markets() {
        return new LinkedHashSet<>(getList(MARKETS));
    }

    /** Whether a market that is followed is to have its book followed as well. */
    boolean hasDepth(String symbol) {
        List<String> markets = getList(DEPTH_MARKETS);
        return markets.contains(ALL) || markets.contains(symbol);
    }

    int depthLevels() {
        return getInt(DEPTH_LEVELS);
    }

    List<Double> depthDistances() {
        return getList(DEPTH_DISTANCES).stream().map(Double::valueOf).toList();
    }

    boolean hasKey() {
        return !getPassword(API_KEY).value().isEmpty();
    }

    /** Day of the file's brackets, ISO-8601; null: not known. */
    @Nullable
    String bracketsDate() {
        String date = getString(BRACKETS_DATE);
        return date.isEmpty() ? null : date;
    }

    private static void checkLevels(String name, Object value) {
        if (!Set.of(100, 500, 1_000).contains((Integer) value)) {
            throw new ConfigException(name, value, "allowed is 100, 500 or 1000");
        }
    }

    private static void checkDate(String name, Object value) {
        if (!((String) value).matches("(\\d{4}-\\d{2}-\\d{2})?")) {
            throw new ConfigException(name, value, "allowed is a day such as 2026-05-14, or nothing");
        }
    }
}
