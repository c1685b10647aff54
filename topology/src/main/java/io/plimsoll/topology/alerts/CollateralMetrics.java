package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;
import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.CollateralAsset;
import io.plimsoll.schemas.avro.CollateralLoop;
import io.plimsoll.schemas.avro.CollateralState;

/** Metrics of what leverage rests on, of the whole system. */
final class CollateralMetrics {

    static final MetricGroup<CollateralState> GROUP = new MetricGroup<CollateralState>("collateral-state")
            .add(
                    "collateralConcentration",
                    Unit.FRACTION,
                    "familyConcentration",
                    "Herfindahl index of collateral by family of assets.",
                    state -> known(state.getFamilyConcentration()))
            .add(
                    "largestCollateralShare",
                    Unit.FRACTION,
                    "assets.share",
                    "Share of the largest asset in all collateral.",
                    state -> share(largest(state), state.getCollateralUsd()))
            .add(
                    "loopedDebtShare",
                    Unit.FRACTION,
                    "loops.debtUsd / debtUsd",
                    "Share of all debt that is borrowed against itself.",
                    state -> share(looped(state), state.getDebtUsd()));

    private CollateralMetrics() {}

    private static double largest(CollateralState state) {
        return state.getAssets().stream()
                .mapToDouble(CollateralAsset::getOwnedUsd)
                .max()
                .orElse(0);
    }

    private static double looped(CollateralState state) {
        return state.getLoops().stream().mapToDouble(CollateralLoop::getDebtUsd).sum();
    }
}
