package io.plimsoll.connectors.deribit;

import io.plimsoll.connectors.feed.DepthRecords;
import io.plimsoll.connectors.feed.FeedConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Deribit connector. */
public final class DeribitConfig extends FeedConfig {

    public static final String WEBSOCKET_URL = "websocket.url";
    public static final String CURRENCIES = "currencies";
    public static final String MARKETS = "markets";
    public static final String OPTIONS = "options";
    public static final String OPTIONS_INTERVAL = "options.interval.ms";
    public static final String MARGIN_RATES = "margin.rates";
    public static final String MARGIN_DATE = "margin.date";
    public static final String CREDITS = "credits.per.second";
    public static final String REFERENCE_INTERVAL = "reference.interval.ms";
    public static final String PRICE_REFRESH = "prices.refresh.ms";

    private static final Pattern RATE = Pattern.compile("([A-Z0-9]+)=(0?\\.\\d+)\\+(0?\\.\\d+)");

    /**
     * A currency's maintenance margin.
     *
     * @param rate fraction of notional
     * @param perUnit what each base unit of a position adds to it, fraction
     */
    record MarginRate(double rate, double perUnit) {}

    static final ConfigDef DEFINITION = DepthRecords.define(common("deribit")
            .define(
                    WEBSOCKET_URL,
                    Type.STRING,
                    "wss://www.deribit.com/ws/api/v2",
                    address("ws", "wss"),
                    Importance.MEDIUM,
                    "Where to ask and subscribe.")
            .define(
                    CURRENCIES,
                    Type.LIST,
                    List.of("BTC", "ETH"),
                    DeribitConfig::checkCurrencies,
                    Importance.HIGH,
                    "Currencies that instruments settle in: BTC and ETH have the inverse ones, USDC the linear.")
            .define(
                    MARKETS,
                    Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "Instruments to subscribe to, by the venue's names; empty: all perpetuals, futures and options of the"
                            + " currencies.")
            .define(
                    OPTIONS,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether to write options, with greeks and open interest: some 700 each of BTC and ETH.")
            .define(
                    OPTIONS_INTERVAL,
                    Type.LONG,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Shortest time between two records of an option, milliseconds.")
            .define(
                    MARGIN_RATES,
                    Type.LIST,
                    List.of("BTC=0.01+0.00005", "ETH=0.01+0.000004", "SOL=0.02+0.000005"),
                    DeribitConfig::checkRates,
                    Importance.MEDIUM,
                    "Maintenance margin by base currency, as fraction of notional + what each base unit of a position adds to"
                            + " that. The venue states it in its support pages only, not in its feed; instruments of other"
                            + " currencies are not written.")
            .define(
                    MARGIN_DATE,
                    Type.STRING,
                    "2022-01-11",
                    DeribitConfig::checkDate,
                    Importance.MEDIUM,
                    "Day for which margin.rates is stated, ISO-8601.")
            .define(
                    CREDITS,
                    Type.INT,
                    8_000,
                    Range.between(100, 1_000_000),
                    Importance.LOW,
                    "Credits a second for requests, all tasks together. The venue gives 10000, and takes 500 for most"
                            + " requests.")
            .define(
                    REFERENCE_INTERVAL,
                    Type.LONG,
                    60_000,
                    Range.atLeast(1_000),
                    Importance.LOW,
                    "How often instruments, and trades that may have been missed, are asked for, milliseconds.")
            .define(
                    PRICE_REFRESH,
                    Type.LONG,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often a price that does not change is written, milliseconds."));

    private final Map<String, MarginRate> rates = new HashMap<>();

    /** @throws ConfigException if a setting cannot be used; the message names it, its value and what is allowed */
    public DeribitConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
        if (getLong(RECONNECT_FIRST) > getLong(RECONNECT_LONGEST)) {
            throw new ConfigException(
                    RECONNECT_FIRST,
                    getLong(RECONNECT_FIRST),
                    "allowed is at most " + RECONNECT_LONGEST + ", " + getLong(RECONNECT_LONGEST));
        }
        for (String text : getList(MARGIN_RATES)) {
            Matcher rate = RATE.matcher(text);
            if (rate.matches()) {
                rates.put(
                        rate.group(1),
                        new MarginRate(Double.parseDouble(rate.group(2)), Double.parseDouble(rate.group(3))));
            }
        }
    }

    URI webSocketUrl() {
        return URI.create(getString(WEBSOCKET_URL));
    }

    List<String> currencies() {
        return getList(CURRENCIES);
    }

    boolean wants(String instrument) {
        return getList(MARKETS).isEmpty() || getList(MARKETS).contains(instrument);
    }

    boolean wantsOptions() {
        return getBoolean(OPTIONS);
    }

    List<String> markets() {
        return getList(MARKETS);
    }

    /** Maintenance margin by base currency. */
    Map<String, MarginRate> rates() {
        return rates;
    }

    String marginDate() {
        return getString(MARGIN_DATE);
    }

    private static void checkCurrencies(String name, Object value) {
        for (Object currency : (List<?>) value) {
            if (!String.valueOf(currency).matches("[A-Z0-9]{2,10}")) {
                throw new ConfigException(name, currency, "allowed are currencies, such as BTC");
            }
        }
        if (((List<?>) value).isEmpty()) {
            throw new ConfigException(name, value, "allowed is one currency or more");
        }
    }

    private static void checkRates(String name, Object value) {
        for (Object rate : (List<?>) value) {
            if (!RATE.matcher(String.valueOf(rate)).matches()) {
                throw new ConfigException(
                        name, rate, "allowed are CURRENCY=fraction+fraction, such as BTC=0.01+0.00005");
            }
        }
    }

    private static void checkDate(String name, Object value) {
        if (!String.valueOf(value).matches("\\d{4}-\\d\\d-\\d\\d")) {
            throw new ConfigException(name, value, "allowed is a day such as 2026-01-31");
        }
    }
}
