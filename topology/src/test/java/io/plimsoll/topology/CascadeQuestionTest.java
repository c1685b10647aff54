package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.topology.markets.CascadeMoment;
import io.plimsoll.topology.markets.CascadeQuestion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed on request is what is published, to the last bit. */
class CascadeQuestionTest {

    private static final double PER_PERCENT = 100;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    /** Longs with lines from 95 down, shorts with lines from 104 up, of sizes that differ. */
    private void market(ContractKind kind) {
        monitor.at(0).instrument(instrument(kind)).price(price(100));
        boolean inverse = kind == ContractKind.INVERSE_PERPETUAL;
        for (int i = 0; i < 12; i++) {
            double size = (50 + 7 * i) * (inverse ? 100 : 1);
            double margin = size * (6 + 0.5 * i) / (inverse ? 10_000 : 1);
            monitor.isolated("l" + i, "X", size, 100, margin);
            monitor.isolated("s" + i, "X", -0.9 * size, 100, margin);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ContractKind.class,
            names = {"LINEAR_PERPETUAL", "INVERSE_PERPETUAL"})
    void shouldComputeWhatIsPublished(ContractKind kind) {
        market(kind);
        double unit = kind == ContractKind.INVERSE_PERPETUAL ? 100 : 1;
        monitor.at(1).depth("X", 100, PER_PERCENT * unit).settle();

        assertSameAsPublished(ImpactSource.DEPTH);
    }

    @Test
    void shouldComputeWhatIsPublishedByTheLawOnTheDaysVolume() {
        market(ContractKind.LINEAR_PERPETUAL);
        monitor.settle();

        assertSameAsPublished(ImpactSource.DAY_VOLUME);
    }

    @Test
    void shouldComputeWhatIsPublishedOnTheLastGoodDepth() {
        market(ContractKind.LINEAR_PERPETUAL);
        monitor.at(1).depth("X", 100, PER_PERCENT).at(2).price("X", 100).settle();
        monitor.at(120).price("X", 99).settle();

        assertSameAsPublished(ImpactSource.LAST_GOOD_DEPTH);
    }

    private void assertSameAsPublished(ImpactSource source) {
        CascadeRisk published = Objects.requireNonNull(monitor.cascadeRisk("X"));
        assertThat(published.getImpactSource()).isEqualTo(source);
        assertThat(published.getOutcomes()).hasSize(6);
        assertThat(forced(published))
                .describedAs("a market where something happens")
                .isPositive();
        assertThat(ask(null, null)).isEqualTo(published);
        for (CascadeOutcome outcome : published.getOutcomes()) {
            for (ShockOutcome shock : outcome.getShocks()) {
                CascadeRisk answer = ask(shock.getShock(), outcome.getDepthHaircut());

                CascadeRisk expected = CascadeRisk.newBuilder(published)
                        .setOutcomes(List.of(CascadeOutcome.newBuilder(outcome)
                                .setShocks(List.of(shock))
                                .build()))
                        .build();
                assertThat(answer)
                        .describedAs("%s at %s", shock.getShock(), outcome.getDepthHaircut())
                        .isEqualTo(expected);
            }
        }
    }

    private static double forced(CascadeRisk risk) {
        return risk.getOutcomes().stream()
                .flatMap(outcome -> outcome.getShocks().stream())
                .mapToDouble(ShockOutcome::getForcedSizeHigh)
                .sum();
    }

    @Test
    void shouldAnswerForEachShareOfTheDepthOrBothWaysWhereOneIsNotAsked() {
        market(ContractKind.LINEAR_PERPETUAL);
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();

        CascadeRisk shock = ask(-0.07, null);
        CascadeRisk haircut = ask(null, 0.5);

        assertThat(shock.getOutcomes())
                .extracting(CascadeOutcome::getDirection)
                .containsOnly(ShockDirection.FALL)
                .hasSize(3);
        assertThat(shock.getOutcomes())
                .extracting(CascadeOutcome::getDepthHaircut)
                .containsExactly(1.0, 0.3, 0.1);
        assertThat(shock.getOutcomes())
                .allSatisfy(outcome -> assertThat(outcome.getShocks())
                        .extracting(ShockOutcome::getShock)
                        .containsExactly(-0.07));
        assertThat(haircut.getOutcomes())
                .extracting(CascadeOutcome::getDirection)
                .containsExactly(ShockDirection.FALL, ShockDirection.RISE);
        assertThat(haircut.getOutcomes()).allSatisfy(outcome -> {
            assertThat(outcome.getDepthHaircut()).isEqualTo(0.5);
            assertThat(outcome.getShocks()).hasSize(5);
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.999999, -0.0001, 0.0001, 9})
    void shouldAnswerAtTheEndsOfTheRange(double shock) {
        market(ContractKind.LINEAR_PERPETUAL);
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();

        for (double haircut : new double[] {1, 1e-300, Double.MIN_VALUE}) {
            ShockOutcome outcome =
                    ask(shock, haircut).getOutcomes().get(0).getShocks().get(0);

            assertThat(outcome.getShock()).isEqualTo(shock);
            assertThat(outcome.getForcedSizeHigh()).isGreaterThanOrEqualTo(outcome.getForcedSizeLow());
            assertThat(outcome.toString()).describedAs("haircut %s", haircut).doesNotContain("NaN");
        }
    }

    @Test
    void shouldHaveNoOutcomeWhereNothingIsKnownOfTheImpact() {
        market(ContractKind.LINEAR_PERPETUAL);
        monitor.at(1).price("X", 100).settle();

        CascadeRisk answer = ask(-0.05, 1.0);

        assertThat(answer.getImpactSource()).isEqualTo(ImpactSource.NONE);
        assertThat(answer.getOutcomes()).isEmpty();
        assertThat(answer).isEqualTo(monitor.cascadeRisk("X"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1.5, 9.1, 0, 0.00009, Double.NaN, Double.NEGATIVE_INFINITY})
    void shouldRefuseAShockThatCannotBe(double shock) {
        assertThatThrownBy(() -> new CascadeQuestion(shock, null))
                .hasMessageContaining("shock is " + shock + ", allowed is");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.3, 1.1, Double.NaN})
    void shouldRefuseAShareOfDepthThatCannotBe(double haircut) {
        assertThatThrownBy(() -> new CascadeQuestion(null, haircut))
                .hasMessageContaining("depthHaircut is " + haircut + ", allowed is");
    }

    private CascadeRisk ask(@Nullable Double shock, @Nullable Double haircut) {
        CascadeMoment moment = monitor.driver()
                .<String, CascadeMoment>getKeyValueStore(MonitorStores.CASCADE_MOMENTS)
                .get(MonitorFixture.VENUE + ":X");
        return new CascadeQuestion(shock, haircut).answer(moment);
    }

    private static Price price(double mark) {
        return new Price(MonitorFixture.VENUE, "X", mark, null, null, null, null, 1.0, 1e6, 5_000.0);
    }

    private static Instrument instrument(ContractKind kind) {
        boolean inverse = kind == ContractKind.INVERSE_PERPETUAL;
        return MonitorFixture.contract("X", kind, 2)
                .setQuoteAsset(inverse ? "USD" : "USDC")
                .setSettleAsset(inverse ? "X" : "USDC")
                .setLiquidationFeeRate(0.005)
                .build();
    }
}
