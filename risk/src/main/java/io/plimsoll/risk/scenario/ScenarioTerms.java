package io.plimsoll.risk.scenario;

import java.util.Map;
import java.util.Set;

/**
 * What is asked: which prices move by themselves, and what else is different from today.
 *
 * @param shocks change of price by base asset (BTC) or by market (venue:symbol), a fraction, more than -1; where both are
 *     named the market's counts
 * @param depthHaircut share of the depth that remains, above 0, up to 1
 * @param collateralCuts share of its value that an asset loses where it is held as collateral, 0 to 1
 * @param removedAccounts accounts (venue:account) that are not there
 */
public record ScenarioTerms(
        Map<String, Double> shocks,
        double depthHaircut,
        Map<String, Double> collateralCuts,
        Set<String> removedAccounts) {

    /** Highest shock: prices a hundred times as high. */
    public static final double HIGHEST_SHOCK = 99;

    public ScenarioTerms {
        shocks = Map.copyOf(shocks);
        collateralCuts = Map.copyOf(collateralCuts);
        removedAccounts = Set.copyOf(removedAccounts);
        shocks.forEach((name, shock) -> {
            if (!(shock > -1 && shock <= HIGHEST_SHOCK)) {
                throw new IllegalArgumentException(
                        "shock of " + name + " is " + shock + ", allowed is more than -1 and up to " + HIGHEST_SHOCK);
            }
        });
        if (!(depthHaircut > 0 && depthHaircut <= 1)) {
            throw new IllegalArgumentException("depth haircut is " + depthHaircut + ", allowed is above 0, to 1");
        }
        collateralCuts.forEach((asset, cut) -> {
            if (!(cut >= 0 && cut <= 1)) {
                throw new IllegalArgumentException("collateral cut of " + asset + " is " + cut + ", allowed is 0 to 1");
            }
        });
    }

    /** Change of a market's price by itself, a fraction; 0 where nothing is said of it. */
    public double shockOf(String market, String baseAsset) {
        Double own = shocks.get(market);
        return own == null ? shocks.getOrDefault(baseAsset, 0.0) : own;
    }

    /** Share of its value that an asset loses as collateral. */
    public double cutOf(String asset) {
        return collateralCuts.getOrDefault(asset, 0.0);
    }
}
