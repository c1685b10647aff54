package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.LinearImpact;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContagionTest {

    private static final LotSize LOTS = new LotSize(2, 1);

    private static SurveyRow onFallOf(Map<String, Flow> flows) {
        return SurveyRow.NONE.plus(new SurveyRow(
                Flow.NONE, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(flows), 0, 0, Flow.NONE, new TreeMap<>()));
    }

    private static MarketTerms terms(String market, double price, @Nullable Double perUnit) {
        LinearImpact impact = perUnit == null ? null : new LinearImpact(perUnit);
        return new MarketTerms(market, market, LOTS, Shape.LINEAR, price, 1, impact, impact, 0);
    }

    @Test
    void shouldGiveDollarsAndFeedback() {
        // A fall of A forces sales of 100 B; one of B of 50 A, and 2 A are bought back.
        SurveySum survey = new SurveySum(
                new TreeMap<>(Map.of(
                        "A", onFallOf(Map.of("B", new Flow(5_000, 200))),
                        "B", onFallOf(Map.of("A", new Flow(10_000, 0))))),
                SurveyTotals.NONE);
        Map<String, MarketTerms> terms = Map.of("A", terms("A", 20, 0.0002), "B", terms("B", 3, 0.0001));

        Contagion contagion = Contagion.of(survey, terms, 0.5);

        double fallOfA = 100 * (1 - Math.exp(-50 * 0.0004));
        double fallOfB = 100 * (1 - Math.exp(-100 * 0.0002));
        assertThat(contagion.links())
                .usingRecursiveFieldByFieldElementComparatorOnFields("source", "market", "sellUsd", "buyUsd")
                .containsExactly(
                        new Contagion.Link("A", "B", 300, 0, 0, true), new Contagion.Link("B", "A", 1000, 40, 0, true));
        assertThat(contagion.links().get(0).feedback()).isCloseTo(fallOfB, within(1e-12));
        assertThat(contagion.links().get(1).feedback()).isCloseTo(fallOfA, within(1e-12));
        assertThat(contagion.spectralRadius().value()).isCloseTo(Math.sqrt(fallOfA * fallOfB), within(1e-10));
        assertThat(contagion.lotsWithoutTerms()).isFalse();
    }

    @Test
    void shouldSayWhatIsNotKnown() {
        SurveySum survey = new SurveySum(
                new TreeMap<>(Map.of(
                        "A", onFallOf(Map.of("A", new Flow(5_000, 0))), "B", onFallOf(Map.of("A", new Flow(1, 0))))),
                SurveyTotals.NONE);

        Contagion contagion = Contagion.of(survey, Map.of("A", terms("A", 20, null)), 1);

        assertThat(contagion.links()).containsExactly(new Contagion.Link("A", "A", 1000, 0, 0, false));
        assertThat(contagion.spectralRadius()).isEqualTo(SpectralRadius.ZERO);
        assertThat(contagion.lotsWithoutTerms()).isTrue();
    }
}
