package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.CascadeFamilies.SHOCKS_PERCENT;
import static io.plimsoll.topology.alerts.CascadeFamilies.THIN;
import static io.plimsoll.topology.alerts.CascadeFamilies.each;
import static io.plimsoll.topology.alerts.CascadeFamilies.eachShock;
import static io.plimsoll.topology.alerts.CascadeFamilies.name;
import static io.plimsoll.topology.alerts.CascadeFamilies.of;
import static io.plimsoll.topology.alerts.CascadeFamilies.outcome;
import static io.plimsoll.topology.alerts.CascadeFamilies.shock;
import static io.plimsoll.topology.alerts.MetricGroup.known;
import static io.plimsoll.topology.alerts.MetricGroup.orInfinite;

import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of cascade risk, the pessimistic end of each bracket. Names end in the size of the shock in percent, where there is
 * one, and in Down or Up. Depth is taken whole, and at 30 % of it where the name ends in Thin. Where no impact is known,
 * nothing is.
 */
final class CascadeRiskMetrics {

    static final MetricGroup<CascadeRisk> MARKET = market();
    static final MetricGroup<CascadeRisk> SYSTEM = system();

    private CascadeRiskMetrics() {}

    private static MetricGroup<CascadeRisk> market() {
        MetricGroup<CascadeRisk> group = common();
        each(
                group,
                "tippingDistanceWithoutLargest",
                Unit.FRACTION,
                "outcomes.tippingDistanceWithoutLargest",
                "How far the nearest tipping point is if the largest position were not there; infinite: there is none.",
                outcome -> orInfinite(outcome.getTippingDistanceWithoutLargest()));
        each(
                group,
                "shockToBadDebt",
                Unit.FRACTION,
                "outcomes.shockToBadDebtLow",
                "Smallest shock whose bad debt exceeds the insurance fund with the fees; infinite: none does.",
                outcome -> orInfinite(outcome.getShockToBadDebtLow()));
        for (int percent : SHOCKS_PERCENT) {
            for (ShockDirection direction : ShockDirection.values()) {
                group.add(
                        name("badDebtBeyondFund" + percent, direction),
                        Unit.USD,
                        "outcomes.shocks.badDebtUsdHigh - insuranceFundUsd - outcomes.shocks.penaltiesUsdHigh",
                        "Bad debt that the insurance fund and the fees do not cover, a fund that is not reported"
                                + " counting as 0; negative: they cover it, infinite: the book does not hold the volume.",
                        risk -> beyondFund(risk, shock(outcome(risk, direction), percent)));
            }
        }
        eachShock(
                group,
                "top1Share",
                Unit.FRACTION,
                "outcomes.shocks.top1ShareLow",
                "Share of the largest position in the forced volume, at least.",
                shock -> shock.getForcedSizeHigh() > 0 ? shock.getTop1ShareLow() : Double.NaN);
        eachShock(
                group,
                "top5Share",
                Unit.FRACTION,
                "outcomes.shocks.top5ShareLow",
                "Share of the five largest positions in the forced volume, at least.",
                shock -> shock.getForcedSizeHigh() > 0 ? shock.getTop5ShareLow() : Double.NaN);
        return group.add(
                        "depthAgeMs",
                        Unit.MILLISECONDS,
                        "asOfMs - depthTimeMs",
                        "Age of the depth that the impact is taken from.",
                        risk -> risk.getDepthTimeMs() == null ? Double.NaN : risk.getAsOfMs() - risk.getDepthTimeMs())
                .add(
                        "depthBandsLeftOut",
                        Unit.COUNT,
                        "Bands of the newest depth that cannot be believed.",
                        CascadeRisk::getDepthBandsLeftOut)
                .add(
                        "depthFrozen",
                        Unit.COUNT,
                        "",
                        "1 where depthState is FROZEN: the newest depth stands still though mid moves; else 0.",
                        risk -> risk.getDepthState() == DepthQuality.FROZEN ? 1 : 0)
                .add(
                        "depthCrossed",
                        Unit.COUNT,
                        "",
                        "1 where depthState is CROSSED: orders of the newest depth lie where they cannot; else 0.",
                        risk -> risk.getDepthState() == DepthQuality.CROSSED ? 1 : 0)
                .add("insuranceFundUsd", Unit.USD, "Insurance fund.", risk -> known(risk.getInsuranceFundUsd()));
    }

