package io.plimsoll.risk.watch;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Finds on each price tick exactly the watchers whose price band was left, without touching the others.
 *
 * <p>A watcher is a slot. It sets bands: per market, an open interval of prices within which it need not be looked at. A
 * tick that brings a price to or below the lower end, or to or above the upper end, hands the slot to the callback, once
 * per tick however many bands were left. By then all its bands on all markets are void; the callback sets new ones. A
 * band that is already left when it is set is looked at on the next tick, whatever market that tick is on and wherever
 * it goes.
 *
 * <p>What bands make of accounts, their error bound and cost: see the package. Memory: 8 bytes per slot and 16 per
 * threshold, of which a band has up to two, in arrays that grow by half when live thresholds fill three quarters.
 *
 * <p>Void bands are found by a version number per slot and dropped when they surface, when a heap is full, and when they
 * outnumber the live ones. A version goes on when its slot is recycled. Nothing is allocated per tick once the arrays
 * have grown. Slots and markets are small numbers from 0. Not for use by several threads.
 */
public final class PriceWatch {

    /** Share of a heap beyond which one pass is cheaper than popping: k pops cost k log2 n, about n at a tenth. */
    public static final double DEFAULT_STORM_SHARE = 0.1;

    private static final int VOID_ALLOWED = 64;
    private static final int FIRST_CAPACITY = 16;

    private final double stormShare;
    private final LongConsumer whenReached = this::take;

    private double[] prices = {};
    private ThresholdHeap[] falling = {};
    private ThresholdHeap[] rising = {};

    private WatchSlots slots = new WatchSlots();

    /** Owners to be looked at: on this tick those taken by it, between ticks those of bands set too late. */
    private long[] due = {};

    private int dueCount;

    /** Thresholds in all heaps, void ones included. */
    private long thresholds;

    private boolean inTick;

    private long looks;
    private long pops;
    private long scans;

    /** With the default storm share. */
    public PriceWatch() {
        this(DEFAULT_STORM_SHARE);
    }

    /**
     * Creates an empty index.
     *
     * @param stormShare when a tick has popped more than this share of a market's thresholds in one direction (void ones
     *     included), the rest is taken by one pass and the heap rebuilt after the callbacks; 0 to 1, where 1 always pops.
     *     Changes the cost, never who is looked at
     */
    public PriceWatch(double stormShare) {
        if (!(stormShare >= 0 && stormShare <= 1)) {
            throw new IllegalArgumentException("stormShare is " + stormShare + ", must be 0 to 1");
        }
        this.stormShare = stormShare;
    }

    /** A new watcher without bands. Its slot may be one that was removed before. */
    public int add() {
        return slots.add();
    }

