package io.plimsoll.benchmarks;

import io.plimsoll.topology.measures.MeasureGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be measured, and how long.
 *
 * @param parts letters of the measurements
 * @param positions open positions at which ticks are measured, rising
 * @param naivePositions the same for the naive topology
 * @param latencyPositions open positions while latency is measured
 * @param steadyTicksPerSecond rate of ticks of a quiet day while latency is measured
 * @param updatedAccounts accounts whose positions change in (b)
 * @param firstRound records of the first round of a saturation measurement
 * @param seconds how long each measurement lasts at least
 * @param threads stream threads
 * @param partitions partitions of all topics
 * @param streams settings of Kafka Streams in (i) and (j), as a user would set them
 * @param measures groups of measures in force
 */
record BenchOptions(
        Set<Part> parts,
        List<Long> positions,
        List<Long> naivePositions,
        long latencyPositions,
        double steadyTicksPerSecond,
        long updatedAccounts,
        long firstRound,
        double seconds,
        int threads,
        int partitions,
        Map<String, String> streams,
        Set<MeasureGroup> measures) {

    /** The measurements. */
    enum Part {
        A("Kafka Streams passing on, one repartition"),
        B("position updates"),
        C("price ticks"),
        D("price ticks, naive topology"),
        E("latency"),
        F("memory"),
        G("restart"),
        H("accounts looked at per tick"),
        I("event to alert"),
        J("HTTP beside the load"),
        S("scenario rounds");

        private final String what;

        Part(String what) {
            this.what = what;
        }

        String letter() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String what() {
            return what;
        }
    }

    BenchOptions {
        parts = Set.copyOf(parts);
        streams = Map.copyOf(streams);
        measures = Set.copyOf(measures);
        positions = positions.stream().sorted().distinct().toList();
        naivePositions = naivePositions.stream().sorted().distinct().toList();
        if (positions.isEmpty()) {
            throw new IllegalArgumentException("positions are missing, allowed is one number or more");
        }
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    long mostPositions() {
        return positions.get(positions.size() - 1);
    }
}
