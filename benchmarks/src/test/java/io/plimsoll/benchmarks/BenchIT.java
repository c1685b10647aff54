package io.plimsoll.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.benchmarks.BenchOptions.Part;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.topology.measures.MeasureGroup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchIT {

    @Test
    void shouldGiveAFigureForEachMeasurement() {
        AvroSerdes.trustOwnRecords();
        // Not the restart: it waits for the session of the stopped instance to time out.
        BenchOptions tiny = new BenchOptions(
                EnumSet.complementOf(EnumSet.of(Part.G)),
                List.of(100L, 200L),
                List.of(100L),
                200,
                200,
                100,
                500,
                0.2,
                1,
                2,
                Map.of(),
                EnumSet.allOf(MeasureGroup.class));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Figures figures = new Figures(new PrintStream(printed, true, StandardCharsets.UTF_8), true);

        try (BenchBroker broker = BenchBroker.start(tiny.partitions(), tiny.measures())) {
            Bench.measure(broker, tiny, figures);
        }

        assertThat(figures.all())
                .extracting(Figures.Figure::name)
                .contains(
                        "engine",
                        "positions",
                        "ticks-100",
                        "ticks-200",
                        "naive-ticks-100",
                        "latency-steady-p99",
                        "latency-half-p99",
                        "alert-load",
                        "alert-market-p99",
                        "alert-account-p99.9",
                        "alert-engine-limit-p99",
                        "alert-observation",
                        "api-request-p99",
                        "api-states-ratio-p99",
                        "heap");
        assertThat(figures.all())
                .filteredOn(figure -> !figure.name().equals("bytes-per-position")
                        && !figure.name().endsWith("-stolen"))
                .allSatisfy(figure -> assertThat(figure.value())
                        .describedAs(figure.name())
                        .isPositive()
                        .isFinite());
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSameSizeAs(figures.all())
                .allMatch(line -> line.startsWith("{") && line.contains("\"unit\""));
    }
}