    private static MetricGroup<CascadeRisk> system() {
        MetricGroup<CascadeRisk> group = common();
        eachShock(
                group,
                "exhaustedShare",
                Unit.FRACTION,
                "outcomes.shocks.exhaustedShare",
                "Share of the open interest in markets whose book does not hold the forced volume.",
                shock -> known(shock.getExhaustedShare()));
        return group.add(
                "impactCoverage",
                Unit.FRACTION,
                "Share of the open interest in markets whose impact is known.",
                risk -> known(risk.getImpactCoverage()));
    }

    private static MetricGroup<CascadeRisk> common() {
        MetricGroup<CascadeRisk> group = new MetricGroup<>("cascade-risk");
        String tip = "How far the nearest tipping point is, with the depth as it is; infinite: there is none.";
        each(group, "tippingDistance", Unit.FRACTION, "outcomes.tippingDistanceLow", tip, CascadeRiskMetrics::tip);
        for (ShockDirection direction : ShockDirection.values()) {
            group.add(
                    name("tippingDistance", direction) + "Thin",
                    Unit.FRACTION,
                    "outcomes.tippingDistanceLow",
                    "The same with 30 % of the depth.",
                    risk -> of(outcome(risk, direction, THIN), CascadeRiskMetrics::tip));
        }
        each(
                group,
                "reproductionAtSpot",
                Unit.RATIO,
                "outcomes.reproductionAtSpot",
                "Further move per move at the present price; above 1 forced trades feed themselves.",
                CascadeOutcome::getReproductionAtSpot);
        each(
                group,
                "reproductionMax",
                Unit.RATIO,
                "outcomes.reproductionMax",
                "The greatest such number within 10 %.",
                CascadeOutcome::getReproductionMax);
        for (ShockDirection direction : ShockDirection.values()) {
            group.add(
                    name("armedUsd", direction),
                    Unit.USD,
                    "outcomes.armedSize x outcomes.shocks.forcedNotionalUsdHigh / outcomes.shocks.forcedSizeHigh",
                    "What the present price should have liquidated already, at the mark price.",
                    risk -> of(outcome(risk, direction), CascadeRiskMetrics::armedUsd));
        }
        eachShock(
                group,
                "amplification",
                Unit.RATIO,
                "outcomes.shocks.amplificationHigh",
                "Whole move over the shock, in ln(price); infinite: the book does not hold the volume.",
                shock -> orInfinite(shock.getAmplificationHigh()));
        eachShock(
                group,
                "endogenous",
                Unit.LOG_PRICE,
                "outcomes.shocks.endogenousHigh",
                "Move beyond the shock that forced trades make; infinite: the book does not hold the volume.",
                shock -> orInfinite(shock.getEndogenousHigh()));
        eachShock(
                group,
                "forcedUsd",
                Unit.USD,
                "outcomes.shocks.forcedNotionalUsdHigh",
                "Forced volume at present prices.",
                ShockOutcome::getForcedNotionalUsdHigh);
        eachShock(
                group,
                "badDebtUsd",
                Unit.USD,
                "outcomes.shocks.badDebtUsdHigh",
                "Bad debt where the shock comes to rest; infinite: without limit.",
                shock -> orInfinite(shock.getBadDebtUsdHigh()));
        return group.add(
                "cascadeStalenessMs",
                Unit.MILLISECONDS,
                "stalenessMs",
                "Age of the oldest input of its cascade risk, depth included.",
                CascadeRisk::getStalenessMs);
    }

    private static double tip(CascadeOutcome outcome) {
        return orInfinite(outcome.getTippingDistanceLow());
    }

    /** Armed size in dollars: every shock forces it too, and says what a unit is worth. */
    private static double armedUsd(CascadeOutcome outcome) {
        if (outcome.getArmedSize() == 0) {
            return 0;
        }
        List<ShockOutcome> shocks = outcome.getShocks();
        ShockOutcome largest = shocks.get(shocks.size() - 1);
        return outcome.getArmedSize() * largest.getForcedNotionalUsdHigh() / largest.getForcedSizeHigh();
    }

    private static double beyondFund(CascadeRisk risk, @Nullable ShockOutcome shock) {
        if (shock == null) {
            return Double.NaN;
        }
        Double fund = risk.getInsuranceFundUsd();
        return orInfinite(shock.getBadDebtUsdHigh()) - (fund == null ? 0 : fund) - shock.getPenaltiesUsdHigh();
    }
}
