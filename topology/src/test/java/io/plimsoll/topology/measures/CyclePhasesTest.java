package io.plimsoll.topology.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.CycleMeasures;
import io.plimsoll.schemas.avro.CyclePhase;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.avro.CycleMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scores and phases of a restless market, hour by hour, against the table of the measures read plainly. */
class CyclePhasesTest {

    private static final long SEED = 7;
    private static final int HOURS = 2_500;
    private static final int MONTH = 31 * 24 + 1;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    @Test
    void shouldTellWhatTheTableSaysOfEveryHour() {
        Map<Series, double[]> series = restless(new Random(SEED));
        KeyValueStore<String, CycleMemory> store =
                LatestStore.<CycleMemory>builder("phases").build();
        CyclePhases phases = new CyclePhases(store);
        PlainCycle plain = new PlainCycle();
        Set<CyclePhase> seen = EnumSet.noneOf(CyclePhase.class);
        for (int hour = 0; hour < HOURS; hour++) {
            int end = hour + 1;
            Function<Series, double[]> hours =
                    its -> Arrays.copyOfRange(Objects.requireNonNull(series.get(its)), Math.max(0, end - MONTH), end);
            phases.judge("test:X", hours, hour * HOUR_MS);
            if (hour % 100 == 99) {
                phases = new CyclePhases(store);
            }

            CycleMeasures actual = phases.measures("test:X", hours);

            plain.take(hour, hours);
            plain.assertTold("hour " + hour + ", seed " + SEED, actual);
            if (actual.getPhase() != null) {
                seen.add(actual.getPhase());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(CyclePhase.values());
    }

    /** Weeks of growth, of rest and of falls, with gaps; the venue begins to tell its own open interest in the middle. */
    private static Map<Series, double[]> restless(Random random) {
        Map<Series, double[]> series = new EnumMap<>(Series.class);
        for (Series its : Series.values()) {
            series.put(its, new double[HOURS]);
        }
        double open = Math.log(1e5);
        double crowd = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            int week = hour / 120 % 4;
            boolean falls = hour % 480 == 400;
            open += 0.004 * random.nextGaussian() + (week == 1 ? 0.003 : week == 3 ? -0.001 : 0) - (falls ? 0.3 : 0);
            crowd = 0.95 * crowd + 0.3 * random.nextGaussian() + (week == 2 ? 0.2 : 0);
            for (Series its : Series.values()) {
                double value = switch (its) {
                    case OPEN_INTEREST -> Math.exp(open);
                    case VENUE_OPEN_INTEREST -> hour < HOURS / 2 ? Double.NaN : 7 * Math.exp(open);
                    case FUNDING, BASIS -> 1e-4 * (crowd + 0.3 * random.nextGaussian());
                    case FORCED_USD -> hour < 300 ? Double.NaN : 1e5 * random.nextDouble() + (falls ? 1e8 : 0);
                    case LEVERAGE -> hour < 300 ? Double.NaN : 5 + random.nextGaussian();
                    default -> 1 + random.nextDouble();
                };
                Objects.requireNonNull(series.get(its))[hour] = random.nextInt(50) == 0 ? Double.NaN : value;
            }
        }
        return series;
    }

    private static final class PlainCycle {
        private final List<CyclePhase> said = new ArrayList<>();
        private CyclePhase phase = CyclePhase.CALM;
        private int since = -1;
        private int hour;
        private boolean ofVenue;
        private double change;
        private double trend;
        private double openInterest;
        private double leverage;
        private double basis;
        private double funding;
        private double skew;
        private double depth;
        private double forced;

        void take(int now, Function<Series, double[]> hours) {
            hour = now;
            ofVenue = known(hours.apply(Series.VENUE_OPEN_INTEREST)) >= 72;
            double[] open = hours.apply(ofVenue ? Series.VENUE_OPEN_INTEREST : Series.OPEN_INTEREST);
            double[] levels = new double[open.length];
            double[] changes = new double[Math.max(0, open.length - 24)];
            double[] perHour = hours.apply(Series.FORCED_USD);
            double[] days = new double[Math.max(0, open.length - 23)];
            for (int i = 0; i < open.length; i++) {
                levels[i] = Math.log(open[i]);
                if (i >= 24) {
                    changes[i - 24] = Math.log(open[i] / open[i - 24]);
                }
                if (i >= 23) {
                    for (int each = i - 23; each <= i; each++) {
                        days[i - 23] += perHour[each];
                    }
                    days[i - 23] = Math.log(1 + days[i - 23]);
                }
            }
            change = changes.length == 0 ? Double.NaN : changes[changes.length - 1];
            trend = score(changes);
            openInterest = score(levels);
            leverage = score(hours.apply(Series.LEVERAGE));
            basis = score(hours.apply(Series.BASIS));
            funding = score(hours.apply(Series.FUNDING));
            skew = score(hours.apply(Series.SKEW));
            depth = score(hours.apply(Series.DEPTH_USD));
            forced = score(days);
            if (known(open) >= 72) {
                judge();
            }
        }

        private void judge() {
            since = said.isEmpty() ? hour : since;
            CyclePhase says = Double.isNaN(trend) ? phase : says();
            said.add(says);
            boolean lasted = hour - since >= 12 && hour - saidSince() >= 3;
            if (says != phase && (lasted || says == CyclePhase.DELEVERAGING)) {
                phase = says;
                since = hour;
            }
        }

        private CyclePhase says() {
            boolean fell = trend <= -2 && change <= -0.05 && (Double.isNaN(forced) || forced >= 1);
            if (phase == CyclePhase.DELEVERAGING ? trend <= -1 : fell) {
                return CyclePhase.DELEVERAGING;
            }
            double largest = 0;
            for (double score : new double[] {funding, basis, skew}) {
                largest = Math.abs(score) > largest ? Math.abs(score) : largest;
            }
            if (phase == CyclePhase.CROWDED ? openInterest >= 0 && largest >= 1 : openInterest >= 1 && largest >= 2) {
                return CyclePhase.CROWDED;
            }
            boolean shrinks = leverage <= -1 || basis <= -1;
            if (!shrinks && trend >= (phase == CyclePhase.BUILD_UP ? 0 : 1)) {
                return CyclePhase.BUILD_UP;
            }
            boolean repairs = phase == CyclePhase.REPAIR && hour - since < 7 * 24;
            return repairs || phase == CyclePhase.DELEVERAGING ? CyclePhase.REPAIR : CyclePhase.CALM;
        }

        /** The first of the hours on end that said what the newest says. */
        private int saidSince() {
            int first = said.size() - 1;
            while (first > 0 && said.get(first - 1) == said.get(first)) {
                first--;
            }
            return hour - (said.size() - 1 - first);
        }

        void assertTold(String what, CycleMeasures actual) {
            assertThat(actual.getOfVenueOpenInterest()).describedAs(what).isEqualTo(ofVenue);
            assertScore(what, change, actual.getOpenInterestChange());
            assertScore(what, trend, actual.getOpenInterestTrendScore());
            assertScore(what, openInterest, actual.getOpenInterestScore());
            assertScore(what, leverage, actual.getLeverageScore());
            assertScore(what, basis, actual.getBasisScore());
            assertScore(what, funding, actual.getFundingScore());
            assertScore(what, skew, actual.getSkewScore());
            assertScore(what, depth, actual.getDepthScore());
            assertScore(what, forced, actual.getForcedScore());
            if (said.isEmpty()) {
                assertThat(actual.getPhase()).describedAs(what).isNull();
                return;
            }
            assertThat(actual.getPhase()).describedAs(what).isEqualTo(phase);
            assertThat(actual.getPhaseSinceMs()).describedAs(what).isEqualTo(since * HOUR_MS);
            assertThat(actual.getCandidate()).describedAs(what).isEqualTo(said.get(said.size() - 1));
            assertThat(actual.getCandidateSinceMs()).describedAs(what).isEqualTo(saidSince() * HOUR_MS);
            assertThat(actual.getJudgedAtMs()).describedAs(what).isEqualTo(hour * HOUR_MS);
        }

        private static void assertScore(String what, double expected, @Nullable Double actual) {
            if (Double.isNaN(expected)) {
                assertThat(actual).describedAs(what).isNull();
            } else {
                assertThat(actual).describedAs(what).isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
            }
        }

        private static long known(double[] values) {
            return Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
        }

        /** Of the newest among the others; NaN: not known, too few others, or more than half of them equal. */
        private static double score(double[] values) {
            if (values.length == 0 || known(values) - 1 < 72 || Double.isNaN(values[values.length - 1])) {
                return Double.NaN;
            }
            double[] others = Arrays.stream(values, 0, values.length - 1)
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            double median = middle(others);
            double[] away =
                    Arrays.stream(others).map(other -> Math.abs(other - median)).toArray();
            return (values[values.length - 1] - median) / (1.4826 * middle(away));
        }

        private static double middle(double[] values) {
            double[] sorted = Arrays.stream(values).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }
}
