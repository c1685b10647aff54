package io.plimsoll.connectors.feed;

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

/** Settings of feeds that bring a venue's markets and none of its accounts. */
public class MarketFeedConfig extends FeedConfig {

    public static final String REST_URL = "rest.url";
    public static final String WEBSOCKET_URL = "websocket.url";
    public static final String MARKETS = "markets";
    public static final String REQUESTS = "requests.per.minute";
    public static final String REFERENCE_INTERVAL = "reference.interval.ms";
    public static final String LATE = "late.after.ms";
    public static final String PRICE_INTERVAL = "prices.interval.ms";
    public static final String PRICE_REFRESH = "prices.refresh.ms";
    public static final String DEPTH_INTERVAL = "depth.interval.ms";
    public static final String DEPTH_DISTANCES = "depth.distances";

    protected MarketFeedConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings);
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
    }

    /**
     * The settings of every such feed.
     *
     * @param requestsPerMinute how many requests a minute are made unless said otherwise
     * @param allowed what the venue allows, in words
     */
    protected static ConfigDef markets(
            String venue, String restUrl, String webSocketUrl, int requestsPerMinute, String allowed) {
        return common(venue)
                .define(
                        REST_URL,
                        Type.STRING,
                        restUrl,
                        address("http", "https"),
                        Importance.MEDIUM,
                        "Where to ask, without a path.")
                .define(
                        WEBSOCKET_URL,
                        Type.STRING,
                        webSocketUrl,
                        address("ws", "wss"),
                        Importance.MEDIUM,
                        "Where to subscribe.")
                .define(
                        MARKETS,
                        Type.LIST,
                        List.of(),
                        Importance.HIGH,
                        "Markets, by the venue's names; empty: all that are listed.")
                .define(
                        REQUESTS,
                        Type.INT,
                        requestsPerMinute,
                        Range.between(1, 100_000),
                        Importance.MEDIUM,
                        "Requests a minute, all tasks together. " + allowed)
                .define(
                        REFERENCE_INTERVAL,
                        Type.LONG,
                        3_600_000,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "How often markets and margin tiers are asked for, milliseconds.")
                .define(
                        LATE,
                        Type.LONG,
                        90_000,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "A market of which no price has come for so long is late, milliseconds.")
                .define(
                        PRICE_INTERVAL,
                        Type.LONG,
                        100,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Shortest time between two price records of a market, milliseconds.")
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
                        DEPTH_DISTANCES,
                        Type.LIST,
                        List.of("0.001", "0.002", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1"),
                        FeedConfig::checkDistances,
                        Importance.LOW,
                        "Distances from mid at which depth is given, fractions, rising; those that the book does not"
                                + " reach are left out.");
    }

    public final URI restUrl() {
        return URI.create(getString(REST_URL));
    }

    /** Where to connect. */
    public URI webSocketUrl() {
        return URI.create(getString(WEBSOCKET_URL));
    }

    /** The markets that are asked for; empty: all. */
    public final Set<String> markets() {
        return new LinkedHashSet<>(getList(MARKETS));
    }

    public final List<Double> depthDistances() {
        return getList(DEPTH_DISTANCES).stream().map(Double::valueOf).toList();
    }
}
