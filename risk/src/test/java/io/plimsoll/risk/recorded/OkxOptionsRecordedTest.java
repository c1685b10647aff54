package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.option.GreekTotals;
import io.plimsoll.risk.option.Greeks;
import io.plimsoll.risk.option.HedgePoint;
import io.plimsoll.risk.option.OptionBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;

/**
 * Two options of OKX on 10 October 2025. The forward follows from the call's mark price; from it everything else that the
 * venue says must follow: the put's mark price, and delta, gamma and vega of both.
 */
class OkxOptionsRecordedTest {

    private static final String FILE = "okex-options_options_chain_2025-10-10_BTC-USD-251031-";
    private static final Path PAGE = Path.of("..", "docs", "replays", "options-oct-2025.md");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant CRASH_FROM = Instant.parse("2025-10-10T20:30:00Z");
    private static final Instant CRASH_TO = Instant.parse("2025-10-10T22:30:00Z");
    private static final int TEN_MINUTES_MS = 600_000;
    private static final int HOUR_MS = 3_600_000;
    private static final double MILLION = 1e6;

    /** Share of minutes of which nine in ten must be as near as this. */
    private static final double NEARLY_ALL = 0.9;

    @Test
    void shouldGiveTheVenuesOwnGreeks() {
        NavigableMap<Long, OkxOptions.Said> calls = read("135000-C.csv.gz");
        NavigableMap<Long, OkxOptions.Said> puts = read("80000-P.csv.gz");
        List<Double> forwards = new ArrayList<>();
        List<Double> deltas = new ArrayList<>();
        List<Double> gammas = new ArrayList<>();
        List<Double> vegas = new ArrayList<>();

        calls.forEach((minute, call) -> {
            OkxOptions.Said put = puts.get(minute);
            if (put == null) {
                return;
            }
            double forward = call.impliedForward();
            forwards.add(Math.abs(put.impliedForward() / forward - 1));
            for (OkxOptions.Said said : List.of(call, put)) {
                Greeks greeks = said.greeks(forward);
                double delta = greeks.delta() - greeks.value() / forward;
                deltas.add(Math.abs(said.delta() / delta - 1));
                gammas.add(Math.abs(said.gamma() / (forward * greeks.gamma() - 2 * delta) - 1));
                vegas.add(Math.abs(said.vega() / (greeks.vega() / 100 / forward) - 1));
            }
        });

        System.out.printf(
                "okx options: %d minutes; median and 90th percentile of the difference: forward of the put %s, delta %s,"
                        + " gamma %s, vega %s%n",
                forwards.size(), spread(forwards), spread(deltas), spread(gammas), spread(vegas));
        assertThat(forwards).hasSizeGreaterThan(1_400);
        assertThat(quantile(forwards, 0.5)).isLessThan(1e-4);
        assertThat(quantile(forwards, NEARLY_ALL)).isLessThan(1e-3);
        for (List<Double> greek : List.of(deltas, gammas, vegas)) {
            assertThat(quantile(greek, 0.5)).isLessThan(2e-3);
            assertThat(quantile(greek, NEARLY_ALL)).isLessThan(2e-2);
        }
    }

    @Test
    void shouldFillTheTableOfTheDay() throws Exception {
        NavigableMap<Long, OkxOptions.Said> calls = read("135000-C.csv.gz");
        NavigableMap<Long, OkxOptions.Said> puts = read("80000-P.csv.gz");
        List<String> rows = new ArrayList<>();

        calls.forEach((minute, call) -> {
            OkxOptions.Said put = puts.get(minute);
            boolean crash = minute >= CRASH_FROM.toEpochMilli() && minute <= CRASH_TO.toEpochMilli();
            if (put != null && minute % (crash ? TEN_MINUTES_MS : HOUR_MS) == 0) {
                rows.add(row(minute, call, put));
            }
        });

        rows.forEach(System.out::println);
        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(Files.readAllLines(PAGE)).describedAs("%s", PAGE).containsAll(rows);
    }

    private static String row(long minute, OkxOptions.Said call, OkxOptions.Said put) {
        double forward = call.impliedForward();
        OptionBook both = new OptionBook(List.of(call.open(forward), put.open(forward)), minute);
        GreekTotals totals = both.totals();
        HedgePoint fall = both.at(-0.1);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %+.2f | %.1f | %.1f | %.1f | %.1f | %.2f | %.3f | %+.3f | %.3f | %+.1f | %.1f | %.1f |",
                TIME.format(Instant.ofEpochMilli(minute)),
                call.index(),
                (forward / call.index() - 1) * 100,
                call.volatility() * 100,
                put.volatility() * 100,
                call.openInterest(),
                put.openInterest(),
                totals.deltaEquivalentUsd() / MILLION,
                totals.gammaUsd() / MILLION,
                totals.dealerGammaUsd() / MILLION,
                totals.vegaUsd() / MILLION,
                fall.dealerFlow(),
                fall.grossFlow(),
                both.at(0).effectiveLeverage());
    }

    private static NavigableMap<Long, OkxOptions.Said> read(String end) {
        return OkxOptions.byMinute(SharedData.folder("cascade-2025-10-10").resolve(FILE + end));
    }

    private static String spread(List<Double> errors) {
        return String.format(Locale.ROOT, "%.1e / %.1e", quantile(errors, 0.5), quantile(errors, NEARLY_ALL));
    }

    private static double quantile(List<Double> values, double share) {
        return values.stream()
                .sorted()
                .skip((long) (share * (values.size() - 1)))
                .findFirst()
                .orElseThrow();
    }
}
