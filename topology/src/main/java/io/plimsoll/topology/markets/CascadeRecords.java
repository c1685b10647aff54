package io.plimsoll.topology.markets;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.CascadeMarket;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.DirectionCascade;
import io.plimsoll.risk.cascade.DirectionMarket;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.ShockMeasures;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.TippingPoint;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.depth.ImpactBases;
import java.util.ArrayList;
import java.util.List;

/** Writes what a shock would set off in a market as the record of the contract. */
final class CascadeRecords {

    static final double[] HAIRCUTS = {1, 0.3, 0.1};
    static final double[] SHOCKS = {0.01, 0.02, 0.05, 0.1, 0.2};

    private CascadeRecords() {}

    /** The published cascade risk of a market; its contract is one that cascades are computed for. */
    static CascadeRisk of(CascadeMoment moment) {
        return of(moment, List.of(Direction.values()), HAIRCUTS, SHOCKS);
    }

    /** The same for other shocks; there are no outcomes where nothing is known of the impact. */
    static CascadeRisk of(CascadeMoment moment, List<Direction> directions, double[] haircuts, double[] shocks) {
        CascadeRisk risk = moment.withoutOutcomes();
        CascadeMarket market = moment.market();
        risk.setOutcomes(market == null ? List.of() : outcomes(market, directions, haircuts, shocks));
        risk.setRebalancing(RebalancingRecords.of(moment.rebalancing(), market, directions, haircuts, shocks));
        return risk;
    }

    static CascadeRisk withoutOutcomes(Valuation valuation, ImpactBasis basis) {
        long asOfMs = valuation.asOfMs();
        MarketImpact impact = ImpactBases.impact(basis);
        long depthTimeMs = basis.getDepthTimeMs();
        CascadeRisk risk = new CascadeRisk();
        risk.setSubject(valuation.market());
        risk.setAsOfMs(asOfMs);
        risk.setStalenessMs(
                depthTimeMs == 0 ? valuation.stalenessMs() : Math.max(valuation.stalenessMs(), asOfMs - depthTimeMs));
        risk.setFormulaVersion(MarketMeasures.FORMULA_VERSION);
        risk.setMarkPrice(valuation.measures().quote().markPrice());
        risk.setCoverageLong(valuation.measures().longs().coverage());
        risk.setCoverageShort(valuation.measures().shorts().coverage());
        risk.setImpactSource(
                impact == null
                        ? ImpactSource.NONE
                        : ImpactSource.valueOf(impact.source().name()));
        risk.setDepthState(DepthQuality.valueOf(basis.getDepthState()));
        risk.setDepthTimeMs(depthTimeMs == 0 ? null : (Long) depthTimeMs);
        risk.setDepthBandsLeftOut(basis.getDepthBandsLeftOut());
        risk.setInsuranceFundUsd(valuation.price().getInsuranceFundUsd());
        risk.setOutcomes(List.of());
        return risk;
    }

    /** What happens in each direction, with each share of the depth, at each size of shock. */
    private static List<CascadeOutcome> outcomes(
            CascadeMarket market, List<Direction> directions, double[] haircuts, double[] shocks) {
        double baseUnits = market.contract().shape() == Shape.INVERSE ? 1 / market.markPrice() : 1;
        List<CascadeOutcome> outcomes = new ArrayList<>();
        for (Direction direction : directions) {
            DirectionMarket side = market.direction(direction);
            for (double haircut : haircuts) {
                outcomes.add(outcome(side.cascade(haircut), shocks, baseUnits));
            }
        }
        return outcomes;
    }

    private static CascadeOutcome outcome(DirectionCascade cascade, double[] sizes, double baseUnits) {
        CascadeOutcome outcome = new CascadeOutcome();
        outcome.setDirection(ShockDirection.valueOf(cascade.direction().name()));
        outcome.setDepthHaircut(cascade.depthHaircut());
        outcome.setArmedSize(cascade.armedSize() * baseUnits);
        outcome.setReproductionAtSpot(cascade.reproductionAtSpot());
        outcome.setReproductionMax(cascade.reproductionMax());
        outcome.setTippingDistanceLow(cascade.tippingDistance(Reading.PESSIMISTIC));
        outcome.setTippingDistanceHigh(cascade.tippingDistance(Reading.OPTIMISTIC));
        outcome.setTippingDistanceWithoutLargest(cascade.tippingDistanceWithoutLargest());
        outcome.setTippingPoints(
                cascade.tips().stream().map(tip -> tip(cascade, tip, baseUnits)).toList());
        List<ShockOutcome> shocks = new ArrayList<>();
        for (double shock : sizes) {
            shocks.add(shock(cascade, cascade.shock(shock), baseUnits));
        }
        outcome.setShocks(shocks);
        outcome.setShockToBadDebtLow(cascade.shockToBadDebt(Reading.PESSIMISTIC));
        outcome.setShockToBadDebtHigh(cascade.shockToBadDebt(Reading.OPTIMISTIC));
        return outcome;
    }

    private static TippingPoint tip(
            DirectionCascade cascade, io.plimsoll.risk.cascade.TippingPoint tip, double baseUnits) {
        return new TippingPoint(
                cascade.distance(tip),
                cascade.direction().price(tip.threshold()),
                cascade.direction().price(tip.entry()),
                cascade.price(tip.landing()),
                cascade.size(tip.lots()) * baseUnits,
                tip.accounts());
    }

    private static ShockOutcome shock(DirectionCascade cascade, ShockMeasures measures, double baseUnits) {
        ShockMeasures.Landing best = measures.best();
        ShockMeasures.Landing worst = measures.worst();
        boolean fall = cascade.direction() == Direction.FALL;
        ShockOutcome outcome = new ShockOutcome();
        outcome.setShock(measures.shock());
        outcome.setRestingPriceLow(fall ? worst.price() : best.price());
        outcome.setRestingPriceHigh(fall ? best.price() : worst.price());
        outcome.setEndogenousLow(best.endogenous());
        outcome.setEndogenousHigh(worst.endogenous());
        outcome.setAmplificationLow(best.amplification());
        outcome.setAmplificationHigh(worst.amplification());
        outcome.setForcedSizeLow(best.forcedSize() * baseUnits);
        outcome.setForcedSizeHigh(worst.forcedSize() * baseUnits);
        outcome.setForcedNotionalUsdHigh(measures.forcedNotionalUsd());
        outcome.setPositionsLow(best.positions());
        outcome.setPositionsHigh(worst.positions());
        outcome.setBeyondDepth(measures.beyondDepth());
        outcome.setUnfilledSize(measures.unfilled() * baseUnits);
        outcome.setBadDebtUsdLow(best.badDebtUsd());
        outcome.setBadDebtUsdHigh(worst.badDebtUsd());
        outcome.setPenaltiesUsdHigh(measures.penaltiesUsd());
        outcome.setTop1ShareLow(measures.top1().low());
        outcome.setTop1ShareHigh(measures.top1().high());
        outcome.setTop5ShareLow(measures.top5().low());
        outcome.setTop5ShareHigh(measures.top5().high());
        outcome.setTop20ShareLow(measures.top20().low());
        outcome.setTop20ShareHigh(measures.top20().high());
        outcome.setPanicPrice(measures.panicPrice());
        outcome.setMarkets(List.of());
        return outcome;
    }
}
