package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Windows over samples of market or system states, from scratch. */
final class WindowRecount {

    private static final List<String> METRICS = List.of(
            "markPrice",
            "openInterest",
            "openInterestUsd",
            "longNotionalUsd",
            "shortNotionalUsd",
            "longEquityUsd",
            "shortEquityUsd",
            "longLeverage",
            "shortLeverage",
            "leverage",
            "leverageSkew",
            "hhi",
            "fundingRate8h");

    private WindowRecount() {}

    static Map<Oracle.Window, WindowState> windows(List<? extends SpecificRecord> samples, Duration size) {
        Map<Oracle.Window, TreeMap<Long, SpecificRecord>> samplesOf = new TreeMap<>();
        for (SpecificRecord sample : samples) {
            long time = timeOf(sample);
            long start = Math.floorDiv(time, size.toMillis()) * size.toMillis();
            samplesOf
                    .computeIfAbsent(new Oracle.Window(subjectOf(sample), start), none -> new TreeMap<>())
                    .put(time, sample);
        }
        Map<Oracle.Window, WindowState> windows = new TreeMap<>();
        samplesOf.forEach((window, byTime) -> windows.put(window, window(window, byTime, size)));
        return windows;
    }

    private static WindowState window(Oracle.Window window, TreeMap<Long, SpecificRecord> byTime, Duration size) {
        WindowState state = new WindowState();
        state.setSubject(window.subject());
        state.setWindowSizeMs(size.toMillis());
        state.setWindowStartMs(window.startMs());
        state.setIsFinal(false);
        state.setAsOfMs(byTime.lastKey());
        state.setStalenessMs(byTime.values().stream()
                .mapToLong(sample -> (Long) Objects.requireNonNull(get(sample, "stalenessMs")))
                .max()
                .orElseThrow());
        state.setMinCoverageLong(smallest(byTime.values(), "coverageLong"));
        state.setMinCoverageShort(smallest(byTime.values(), "coverageShort"));
        state.setSamples(byTime.size());
        state.setLateSamples(0);
        state.setFormulaVersion(MarketRecount.FORMULA_VERSION);
        List<WindowMetric> metrics = new ArrayList<>();
        for (String name : METRICS) {
            WindowMetric metric = metric(name, byTime);
            if (metric != null) {
                metrics.add(metric);
            }
        }
        state.setMetrics(metrics);
        return state;
    }

    private static @Nullable WindowMetric metric(String name, TreeMap<Long, SpecificRecord> byTime) {
        List<Double> values =
                byTime.values().stream().flatMap(its -> number(its, name)).toList();
        if (values.isEmpty()) {
            return null;
        }
        double high = values.stream().mapToDouble(value -> value).max().orElseThrow();
        double low = values.stream().mapToDouble(value -> value).min().orElseThrow();
        double close = values.get(values.size() - 1);
        return new WindowMetric(name, values.get(0), high, low, close, mean(name, byTime, close));
    }

    /** Each value counts for as long as it holds: to the next sample. While there is none, no time counts. */
    private static double mean(String name, TreeMap<Long, SpecificRecord> byTime, double close) {
        BigDecimal weighted = BigDecimal.ZERO;
        long totalMs = 0;
        for (Map.Entry<Long, SpecificRecord> entry : byTime.entrySet()) {
            Long next = byTime.higherKey(entry.getKey());
            Double value = number(entry.getValue(), name).findFirst().orElse(null);
            if (next != null && value != null) {
                long heldMs = next - entry.getKey();
                weighted = weighted.add(new BigDecimal(value).multiply(BigDecimal.valueOf(heldMs)));
                totalMs += heldMs;
            }
        }
        if (totalMs == 0) {
            return close;
        }
        return weighted.divide(BigDecimal.valueOf(totalMs), Exact.DIGITS).doubleValue();
    }

    private static @Nullable Double smallest(Collection<SpecificRecord> samples, String field) {
        return samples.stream()
                .flatMap(sample -> number(sample, field))
                .min(Double::compare)
                .orElse(null);
    }

    private static Stream<Double> number(SpecificRecord sample, String field) {
        Object value = get(sample, field);
        return value == null ? Stream.empty() : Stream.of((Double) value);
    }

    private static long timeOf(SpecificRecord sample) {
        return (Long) Objects.requireNonNull(get(sample, "asOfMs"));
    }

    private static String subjectOf(SpecificRecord sample) {
        Object subject = get(sample, "subject");
        return subject == null ? get(sample, "venue") + ":" + get(sample, "symbol") : subject.toString();
    }

    private static @Nullable Object get(SpecificRecord sample, String field) {
        Schema.Field its = sample.getSchema().getField(field);
        return its == null ? null : sample.get(its.pos());
    }
}
