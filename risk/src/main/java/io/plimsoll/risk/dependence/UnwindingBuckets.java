package io.plimsoll.risk.dependence;

/** How far the collateral of a looped loan is from being liquidated: bucket b holds falls up to its edge. */
public final class UnwindingBuckets {

    private static final double[] EDGES = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1};

    private UnwindingBuckets() {}

    /** Number of the buckets with an edge. */
    public static int count() {
        return EDGES.length;
    }

    /** The largest fall in a bucket, fraction; of bucket 0 none: liquidatable now. */
    public static double edge(int bucket) {
        return EDGES[bucket];
    }

    /** The bucket of a fall; {@link #count} where no fall liquidates. */
    public static int of(double fall) {
        int bucket = 0;
        while (bucket < EDGES.length && fall > EDGES[bucket]) {
            bucket++;
        }
        return bucket;
    }
}
