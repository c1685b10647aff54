package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Prices;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Present prices as the market states of all instances have them, asked for once each. Quote assets count at their step,
 * as they do for the accounts of the topology.
 */
final class MarketPrices implements Prices {

    private final Function<String, Optional<JsonNode>> stateOf;
    private final Map<String, Optional<JsonNode>> stateByMarket = new HashMap<>();

    /** Takes where a market's state is found; empty: there is none. */
    MarketPrices(Function<String, Optional<JsonNode>> stateOf) {
        this.stateOf = stateOf;
    }

    boolean isKnown(String market) {
        return state(market).isPresent();
    }

    @Override
    public double price(String market) {
        return state(market).map(state -> state.path("markPrice").asDouble()).orElse(Double.NaN);
    }

    @Override
    public double quoteUsd(String market) {
        return state(market)
                .map(state -> PriceGrid.quoteStep(state.path("quotePriceUsd").asDouble()))
                .orElse(1.0);
    }

    /** Event time of the price, epoch milliseconds; 0 where there is none. */
    long timeMs(String market) {
        return state(market).map(state -> state.path("priceTimeMs").asLong()).orElse(0L);
    }

    /** Fraction of notional per 8 hours; null where not reported. */
    @Nullable
    Double fundingRate8h(String market) {
        return state(market)
                .map(state -> state.path("fundingRate8h"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .orElse(null);
    }

    private Optional<JsonNode> state(String market) {
        return stateByMarket.computeIfAbsent(market, stateOf);
    }
}
