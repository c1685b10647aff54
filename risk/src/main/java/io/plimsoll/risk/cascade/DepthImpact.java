package io.plimsoll.risk.cascade;

import java.util.Arrays;

/**
 * The book as it stands: how much rests within which distance of the middle, spread evenly inside each band.
 *
 * <p>What lies beyond the last band is not known, and has to be said: nothing ({@link #ending}), or as much per distance
 * as in the last band, to a stated reach ({@link #carriedOn}). Whether a book is crossed, frozen or stale is to be found
 * out before it comes here.
 */
public final class DepthImpact implements Impact {

    /** From the middle, where nothing rests, outwards. */
    private final double[] distances;

    private final double[] volumes;

    private DepthImpact(double[] distances, double[] volumes) {
        this.distances = distances;
        this.volumes = volumes;
    }

    /**
     * Nothing rests beyond the last band.
     *
     * @param distances outer edges of the bands, in ln(price) from the middle, > 0, rising
     * @param volumes all that rests from the middle to each edge, >= 0, not falling
     */
    public static DepthImpact ending(double[] distances, double[] volumes) {
        check(distances, volumes);
        double[] from0 = new double[distances.length + 1];
        double[] resting = new double[distances.length + 1];
        System.arraycopy(distances, 0, from0, 1, distances.length);
        System.arraycopy(volumes, 0, resting, 1, distances.length);
        return new DepthImpact(from0, resting);
    }

    /**
     * The last band's density goes on.
     *
     * @param reach distance to which it does, in ln(price), not below the last edge; nothing rests beyond
     */
    public static DepthImpact carriedOn(double[] distances, double[] volumes, double reach) {
        DepthImpact known = ending(distances, volumes);
        int last = distances.length;
        double edge = known.distances[last];
        if (!(reach >= edge) || reach == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "reach is " + reach + ", allowed is a number from the last edge " + edge);
        }
        if (reach == edge) {
            return known;
        }
        double density = (known.volumes[last] - known.volumes[last - 1]) / (edge - known.distances[last - 1]);
        double[] farther = Arrays.copyOf(known.distances, last + 2);
        double[] more = Arrays.copyOf(known.volumes, last + 2);
        farther[last + 1] = reach;
        more[last + 1] = known.volumes[last] + density * (reach - edge);
        return new DepthImpact(farther, more);
    }

    private static void check(double[] distances, double[] volumes) {
        if (distances.length == 0 || distances.length != volumes.length) {
            throw new IllegalArgumentException(distances.length + " edges and " + volumes.length
                    + " volumes, allowed is as many of both, at least 1");
        }
        double distance = 0;
        double volume = 0;
        for (int i = 0; i < distances.length; i++) {
            if (!(distances[i] > distance) || distances[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("distances must rise from 0: " + Arrays.toString(distances));
            }
            if (!(volumes[i] >= volume) || volumes[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("volumes must not fall: " + Arrays.toString(volumes));
            }
            distance = distances[i];
            volume = volumes[i];
        }
    }

    @Override
    public double move(double volume) {
        if (volume <= 0) {
            return 0;
        }
        int last = volumes.length - 1;
        if (volume > volumes[last]) {
            return Double.POSITIVE_INFINITY;
        }
        int outer = firstAtLeast(volume);
        double part = (volume - volumes[outer - 1]) / (volumes[outer] - volumes[outer - 1]);
        // The sum may be rounded past the edge; the move must not fall in the next band.
        return Math.min(distances[outer], distances[outer - 1] + part * (distances[outer] - distances[outer - 1]));
    }

    @Override
    public double slope(double volume) {
        int last = volumes.length - 1;
        if (volume >= volumes[last]) {
            return Double.POSITIVE_INFINITY;
        }
        int outer = firstAtLeast(volume);
        while (volumes[outer] <= volume) {
            outer++;
        }
        return (distances[outer] - distances[outer - 1]) / (volumes[outer] - volumes[outer - 1]);
    }

    /** The first edge within which the volume rests. */
    private int firstAtLeast(double volume) {
        int low = 0;
        int high = volumes.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (volumes[middle] >= volume) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public double capacity() {
        return volumes[volumes.length - 1];
    }

    @Override
    public DepthImpact withDepth(double share) {
        Checks.share(share);
        double[] remaining = volumes.clone();
        for (int i = 0; i < remaining.length; i++) {
            remaining[i] *= share;
        }
        return new DepthImpact(distances, remaining);
    }

    @Override
    public String toString() {
        return "DepthImpact[distances=" + Arrays.toString(distances) + ", volumes=" + Arrays.toString(volumes) + "]";
    }
}
