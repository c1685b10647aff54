package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.OptionKind;
import io.plimsoll.schemas.avro.OptionPrice;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The options that a venue of the tests holds. */
final class OptionsState {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final class Option {

        final String name;
        final String base;
        final String settle;
        final int strike;
        BigDecimal mark = new BigDecimal("0.0512");
        BigDecimal volatility = new BigDecimal("61.25");
        BigDecimal delta = new BigDecimal("0.43213");
        BigDecimal openInterest = new BigDecimal("812.4");

        Option(String name, String base, String settle, int strike) {
            this.name = name;
            this.base = base;
            this.settle = settle;
            this.strike = strike;
        }

        boolean isCall() {
            return name.endsWith("-C");
        }
    }

    private final Map<String, Option> byName = new LinkedHashMap<>();
    private final Random random;

    OptionsState(long seed) {
        random = new Random(seed);
        List.of(
                        new Option("BTC-25SEP26-80000-C", "BTC", "BTC", 80_000),
                        new Option("BTC-25SEP26-60000-P", "BTC", "BTC", 60_000),
                        new Option("ETH-25SEP26-2500-C", "ETH", "ETH", 2_500),
                        new Option("SOL_USDC-25SEP26-150-P", "SOL", "USDC", 150))
                .forEach(option -> byName.put(option.name, option));
    }

    boolean holds(String channel) {
        return byName.keySet().stream().anyMatch(name -> channel.equals("ticker." + name + ".agg2"));
    }

    void move() {
        for (Option option : byName.values()) {
            option.mark = BigDecimal.valueOf(random.nextInt(2_000), 4);
            option.volatility = BigDecimal.valueOf(3_000 + random.nextInt(6_000), 2);
            option.delta = BigDecimal.valueOf((option.isCall() ? 1 : -1) * random.nextInt(100_000), 5);
            option.openInterest = BigDecimal.valueOf(random.nextInt(100_000), 1);
        }
    }

    ArrayNode list(String currency) {
        ArrayNode list = JSON.arrayNode();
        byName.values().stream()
                .filter(option -> option.settle.equals(currency))
                .forEach(option -> list.addObject()
                        .put("tick_size", 0.0001)
                        .put("strike", option.strike)
                        .put("settlement_period", "month")
                        .put("settlement_currency", option.settle)
                        .put("quote_currency", option.settle)
                        .put("price_index", "btc_usd")
                        .put("option_type", option.isCall() ? "call" : "put")
                        .put("min_trade_amount", 0.1)
                        .put("kind", "option")
                        .put("is_active", true)
                        .put("instrument_type", option.settle.equals("USDC") ? "linear" : "reversed")
                        .put("instrument_name", option.name)
                        .put("expiration_timestamp", 1790323200000L)
                        .put("counter_currency", "USD")
                        .put("contract_size", 1)
                        .put("base_currency", option.base));
        return list;
    }

    /** What is said of each, by channel. */
    Map<String, ObjectNode> tickers(long nowMs) {
        Map<String, ObjectNode> tickers = new LinkedHashMap<>();
        for (Option option : byName.values()) {
            ObjectNode data = JSON.objectNode()
                    .put("timestamp", nowMs)
                    .put("state", "open")
                    .put("instrument_name", option.name)
                    .put("mark_price", option.mark)
                    .put("mark_iv", option.volatility)
                    .put("bid_iv", 0.0)
                    .put("ask_iv", 99.5)
                    .put("underlying_index", "BTC-25SEP26")
                    .put("underlying_price", 67012.5)
                    .put("index_price", 66375.25)
                    .put("interest_rate", 0)
                    .put("open_interest", option.openInterest)
                    .putNull("last_price");
            data.putObject("greeks")
                    .put("delta", option.delta)
                    .put("gamma", 0.00002)
                    .put("vega", 88.03)
                    .put("theta", -41.2)
                    .put("rho", 27.45);
            data.putObject("stats").put("volume", 11.5).putNull("price_change");
            tickers.put("ticker." + option.name + ".agg2", data);
        }
        return tickers;
    }

    /** What stands on the topic is what is held here. */
    void assertHeld(TaskDriver driver) {
        Map<String, OptionPrice> records = driver.latest(Topics.OPTIONS);
        assertThat(records).hasSameSizeAs(byName);
        for (Option option : byName.values()) {
            OptionPrice record = records.get("deribit:" + option.name);
            assertThat(record.getKind()).isEqualTo(option.isCall() ? OptionKind.CALL : OptionKind.PUT);
            assertThat(record.getStrike()).isEqualTo(option.strike);
            assertThat(record.getBaseAsset()).isEqualTo(option.base);
            assertThat(record.getSettleAsset()).isEqualTo(option.settle);
            assertThat(record.getMarkPrice()).isEqualTo(option.mark.doubleValue());
            assertThat(record.getMarkVolatility())
                    .isEqualTo(option.volatility.movePointLeft(2).doubleValue());
            assertThat(record.getDelta()).isEqualTo(option.delta.doubleValue());
            assertThat(record.getOpenInterest()).isEqualTo(option.openInterest.doubleValue());
        }
    }
}
