package io.plimsoll.risk.recorded;

import io.plimsoll.risk.cycle.CyclePhase;
import io.plimsoll.risk.cycle.CycleSignals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Phases of a market as a picture and as text. */
final class CycleChart {

    private static final Map<CyclePhase, String> COLOURS = Map.of(
            CyclePhase.CALM, "#f5f6f8",
            CyclePhase.BUILD_UP, "#dcecd2",
            CyclePhase.CROWDED, "#fbe7b8",
            CyclePhase.DELEVERAGING, "#f5c4bd",
            CyclePhase.REPAIR, "#cfe0f3");
    private static final double DAY_MS = 86_400_000;
    private static final int WIDTH = 1_080;
    private static final int LEFT = 90;
    private static final int RIGHT = 1_060;
    private static final int PANEL = 120;
    private static final int TOP = 70;

    /** One hour. */
    record Point(
            long timeMs, double price, double openInterest, double forcedUsd, CycleSignals signals, CyclePhase phase) {}

    /** One line of the picture. */
    private record Panel(String name, ToDoubleFunction<Point> value) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("price, USD", Point::price),
            new Panel("open interest, BTC", Point::openInterest),
            new Panel("its change in 24 h, score", point -> point.signals().openInterestTrend()),
            new Panel("forced in the hour, million USD", point -> point.forcedUsd() / 1e6),
            new Panel("funding, score", point -> point.signals().funding()));

    private CycleChart() {}

    /** Where phases begin: time, phase, price, open interest and signals. */
    static List<String> phases(List<Point> points) {
        List<String> lines = new ArrayList<>();
        CyclePhase before = null;
        for (Point point : points) {
            if (point.phase() != before) {
                CycleSignals signals = point.signals();
                lines.add(String.format(
                        Locale.ROOT,
                        "%s %-12s price %.0f, open interest %.0f BTC, change of a day %.1f %%, scores: trend %.1f,"
                                + " level %.1f, funding %.1f, forced %.1f",
                        Instant.ofEpochMilli(point.timeMs()),
                        point.phase(),
                        point.price(),
                        point.openInterest(),
                        100 * Math.expm1(signals.openInterestChange()),
                        signals.openInterestTrend(),
                        signals.openInterest(),
                        signals.funding(),
                        signals.forced()));
                before = point.phase();
            }
        }
        return lines;
    }

    static String svg(List<Point> all, long fromMs, long toMs) {
        List<Point> points = all.stream()
                .filter(point -> point.timeMs() >= fromMs && point.timeMs() <= toMs)
                .toList();
        int height = TOP + PANELS.size() * PANEL + 40;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n<text x=\"24\" y=\"28\""
                        + " font-size=\"18\" font-weight=\"600\">The leverage cycle in February 2026</text>%n",
                WIDTH, height, WIDTH, height));
        int legend = 24;
        for (CyclePhase phase : CyclePhase.values()) {
            svg.append(String.format(
                    "<rect x=\"%d\" y=\"40\" width=\"14\" height=\"14\" fill=\"%s\" stroke=\"#ccd\"/><text x=\"%d\""
                            + " y=\"52\">%s</text>%n",
                    legend,
                    COLOURS.get(phase),
                    legend + 20,
                    phase.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            legend += 130;
        }
        for (int i = 0, first = 0; i < points.size(); i++) {
            boolean last = i == points.size() - 1;
            if (last || points.get(i + 1).phase() != points.get(i).phase()) {
                double x = x(points.get(first).timeMs(), fromMs, toMs);
                double end = x(points.get(last ? i : i + 1).timeMs(), fromMs, toMs);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        x,
                        TOP,
                        end - x,
                        PANELS.size() * PANEL,
                        COLOURS.get(points.get(i).phase())));
                first = i + 1;
            }
        }
        for (int i = 0; i < PANELS.size(); i++) {
            draw(PANELS.get(i), points, TOP + i * PANEL, fromMs, toMs, svg);
        }
        for (long day = fromMs; day <= toMs; day += (long) (5 * DAY_MS)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#667\">%s</text>%n",
                    x(day, fromMs, toMs),
                    height - 20,
                    Instant.ofEpochMilli(day).toString().substring(5, 10)));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(Panel panel, List<Point> points, int top, long fromMs, long toMs, StringBuilder svg) {
        double low = points.stream()
                .mapToDouble(panel.value())
                .filter(v -> !Double.isNaN(v))
                .min()
                .orElse(0);
        double high = points.stream()
                .mapToDouble(panel.value())
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(1);
        String line = points.stream()
                .filter(point -> !Double.isNaN(panel.value().applyAsDouble(point)))
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x(point.timeMs(), fromMs, toMs),
                        top + 105 - 85 * (panel.value().applyAsDouble(point) - low) / (high - low)))
                .collect(Collectors.joining(" "));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" fill=\"#334\" font-weight=\"600\">%s</text>%n"
                        + "<text x=\"84\" y=\"%d\" text-anchor=\"end\" fill=\"#667\">%,.1f</text>%n"
                        + "<text x=\"84\" y=\"%d\" text-anchor=\"end\" fill=\"#667\">%,.1f</text>%n"
                        + "<polyline fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"1.3\" points=\"%s\"/>%n",
                LEFT + 6,
                top + 14,
                panel.name(),
                top + 24,
                high,
                top + 109,
                low,
                line));
    }

    private static double x(long timeMs, long fromMs, long toMs) {
        return LEFT + (double) (RIGHT - LEFT) * (timeMs - fromMs) / (toMs - fromMs);
    }
}
