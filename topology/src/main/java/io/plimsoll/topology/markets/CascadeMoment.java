package io.plimsoll.topology.markets;

import io.plimsoll.risk.cascade.CascadeMarket;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.depth.ImpactBases;
import org.jspecify.annotations.Nullable;

/** What a market's cascade risk is computed from, so that other shocks can be asked of the same state. */
public final class CascadeMoment {

    private final Valuation valuation;
    private final FrozenBook book;
    private final ImpactBasis impact;
    private final MarketRebalancing rebalancing;

    CascadeMoment(Valuation valuation, FrozenBook book, ImpactBasis impact, MarketRebalancing rebalancing) {
        this.valuation = valuation;
        this.book = book;
        this.impact = impact;
        this.rebalancing = rebalancing;
    }

    /** What funds in it add up to that go back to a leverage. */
    MarketRebalancing rebalancing() {
        return rebalancing;
    }

    /** The record as it is published, without its outcomes; the caller's own. */
    CascadeRisk withoutOutcomes() {
        return CascadeRecords.withoutOutcomes(valuation, impact);
    }

    /** The newest depth; null where it cannot be believed. */
    public @Nullable UsableDepth depth() {
        return ImpactBases.depth(impact);
    }

    /** Whether the newest depth can be believed. */
    public DepthState depthState() {
        return DepthState.valueOf(impact.getDepthState());
    }

    /** The market; null where nothing is known of its impact. */
    @Nullable
    CascadeMarket market() {
        MarketImpact known = ImpactBases.impact(impact);
        if (known == null) {
            return null;
        }
        Double fund = valuation.price().getInsuranceFundUsd();
        return new CascadeMarket(
                book.liquidation(),
                book.bankruptcy(),
                valuation.terms().contract(),
                valuation.measures().quote().markPrice(),
                valuation.measures().quote().quoteUsd(),
                known,
                valuation.terms().instrument().getLiquidationFeeRate(),
                fund == null ? 0 : fund,
                book.largest());
    }
}
