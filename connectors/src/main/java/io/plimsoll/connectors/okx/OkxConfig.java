package io.plimsoll.connectors.okx;

import io.plimsoll.connectors.feed.MarketFeedConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;

/** Settings of the OKX connector. */
public final class OkxConfig extends MarketFeedConfig {

    public static final String TYPES = "instrument.types";
    public static final String FEE_RATE = "liquidation.fee.rate";
    public static final String TIER_DRIFT = "tiers.price.drift";

    static final ConfigDef DEFINITION = markets(
                    "okx",
                    "https://www.okx.com",
                    "wss://ws.okx.com/ws/v5/public",
                    120,
                    "The venue allows 10 in 2 s of position-tiers and 20 in 2 s of instruments for each address that they"
                            + " come from.")
            .define(
                    TYPES,
                    Type.LIST,
                    List.of("SWAP", "FUTURES"),
                    ValidList.in("SWAP", "FUTURES"),
                    Importance.HIGH,
                    "Which contracts: SWAP, FUTURES or both.")
            .define(
                    FEE_RATE,
                    Type.DOUBLE,
                    0.0,
                    Range.between(0, 0.1),
                    Importance.MEDIUM,
                    "What the venue adds to maintenance rates, fraction of notional: the taker fee of the accounts that are"
                            + " looked at, which it does not say in public. 0 leaves it out.")
            .define(
                    TIER_DRIFT,
                    Type.DOUBLE,
                    0.02,
                    Range.between(0.001, 1),
                    Importance.LOW,
                    "Margin tiers are stated in contracts; their floors in money are written anew when the mark has moved by"
                            + " this fraction.");

    /** @throws org.apache.kafka.common.config.ConfigException if a setting cannot be used; the message says why */
    public OkxConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
    }

    Set<String> types() {
        return new LinkedHashSet<>(getList(TYPES));
    }
}
