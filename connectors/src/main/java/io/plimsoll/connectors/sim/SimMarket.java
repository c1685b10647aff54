package io.plimsoll.connectors.sim;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One instrument's prices. The index follows a common factor and noise of its own, drawn back slowly to where it
 * started so that a long simulation stays in a plausible range; the mark is the index plus a premium that trading
 * pushes about.
 */
final class SimMarket {

    private static final double YEAR_SECONDS = 365 * 86_400.0;
    private static final double RETURN_SECONDS = 2 * 86_400.0;
    private static final double PREMIUM_SECONDS = 120;
    private static final double PREMIUM_NOISE = 0.000_02;
    private static final double PREMIUM_LIMIT = 0.01;
    /** Net notional bought that lifts the premium by one, USD, for a market of popularity 1. */
    private static final double DEPTH_USD = 20e6;

    private static final double[] BANDS = {0.005, 0.01, 0.02, 0.05};
    private static final double OWN_JUMPS_PER_SECOND = 1 / 1_200.0;
    private static final double INTEREST_8H = 0.0001;
    private static final double CLAMP_8H = 0.0005;
    private static final int PRICE_DIGITS = 6;

    final int index;
    final ListedInstrument instrument;
    final String key;
    final double lotsPerUnit;

    private final double startLog;
    private double log;
    private double premium;
    private double premiumSum;
    private int premiumSamples;
    private double markPrice;
    private double indexPrice;
    private long longLots;

    SimMarket(int index, ListedInstrument instrument) {
        this.index = index;
        this.instrument = instrument;
        this.key = Keys.market(ListedInstrument.VENUE, instrument.symbol());
        this.lotsPerUnit = instrument.lotsPerUnit();
        this.startLog = StrictMath.log(instrument.startPrice());
        this.log = startLog;
        reprice();
    }

    void tick(double seconds, double commonReturn, RandomGenerator random) {
        double own = instrument.yearlyVolatility() * StrictMath.sqrt(seconds / YEAR_SECONDS) * random.nextGaussian();
        double jump = random.nextDouble() < OWN_JUMPS_PER_SECOND * seconds ? jump(random) : 0;
        log += instrument.beta() * commonReturn + own + jump - (log - startLog) * seconds / RETURN_SECONDS;
        premium += -premium * seconds / PREMIUM_SECONDS
                + PREMIUM_NOISE * StrictMath.sqrt(seconds) * random.nextGaussian()
                + 0.05 * jump;
        premium = Math.max(-PREMIUM_LIMIT, Math.min(PREMIUM_LIMIT, premium));
        premiumSum += premium;
        premiumSamples++;
        reprice();
    }

    /** A sudden move, either way, of 0.6 % on average. */
    static double jump(RandomGenerator random) {
        double size = -0.006 * StrictMath.log(1 - random.nextDouble());
        return random.nextBoolean() ? size : -size;
    }

    /** Lets a trade push the premium, and a little of it the index; the new prices hold from the next tick. */
    void push(double aggressorNotionalUsd) {
        double impact = aggressorNotionalUsd / (DEPTH_USD * instrument.popularity());
        premium += 0.5 * impact;
        log += 0.2 * impact;
    }

    private void reprice() {
        indexPrice = rounded(StrictMath.exp(log));
        markPrice = rounded(StrictMath.exp(log) * (1 + premium));
    }

    /** Rounded to {@value #PRICE_DIGITS} digits, as venues quote. */
    private static double rounded(double price) {
        double scale = 1;
        for (double limit = price; limit < 100_000; limit *= 10) {
            scale *= 10;
        }
        return Math.round(price * scale) / scale;
    }

    /** Funding per hour from the mean premium since funding was last paid; longs pay when it is positive. */
    double fundingRate() {
        double mean = premiumSamples == 0 ? premium : premiumSum / premiumSamples;
        return (mean + Math.max(-CLAMP_8H, Math.min(CLAMP_8H, INTEREST_8H - mean))) / 8;
    }

    void startFundingHour() {
        premiumSum = 0;
        premiumSamples = 0;
    }

    double markPrice() {
        return markPrice;
    }

    double indexPrice() {
        return indexPrice;
    }

    double momentum() {
        return log - startLog;
    }

    double notionalUsd(long lots) {
        return lots / lotsPerUnit * markPrice;
    }

    /** Value of lots at a price, signed as the lots, millionths of a dollar. */
    long valueMicros(long lots, double price) {
        return Math.round(lots / lotsPerUnit * price * SimAccount.MICROS);
    }

    void addLongLots(long lots) {
        longLots += lots;
    }

    long longLots() {
        return longLots;
    }

    /** The book that trading's own push on the premium amounts to: as much per distance everywhere, on both sides. */
    Depth toDepth() {
        List<DepthLevel> levels = new ArrayList<>();
        for (double distance : BANDS) {
            double quantity = DEPTH_USD * instrument.popularity() * distance / markPrice;
            levels.add(new DepthLevel(distance, quantity, quantity, null, null));
        }
        return new Depth(ListedInstrument.VENUE, instrument.symbol(), markPrice, levels);
    }

    Price toRecord() {
        return new Price(
                ListedInstrument.VENUE,
                instrument.symbol(),
                markPrice,
                indexPrice,
                fundingRate(),
                1.0,
                longLots / lotsPerUnit,
                1.0,
                null,
                null);
    }
}
