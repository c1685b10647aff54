package io.plimsoll.risk.cascade;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Forced volume of one direction in the order in which the price reaches it: rungs with a lower and an upper edge in the
 * direction's coordinate, lots and accounts. Immutable.
 *
 * <p>The same holds a ladder by bankruptcy price.
 */
public final class TriggerLadder {

    private final Direction direction;
    private final int[] places;
    private final double[] near;
    private final double[] far;
    private final long[] lots;
    private final int[] accounts;

    /** Lots of the first k rungs, at k; so for the accounts. */
    private final long[] lotsBefore;

    private final int[] accountsBefore;

    private TriggerLadder(Direction direction, int[] places, double[] near, double[] far, long[] lots, int[] accounts) {
        this.direction = direction;
        this.places = places;
        this.near = near;
        this.far = far;
        this.lots = lots;
        this.accounts = accounts;
        lotsBefore = new long[lots.length + 1];
        accountsBefore = new int[lots.length + 1];
        for (int i = 0; i < lots.length; i++) {
            lotsBefore[i + 1] = Math.addExact(lotsBefore[i], lots[i]);
            accountsBefore[i + 1] = Math.addExact(accountsBefore[i], accounts[i]);
        }
    }

    /**
     * One side of a ladder: longs for falls, shorts for rises.
     *
     * @param rungs by rising price, as {@link Ladder#rungs()} gives them
     * @param grid whose cells the buckets are
     */
    public static TriggerLadder of(List<Ladder.Rung> rungs, PriceGrid grid, Direction direction) {
        boolean fall = direction == Direction.FALL;
        int size = 0;
        for (Ladder.Rung rung : rungs) {
            size += positions(rung, fall) > 0 ? 1 : 0;
        }
        int[] places = new int[size];
        double[] near = new double[size];
        double[] far = new double[size];
        long[] lots = new long[size];
        int[] accounts = new int[size];
        int i = 0;
        for (int n = 0; n < rungs.size(); n++) {
            Ladder.Rung rung = rungs.get(fall ? rungs.size() - 1 - n : n);
            if (positions(rung, fall) == 0) {
                continue;
            }
            double lower = rung.bucket() * grid.width();
            double upper = (rung.bucket() + 1) * grid.width();
            places[i] = rung.bucket();
            near[i] = fall ? upper : -lower;
            far[i] = fall ? lower : -upper;
            lots[i] = fall ? rung.longLots() : rung.shortLots();
            accounts[i] = positions(rung, fall);
            if (i > 0 && near[i] >= near[i - 1]) {
                throw new IllegalArgumentException("rungs are not by rising price at bucket " + rung.bucket());
            }
            i++;
        }
        return new TriggerLadder(direction, places, near, far, lots, accounts);
    }

    private static int positions(Ladder.Rung rung, boolean fall) {
        return fall ? rung.longPositions() : rung.shortPositions();
    }

    /**
     * Single triggers at known places, one account each; equal ones stay apart. A trigger's place is its number in the
     * input.
     *
     * @param triggers in the direction's coordinate, in any order
     * @param lots of each, >= 0
     */
    public static TriggerLadder exact(Direction direction, double[] triggers, long[] lots) {
        int[] places = IntStream.range(0, triggers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -triggers[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] levels = new double[triggers.length];
        long[] sizes = new long[triggers.length];
        int[] accounts = new int[triggers.length];
        for (int i = 0; i < places.length; i++) {
            levels[i] = triggers[places[i]];
            sizes[i] = lots[places[i]];
            accounts[i] = 1;
            if (Double.isNaN(levels[i]) || sizes[i] < 0) {
                throw new IllegalArgumentException("trigger " + places[i] + " is at " + levels[i] + " with " + sizes[i]
                        + " lots, allowed is a number with 0 or more");
            }
        }
        return new TriggerLadder(direction, places, levels, levels, sizes, accounts);
    }

    /**
     * The ladder and more lots, of no account.
     *
     * @param more lots by bucket
     * @param grid whose cells the buckets of both are
     */
    TriggerLadder with(Map<Integer, Long> more, PriceGrid grid) {
        boolean fall = direction == Direction.FALL;
        NavigableMap<Integer, long[]> all =
                new TreeMap<>(fall ? Comparator.<Integer>reverseOrder() : Comparator.naturalOrder());
        for (int i = 0; i < places.length; i++) {
            all.put(places[i], new long[] {lots[i], accounts[i]});
        }
        more.forEach((place, added) -> {
            long[] its = all.computeIfAbsent(place, none -> new long[2]);
            its[0] = Math.addExact(its[0], added);
        });
        int[] allPlaces = new int[all.size()];
        double[] allNear = new double[all.size()];
        double[] allFar = new double[all.size()];
        long[] allLots = new long[all.size()];
        int[] allAccounts = new int[all.size()];
        int i = 0;
        for (Map.Entry<Integer, long[]> entry : all.entrySet()) {
            double lower = entry.getKey() * grid.width();
            double upper = (entry.getKey() + 1) * grid.width();
            allPlaces[i] = entry.getKey();
            allNear[i] = fall ? upper : -lower;
            allFar[i] = fall ? lower : -upper;
            allLots[i] = entry.getValue()[0];
            allAccounts[i++] = (int) entry.getValue()[1];
        }
        return new TriggerLadder(direction, allPlaces, allNear, allFar, allLots, allAccounts);
    }

    /**
     * The ladder without some of the lots of one account, and without the account.
     *
     * @param place bucket of its rung
     */
    public TriggerLadder without(int place, long removed) {
        int i = rungAt(place);
        if (i < 0 || lots[i] < removed || removed < 0 || accounts[i] == 0) {
            throw new IllegalArgumentException("no account with " + removed + " lots at " + place);
        }
        long[] fewerLots = lots.clone();
        int[] fewerAccounts = accounts.clone();
        fewerLots[i] -= removed;
        fewerAccounts[i]--;
        return new TriggerLadder(direction, places, near, far, fewerLots, fewerAccounts);
    }

    /** Number of the rung, in the order in which they are reached, of a bucket; negative where it has none. */
    int rungAt(int place) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == place) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Where each rung is triggered. Rounding to buckets never puts a trigger at or beyond the present price: of a bucket
     * in which the price stands, the pessimistic reading is just before it.
     */
    double[] levels(Reading reading, double spot) {
        double[] levels = (reading == Reading.PESSIMISTIC ? near : far).clone();
        double next = Math.nextDown(spot);
        for (int i = 0; i < levels.length && levels[i] >= spot; i++) {
            if (far[i] < spot) {
                levels[i] = next;
            }
        }
        return levels;
    }

    /** Which way the price has to go. */
    public Direction direction() {
        return direction;
    }

    /** Rungs that hold something. */
    public int size() {
        return places.length;
    }

    /** All lots. */
    public long lots() {
        return lotsBefore[places.length];
    }

    /** Lots of the first rungs that the price reaches. */
    public long lotsOf(int rungs) {
        return lotsBefore[rungs];
    }

    /** Accounts of the first rungs that the price reaches. */
    public int accountsOf(int rungs) {
        return accountsBefore[rungs];
    }

    /** Bucket of a rung; of exact triggers, its number in the input. */
    public int place(int rung) {
        return places[rung];
    }

    @Override
    public String toString() {
        return "TriggerLadder[" + direction + ", places=" + Arrays.toString(places) + ", lots=" + Arrays.toString(lots)
                + "]";
    }
}
