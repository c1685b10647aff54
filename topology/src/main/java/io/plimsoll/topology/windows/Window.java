package io.plimsoll.topology.windows;

import io.plimsoll.risk.WindowedMetrics;
import io.plimsoll.topology.avro.OpenWindow;
import io.plimsoll.topology.avro.TailSample;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window that may still change. */
final class Window {

    final String subject;
    final long sizeMs;
    final long startMs;
    final WindowedMetrics metrics;
    long stalenessMs;

    @Nullable
    Double minCoverageLong;

    @Nullable
    Double minCoverageShort;

    Window(String subject, long sizeMs, long startMs, int metrics, long graceMs) {
        this.subject = subject;
        this.sizeMs = sizeMs;
        this.startMs = startMs;
        this.metrics = new WindowedMetrics(metrics, graceMs);
    }

    Window(OpenWindow memory, long graceMs) {
        this.subject = memory.getSubject();
        this.sizeMs = memory.getSizeMs();
        this.startMs = memory.getStartMs();
        this.metrics = new WindowedMetrics(
                new WindowedMetrics.Memory(
                        array(memory.getSettled()),
                        memory.getSettledUpToMs(),
                        memory.getTail().stream()
                                .map(sample ->
                                        new WindowedMetrics.Sample(sample.getTimeMs(), array(sample.getValues())))
                                .toList(),
                        memory.getSamples(),
                        memory.getLate()),
                graceMs);
        this.stalenessMs = memory.getStalenessMs();
        this.minCoverageLong = memory.getMinCoverageLong();
        this.minCoverageShort = memory.getMinCoverageShort();
    }

    /** False where the sample is too old to be put in its place. */
    boolean add(Sample sample) {
        if (!metrics.add(new WindowedMetrics.Sample(sample.asOfMs(), sample.values()))) {
            return false;
        }
        stalenessMs = Math.max(stalenessMs, sample.stalenessMs());
        minCoverageLong = smaller(minCoverageLong, sample.coverageLong());
        minCoverageShort = smaller(minCoverageShort, sample.coverageShort());
        return true;
    }

    OpenWindow memory() {
        WindowedMetrics.Memory memory = metrics.memory();
        return new OpenWindow(
                subject,
                sizeMs,
                startMs,
                list(memory.settled()),
                memory.settledUpToMs(),
                memory.tail().stream()
                        .map(sample -> new TailSample(sample.timeMs(), list(sample.values())))
                        .toList(),
                memory.samples(),
                memory.late(),
                stalenessMs,
                minCoverageLong,
                minCoverageShort);
    }

    long endMs() {
        return startMs + sizeMs;
    }

    String key() {
        return key(subject, sizeMs, startMs);
    }

    static String key(String subject, long sizeMs, long startMs) {
        return subject + "@" + sizeMs + "@" + startMs;
    }

    private static @Nullable Double smaller(@Nullable Double one, @Nullable Double other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
