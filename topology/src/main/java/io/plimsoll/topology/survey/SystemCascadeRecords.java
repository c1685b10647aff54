package io.plimsoll.topology.survey;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.survey.MarketTerms;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.risk.survey.SystemCascade;
import io.plimsoll.risk.survey.SystemShock;
import io.plimsoll.risk.survey.SystemTip;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.ForcedMarket;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.TippingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what a shock of all prices would set off as the record of the contract. */
final class SystemCascadeRecords {

    private static final double[] HAIRCUTS = {1, 0.3, 0.1};
    private static final double[] SHOCKS = {0.01, 0.02, 0.05, 0.1, 0.2};
    private static final int MOST_MARKETS = 20;

    private SystemCascadeRecords() {}

    static CascadeRisk of(SurveySum survey, Map<String, MarketTerms> terms, SurveyInputs inputs) {
        CascadeRisk risk = new CascadeRisk();
        risk.setSubject(Surveys.SYSTEM);
        risk.setFormulaVersion(MarketMeasures.FORMULA_VERSION);
        inputs.describe(risk);
        risk.setAccounts(survey.totals().accounts());
        risk.setPoolsUnpriced(survey.totals().poolsUnpriced());
        List<CascadeOutcome> outcomes = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (double haircut : HAIRCUTS) {
                SystemCascade cascade = SystemCascade.of(survey, terms, direction, haircut);
                risk.setImpactCoverage(cascade.coverage());
                if (inputs.knowImpact()) {
                    outcomes.add(outcome(cascade, haircut));
                }
            }
        }
        risk.setOutcomes(outcomes);
        return risk;
    }

    private static CascadeOutcome outcome(SystemCascade cascade, double haircut) {
        CascadeOutcome outcome = new CascadeOutcome();
        outcome.setDirection(ShockDirection.valueOf(cascade.direction().name()));
        outcome.setDepthHaircut(haircut);
        outcome.setArmedSize(cascade.armedUsd());
        outcome.setReproductionAtSpot(cascade.reproductionAtSpot());
        outcome.setReproductionMax(cascade.reproductionMax());
        outcome.setTippingDistanceLow(cascade.tippingDistance(Reading.PESSIMISTIC));
        outcome.setTippingDistanceHigh(cascade.tippingDistance(Reading.OPTIMISTIC));
        outcome.setTippingPoints(cascade.tips(Reading.PESSIMISTIC).stream()
                .map(tip -> tip(cascade.direction(), tip))
                .toList());
        List<ShockOutcome> shocks = new ArrayList<>();
        for (double shock : SHOCKS) {
            shocks.add(shock(cascade.direction(), cascade.shock(shock)));
        }
        outcome.setShocks(shocks);
        return outcome;
    }

    private static TippingPoint tip(Direction direction, SystemTip tip) {
        return new TippingPoint(
                tip.distance(),
                factor(direction, tip.distance()),
                factor(direction, tip.entry()),
                factor(direction, tip.landing()),
                tip.forcedUsd(),
                Math.toIntExact(tip.fallers().pools()));
    }

    private static ShockOutcome shock(Direction direction, SystemShock shock) {
        SystemShock.Landing best = shock.best();
        SystemShock.Landing worst = shock.worst();
        double near = factor(direction, best.move());
        double far = factor(direction, worst.move());
        ShockOutcome outcome = new ShockOutcome();
        outcome.setShock(shock.shock());
        outcome.setRestingPriceLow(Math.min(near, far));
        outcome.setRestingPriceHigh(Math.max(near, far));
        outcome.setEndogenousLow(best.endogenous());
        outcome.setEndogenousHigh(worst.endogenous());
        outcome.setAmplificationLow(best.amplification());
        outcome.setAmplificationHigh(worst.amplification());
        outcome.setForcedSizeLow(best.forcedUsd());
        outcome.setForcedSizeHigh(worst.forcedUsd());
        outcome.setForcedNotionalUsdHigh(worst.forcedUsd());
        outcome.setPositionsLow(Math.toIntExact(best.fallers().pools()));
        outcome.setPositionsHigh(Math.toIntExact(worst.fallers().pools()));
        outcome.setBeyondDepth(worst.beyondRange());
        outcome.setBadDebtUsdLow(best.badDebtUsd());
        outcome.setBadDebtUsdHigh(worst.badDebtUsd());
        outcome.setCounterUsdHigh(shock.counterUsd());
        outcome.setExhaustedShare(shock.exhaustedWeight());
        outcome.setMarkets(shock.markets().stream()
                .limit(MOST_MARKETS)
                .map(market ->
                        new ForcedMarket(market.market(), market.forcedUsd(), market.counterUsd(), market.move()))
                .toList());
        return outcome;
    }

    /** What all prices are multiplied by after a move of that size. */
    private static double factor(Direction direction, double move) {
        return direction == Direction.FALL ? 1 - move : 1 + move;
    }
}
