package io.plimsoll.topology.survey;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.dependence.DependenceSums;
import io.plimsoll.risk.dependence.LoopSums;
import io.plimsoll.risk.dependence.UnwindingBuckets;
import io.plimsoll.schemas.avro.CollateralLoop;
import io.plimsoll.schemas.avro.LoopUnwinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes looped loans, by family. */
final class LoopRecords {

    private LoopRecords() {}

    /**
     * The loops of some venues.
     *
     * @param owedMicroUsd what is owed there in all
     */
    static List<CollateralLoop> of(DependenceSums sums, Predicate<String> ofVenue, long owedMicroUsd) {
        SortedMap<String, SortedMap<Integer, LoopSums>> byFamily = new TreeMap<>();
        sums.loops().forEach((loop, loans) -> {
            if (ofVenue.test(loop.venue())) {
                byFamily.computeIfAbsent(loop.family(), family -> new TreeMap<>())
                        .merge(loop.bucket(), loans, LoopSums::plus);
            }
        });
        List<CollateralLoop> loops = new ArrayList<>();
        byFamily.forEach((family, buckets) -> loops.add(loop(family, buckets, owedMicroUsd)));
        loops.sort(Comparator.comparingDouble(CollateralLoop::getDebtUsd).reversed());
        return loops;
    }

    private static CollateralLoop loop(String family, SortedMap<Integer, LoopSums> buckets, long owedMicroUsd) {
        List<LoopUnwinding> unwinding = new ArrayList<>();
        LoopSums so = LoopSums.NONE;
        for (int bucket = 0; bucket < UnwindingBuckets.count(); bucket++) {
            so = so.plus(buckets.getOrDefault(bucket, LoopSums.NONE));
            unwinding.add(new LoopUnwinding(
                    UnwindingBuckets.edge(bucket),
                    so.loans(),
                    MicroUsd.toUsd(so.collateralMicroUsd()),
                    MicroUsd.toUsd(so.debtMicroUsd())));
        }
        LoopSums all = so.plus(buckets.getOrDefault(UnwindingBuckets.count(), LoopSums.NONE));
        return new CollateralLoop(
                family,
                all.loans(),
                MicroUsd.toUsd(all.collateralMicroUsd()),
                MicroUsd.toUsd(all.debtMicroUsd()),
                multiplier(all),
                CollateralRecords.share(all.debtMicroUsd(), owedMicroUsd),
                unwinding);
    }

    private static @Nullable Double multiplier(LoopSums all) {
        double multiplier = all.multiplier();
        return Double.isFinite(multiplier) ? (Double) multiplier : null;
    }
}
