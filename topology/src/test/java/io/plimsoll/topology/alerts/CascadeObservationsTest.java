package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.alert.Contributor;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ForcedMarket;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.TippingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CascadeObservationsTest {

    private static final long AS_OF_MS = 1_770_000_000_000L;
    private static final int[] SHOCKS = {1, 2, 5, 10, 20};

    @Test
    void shouldReadAMarketInThePessimisticReading() {
        Map<String, Double> expected = new TreeMap<>();
        for (int up = 0; up < 2; up++) {
            String side = up == 0 ? "Down" : "Up";
            expected.put("tippingDistance" + side, 0.1 + up);
            expected.put("tippingDistance" + side + "Thin", 0.03 + up);
            expected.put("tippingDistanceWithoutLargest" + side, Double.POSITIVE_INFINITY);
            expected.put("shockToBadDebt" + side, 0.15 + up);
            expected.put("reproductionAtSpot" + side, 0.2 + up);
            expected.put("reproductionMax" + side, 0.7 + up);
            expected.put("armedUsd" + side, 2 * 50_000.0);
            for (int shock : SHOCKS) {
                expected.put("amplification" + shock + side, 1 + up + shock / 100.0);
                expected.put("endogenous" + shock + side, up + shock / 1000.0);
                expected.put("forcedUsd" + shock + side, (shock + 4) * 50_000.0);
                expected.put("badDebtUsd" + shock + side, 1000.0 * shock);
                expected.put("badDebtBeyondFund" + shock + side, 1000.0 * shock - 5_000 - 10);
                expected.put("top1Share" + shock + side, 0.25);
                expected.put("top5Share" + shock + side, 0.5);
            }
        }
        expected.put("depthAgeMs", 700.0);
        expected.put("depthBandsLeftOut", 3.0);
        expected.put("depthFrozen", 0.0);
        expected.put("depthCrossed", 1.0);
        expected.put("insuranceFundUsd", 5_000.0);
        expected.put("cascadeStalenessMs", 700.0);

        Observation observation = Observations.of(risk("binance:BTCUSDT"));

        assertThat(observation.kind()).isEqualTo(SubjectKind.MARKET);
        assertThat(observation.stalenessMs()).isEqualTo(700);
        assertThat(observation.coverageLong()).isEqualTo(0.6);
        assertThat(rounded(observation)).containsExactlyInAnyOrderEntriesOf(rounded(expected));
    }

    @Test
    void shouldTellNothingWithinReachFromNotKnown() {
        CascadeRisk risk = risk("binance:BTCUSDT");
        risk.getOutcomes().forEach(outcome -> {
            outcome.setTippingDistanceLow(null);
            outcome.getShocks().forEach(shock -> {
                shock.setAmplificationHigh(null);
                shock.setBadDebtUsdHigh(null);
                shock.setForcedSizeHigh(0);
            });
            outcome.setArmedSize(0);
        });
        risk.setInsuranceFundUsd(null);
        risk.setDepthState(DepthQuality.FROZEN);

        Map<String, Double> calm = ObservationsTest.known(Observations.of(risk));
        risk.setOutcomes(List.of());
        Map<String, Double> blind = ObservationsTest.known(Observations.of(risk));

        assertThat(calm)
                .containsEntry("tippingDistanceDown", Double.POSITIVE_INFINITY)
                .containsEntry("tippingDistanceUpThin", Double.POSITIVE_INFINITY)
                .containsEntry("amplification5Down", Double.POSITIVE_INFINITY)
                .containsEntry("badDebtBeyondFund10Down", Double.POSITIVE_INFINITY)
                .containsEntry("armedUsdDown", 0.0)
                .containsEntry("depthFrozen", 1.0)
                .containsEntry("depthCrossed", 0.0)
                .doesNotContainKeys("top5Share10Down", "insuranceFundUsd");
        assertThat(blind)
                .containsOnlyKeys(
                        "depthAgeMs", "depthBandsLeftOut", "depthFrozen", "depthCrossed", "cascadeStalenessMs");
    }

    @Test
    void shouldReadTheSystemWithoutWhatItDoesNotHave() {
        CascadeRisk risk = risk("system");
        risk.setInsuranceFundUsd(null);
        risk.setImpactCoverage(0.9);
        risk.getOutcomes().forEach(outcome -> outcome.getShocks().forEach(shock -> shock.setExhaustedShare(0.2)));

        Observation observation = Observations.of(risk);

        assertThat(observation.kind()).isEqualTo(SubjectKind.SYSTEM);
        assertThat(ObservationsTest.known(observation))
                .containsEntry("tippingDistanceDown", 0.1)
                .containsEntry("amplification5Up", 2.05)
                .containsEntry("exhaustedShare20Down", 0.2)
                .containsEntry("impactCoverage", 0.9)
                .doesNotContainKeys(
                        "badDebtBeyondFund10Down", "top5Share10Down", "shockToBadDebtDown", "openInterestUsd");
        assertThat(observation.contributors())
                .containsExactly(
                        new Contributor("market", "binance:ETHUSDT", 20, "USD"),
                        new Contributor("market", "binance:BTCUSDT", 10, "USD"));
    }

    @Test
    void shouldNameTippingPointsAndTheShareOfTheLargest() {
        List<Contributor> contributors =
                Observations.of(risk("binance:BTCUSDT")).contributors();

        assertThat(contributors)
                .hasSize(6)
                .startsWith(
                        new Contributor("bucket", "at a fall to 45123.5", 12, "base units"),
                        new Contributor("account", "largest 1 of a fall by 10 %", 0.25, "fraction"),
                        new Contributor("account", "largest 5 of a fall by 10 %", 0.5, "fraction"));
    }

    private static Map<String, Double> rounded(Observation observation) {
        return rounded(ObservationsTest.known(observation));
    }

    private static Map<String, Double> rounded(Map<String, Double> values) {
        Map<String, Double> rounded = new TreeMap<>(values);
        rounded.replaceAll((name, value) -> Double.isInfinite(value) ? value : Math.round(value * 1e9) / 1e9);
        return rounded;
    }

    /** In a rise every distance, ratio and move is larger by 1; with less depth tipping points are nearer by 0.07. */
    private static CascadeRisk risk(String subject) {
        CascadeRisk risk = new CascadeRisk();
        risk.setSubject(subject);
        risk.setAsOfMs(AS_OF_MS);
        risk.setStalenessMs(700);
        risk.setDepthTimeMs(AS_OF_MS - 700);
        risk.setDepthState(DepthQuality.CROSSED);
        risk.setDepthBandsLeftOut(3);
        risk.setCoverageLong(0.6);
        risk.setInsuranceFundUsd(5_000.0);
        List<CascadeOutcome> outcomes = new ArrayList<>();
        for (double haircut : new double[] {1, 0.3, 0.1}) {
            for (ShockDirection direction : ShockDirection.values()) {
                outcomes.add(outcome(direction, haircut));
            }
        }
        risk.setOutcomes(outcomes);
        return risk;
    }

    private static CascadeOutcome outcome(ShockDirection direction, double haircut) {
        int up = direction == ShockDirection.RISE ? 1 : 0;
        CascadeOutcome outcome = new CascadeOutcome();
        outcome.setDirection(direction);
        outcome.setDepthHaircut(haircut);
        outcome.setArmedSize(2);
        outcome.setReproductionAtSpot(haircut == 1 ? 0.2 + up : 99);
        outcome.setReproductionMax(haircut == 1 ? 0.7 + up : 99);
        outcome.setTippingDistanceLow(haircut == 1 ? 0.1 + up : haircut == 0.3 ? 0.03 + up : 99.0);
        outcome.setTippingDistanceHigh(77.0);
        outcome.setShockToBadDebtLow(haircut == 1 ? 0.15 + up : 99.0);
        outcome.setTippingPoints(List.of(new TippingPoint(0.1, 45_123.45678, 46_000.0, 40_000.0, 12.0, 3)));
        List<ShockOutcome> shocks = new ArrayList<>();
        for (int percent : SHOCKS) {
            ShockOutcome shock = new ShockOutcome();
            shock.setShock((up == 1 ? percent : -percent) / 100.0);
            shock.setAmplificationLow(77.0);
            shock.setAmplificationHigh(haircut == 1 ? 1 + up + percent / 100.0 : 99);
            shock.setEndogenousHigh(up + percent / 1000.0);
            shock.setForcedSizeHigh(percent + 4);
            shock.setForcedNotionalUsdHigh((percent + 4) * 50_000.0);
            shock.setBadDebtUsdLow(77.0);
            shock.setBadDebtUsdHigh(1000.0 * percent);
            shock.setPenaltiesUsdHigh(10);
            shock.setTop1ShareLow(0.25);
            shock.setTop1ShareHigh(0.77);
            shock.setTop5ShareLow(0.5);
            shock.setTop5ShareHigh(0.77);
            shock.setMarkets(List.of(
                    new ForcedMarket("binance:BTCUSDT", 10.0, 0.0, 0.0),
                    new ForcedMarket("binance:ETHUSDT", 20.0, 0.0, 0.0)));
            shocks.add(shock);
        }
        outcome.setShocks(shocks);
        return outcome;
    }
}