    /**
     * Sets a band. It is added to those the watcher has: a second band on the same market can narrow the first, not
     * widen it; to widen it, {@link #forget} first.
     *
     * @param lower looked at when the price is at or below; 0 or less for none
     * @param upper looked at when the price is at or above, > 0; positive infinity for none
     * @throws IllegalArgumentException if an end is NaN, the lower infinite or the upper not above zero
     */
    public void band(int slot, int market, double lower, double upper) {
        slots.requireInUse(slot);
        if (!(lower < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lower is " + lower + ", must be a number or 0 for none");
        }
        if (!(upper > 0)) {
            throw new IllegalArgumentException("upper is " + upper + ", must be above 0 or infinite for none");
        }
        reserveMarket(market);
        if (prices[market] <= lower || prices[market] >= upper) {
            addDue(slots.owner(slot));
            return;
        }
        if (lower > 0) {
            push(falling[market], -lower, slot);
        }
        if (upper < Double.POSITIVE_INFINITY) {
            push(rising[market], upper, slot);
        }
    }

    /** Makes all bands of a watcher void; it is no longer due either. */
    public void forget(int slot) {
        slots.requireInUse(slot);
        slots.makeVoid(slot);
        dropVoidIfMany();
    }

    /** Ends a watcher. Its slot may be handed out again. */
    public void remove(int slot) {
        slots.requireInUse(slot);
        slots.remove(slot);
        dropVoidIfMany();
    }

    /** Ends all watchers and forgets all prices; the counters go on. */
    public void clear() {
        requireBetweenTicks();
        prices = new double[0];
        falling = new ThresholdHeap[0];
        rising = new ThresholdHeap[0];
        slots = new WatchSlots();
        due = new long[0];
        dueCount = 0;
        thresholds = 0;
    }

    /**
     * A tick on one market.
     *
     * @param price finite, > 0
     * @param look is given each watcher that left a band, bands void. It may set bands and add, forget or remove
     *     watchers, not tick. If it throws, those not yet done, and the one it threw on, are due on the next tick
     */
    public void price(int market, double price, IntConsumer look) {
        requireBetweenTicks();
        requirePrice(market, price);
        reserveMarket(market);
        move(market, price);
        lookAtDue(market, market + 1, look);
    }

    /**
     * A tick on several markets at once: a watcher is looked at once, when all prices are known.
     *
     * @param newPrices by market; NaN for a market that is not part of the tick. May be shorter than the markets known
     * @param look as in {@link #price(int, double, IntConsumer)}
     */
    public void prices(double[] newPrices, IntConsumer look) {
        requireBetweenTicks();
        for (int market = 0; market < newPrices.length; market++) {
            if (!Double.isNaN(newPrices[market])) {
                requirePrice(market, newPrices[market]);
            }
        }
        if (newPrices.length > 0) {
            reserveMarket(newPrices.length - 1);
        }
        for (int market = 0; market < newPrices.length; market++) {
            if (!Double.isNaN(newPrices[market])) {
                move(market, newPrices[market]);
            }
        }
        lookAtDue(0, newPrices.length, look);
    }

    /** Present price; NaN where none is known. */
    public double price(int market) {
        return market < prices.length ? prices[market] : Double.NaN;
    }

    /** Watchers, count. */
    public int size() {
        return slots.inUse();
    }

    /** Thresholds that still count. */
    public long thresholds() {
        return slots.live();
    }

    /** Thresholds that are void but still take room; between ticks never more than live ones, but for a small number. */
    public long voidThresholds() {
        return thresholds - slots.live();
    }

    /** Callbacks made, count since the start. */
    public long looks() {
        return looks;
    }

    /** Thresholds popped one by one, void ones included, count since the start. */
    public long pops() {
        return pops;
    }

    /** Passes over a heap because of a storm, count since the start. */
    public long scans() {
        return scans;
    }

    /** Heap memory taken by the arrays, in bytes, without object headers. */
    public long bytes() {
        long bytes = (long) prices.length * Double.BYTES + slots.bytes() + (long) due.length * Long.BYTES;
        for (int market = 0; market < prices.length; market++) {
            bytes += falling[market].bytes() + rising[market].bytes();
        }
        return bytes;
    }

    private void push(ThresholdHeap heap, double key, int slot) {
        int before = heap.size();
        heap.push(key, slots.owner(slot), slots);
        thresholds += heap.size() - before;
        slots.hold(slot);
    }

    private void move(int market, double price) {
        prices[market] = price;
        take(falling[market], -price);
        take(rising[market], price);
    }

    private void take(ThresholdHeap heap, double key) {
        int before = heap.size();
        double storm = stormShare * before;
        int popped = 0;
        while (heap.isReached(key)) {
            if (popped > storm) {
                scans++;
                heap.sweep(key, slots, whenReached);
                break;
            }
            popped++;
            long owner = heap.pop();
            if (slots.isLive(owner)) {
                take(owner);
            }
        }
        pops += popped;
        thresholds -= before - heap.size();
    }

    /** All thresholds reached are off the heaps before the first callback, so what callbacks set waits for a tick. */
    private void lookAtDue(int fromMarket, int toMarket, IntConsumer look) {
        int last = dueCount;
        int next = 0;
        inTick = true;
        try {
            while (next < last) {
                if (slots.isLive(due[next])) {
                    int slot = WatchSlots.slot(due[next]);
                    slots.makeVoid(slot);
                    looks++;
                    look.accept(slot);
                }
                next++;
            }
        } finally {
            inTick = false;
            if (next < last) {
                keepDue(next);
            }
            dueCount -= next;
            System.arraycopy(due, next, due, 0, dueCount);
            for (int market = fromMarket; market < toMarket; market++) {
                falling[market].order();
                rising[market].order();
            }
            dropVoidIfMany();
        }
    }

    /** A watcher that is taken has no bands left, so it is taken once. */
    private void take(long owner) {
        int slot = WatchSlots.slot(owner);
        slots.makeVoid(slot);
        addDue(slots.owner(slot));
    }

    private void keepDue(int index) {
        int slot = WatchSlots.slot(due[index]);
        if (slots.isInUse(slot)) {
            due[index] = slots.owner(slot);
        }
    }

    private void dropVoidIfMany() {
        if (inTick) {
            return;
        }
        boolean versionTurned = slots.takeVersionTurned();
        if (voidThresholds() <= thresholds() + VOID_ALLOWED && !versionTurned) {
            return;
        }
        for (int market = 0; market < prices.length; market++) {
            falling[market].dropVoid(slots);
            falling[market].trim();
            rising[market].dropVoid(slots);
            rising[market].trim();
        }
        thresholds = slots.live();
    }

    private void addDue(long owner) {
        if (dueCount == due.length) {
            due = Arrays.copyOf(due, Math.max(FIRST_CAPACITY, dueCount + (dueCount >> 1)));
        }
        due[dueCount++] = owner;
    }

    private void reserveMarket(int market) {
        int from = prices.length;
        if (market < from) {
            return;
        }
        int to = Math.max(market + 1, from + (from >> 1));
        prices = Arrays.copyOf(prices, to);
        falling = Arrays.copyOf(falling, to);
        rising = Arrays.copyOf(rising, to);
        for (int i = from; i < to; i++) {
            prices[i] = Double.NaN;
            falling[i] = new ThresholdHeap();
            rising[i] = new ThresholdHeap();
        }
    }

    private static void requirePrice(int market, double price) {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "price of market " + market + " is " + price + ", must be finite and above 0");
        }
    }

    private void requireBetweenTicks() {
        if (inTick) {
            throw new IllegalStateException("called from within a look; only bands and watchers may be changed there");
        }
    }
}
