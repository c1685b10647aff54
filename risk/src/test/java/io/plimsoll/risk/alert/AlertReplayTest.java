package io.plimsoll.risk.alert;

import static io.plimsoll.risk.alert.AlertStory.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens between them, the same observations give the same records. */
class AlertReplayTest {

    private static final int RUNS = 300;

    @Test
    void shouldGoOnIdenticallyFromAnySavedState() {
        int written = 0;
        for (int run = 0; run < RUNS; run++) {
            AlertRule[] rules = rules(new Random(run));
            List<Step> steps = steps(new Random(run));
            AlertStory whole = new AlertStory(rules);
            steps.forEach(step -> step.tell(whole));

            Random random = new Random(-run);
            AlertStory broken = new AlertStory(rules);
            List<AlertState> records = new ArrayList<>();
            for (Step step : steps) {
                if (random.nextInt(10) == 0) {
                    records.addAll(broken.news());
                    broken = new AlertStory(broken.memory.copy(), rules);
                }
                step.tell(broken);
            }
            records.addAll(broken.news());

            assertThat(records).describedAs("run %s", run).isEqualTo(whole.written);
            assertThat(open(broken)).describedAs("run %s", run).isEqualTo(open(whole));
            assertThat(broken.memory.histories).describedAs("run %s", run).isEqualTo(whole.memory.histories);
            written += records.size();
        }
        assertThat(written).isGreaterThan(10 * RUNS);
    }

    private static List<StandingMemory> open(AlertStory story) {
        return story.memory.standings.values().stream()
                .filter(StandingMemory::isOpen)
                .toList();
    }

    @Test
    void shouldWriteTheSameWhetherTimeIsToldBetweenObservationsOrNot() {
        for (int run = 0; run < RUNS; run++) {
            AlertRule[] rules = rules(new Random(run));
            List<Step> steps = steps(new Random(run));
            AlertStory untold = new AlertStory(rules);
            AlertStory told = new AlertStory(rules);
            Random random = new Random(-run);

            for (Step step : steps) {
                step.tell(untold);
                told.timePasses(step.seconds() - random.nextDouble() * 20);
                step.tell(told);
            }
            double end = steps.get(steps.size() - 1).seconds();
            told.timePasses(end);
            untold.timePasses(end);

            assertThat(withoutRepeats(told.written))
                    .describedAs("run %s", run)
                    .isEqualTo(withoutRepeats(untold.written));
        }
    }

    @Test
    void shouldNumberTheRecordsOfAnEpisodeInOrder() {
        for (int run = 0; run < RUNS; run++) {
            AlertStory story = new AlertStory(rules(new Random(run)));
            steps(new Random(run)).forEach(step -> step.tell(story));

            Set<String> seen = new HashSet<>();
            for (AlertState state : story.written) {
                assertThat(seen.add(state.id() + state.sequence()))
                        .describedAs("run %s: %s is written once", run, state)
                        .isTrue();
                assertThat(state.asOfMs()).describedAs("run %s", run).isGreaterThanOrEqualTo(state.sinceMs());
            }
        }
    }

    /** Status changes: id, sequence, times. A repeat left out has a number too, so that these stay the same. */
    private static List<String> withoutRepeats(List<AlertState> states) {
        List<String> changes = new ArrayList<>();
        Map<String, AlertState> last = new HashMap<>();
        for (AlertState state : states) {
            AlertState before = last.put(state.key(), state);
            boolean repeat = before != null
                    && before.id().equals(state.id())
                    && before.status() == AlertStatus.FIRING
                    && state.status() == AlertStatus.FIRING;
            if (!repeat) {
                changes.add(state.toString());
            }
        }
        changes.sort(null);
        return changes;
    }

    private static AlertRule[] rules(Random random) {
        AlertRule[] rules = new AlertRule[3];
        for (int i = 0; i < rules.length; i++) {
            Condition[] conditions = new Condition[1 + random.nextInt(2)];
            for (int j = 0; j < conditions.length; j++) {
                conditions[j] = condition(random);
            }
            rules[i] = rule(
                    "rule-" + i,
                    random.nextInt(2) * random.nextInt(20_000),
                    random.nextInt(2) * random.nextInt(20_000),
                    random.nextBoolean() ? (Long) (1_000 + random.nextLong(20_000)) : null,
                    conditions);
        }
        return rules;
    }

    private static Condition condition(Random random) {
        Metric metric = AlertStory.METRICS.get(random.nextInt(AlertStory.METRICS.size()));
        Form form = Form.values()[random.nextInt(Form.values().length)];
        Comparison comparison = random.nextBoolean() ? Comparison.ABOVE : Comparison.BELOW;
        double threshold = form == Form.RANK ? 0.3 + 0.4 * random.nextDouble() : random.nextGaussian() / 2;
        double band = comparison == Comparison.ABOVE ? -0.2 : 0.2;
        return new Condition(
                metric.name(),
                form,
                form == Form.LEVEL ? 0 : 10_000 + random.nextLong(90_000),
                comparison,
                threshold,
                random.nextBoolean() ? (Double) (threshold + band) : null);
    }

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        double second = 0;
        for (int i = 0; i < 200; i++) {
            second += random.nextInt(20) == 0 ? random.nextInt(60) : random.nextInt(3_000) / 1_000.0;
            boolean market = random.nextInt(3) > 0;
            steps.add(new Step(
                    second,
                    market,
                    random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian(),
                    random.nextInt(20) == 0 ? Double.POSITIVE_INFINITY : random.nextGaussian()));
        }
        return steps;
    }

    private record Step(double seconds, boolean market, double first, double second) {

        void tell(AlertStory story) {
            if (market) {
                story.at(seconds).state(first, second);
            } else {
                story.at(seconds).tipping(second);
            }
        }
    }
}
