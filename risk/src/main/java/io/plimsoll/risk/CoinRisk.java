package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * A coin that an account holds or owes, at present prices.
 *
 * @param valueUsd quantity at the present price; negative is debt
 * @param liquidationPrice US dollars: where the pool is liquidated if only this coin moves; null where no price does it
 * @param distance (liquidation price - price) / price: negative is a fall; null where no price does it
 * @param mode how the venue would take it
 * @param forcedUsd value that it would take first, >= 0, without the bonus of who repays the debt; 0 for a debt
 */
public record CoinRisk(
        Balance balance,
        double valueUsd,
        @Nullable Double liquidationPrice,
        @Nullable Double distance,
        LiquidationMode mode,
        double forcedUsd) {}
