package io.plimsoll.connectors.sim;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The simulated venue, moved on step by step without any clock: the same settings and steps give the same records.
 * Positions and balances are written whole when they change, with tombstones when they are closed; prices at every
 * step, and each forced closing. Accounts that are not published take part like others, but no record shows them.
 */
public final class MarketModel {

    /** Simulated time that a step takes, milliseconds. */
    public static final int STEP_MS = 250;

    private static final double STEP_SECONDS = STEP_MS / 1_000.0;
    private static final long FUNDING_MS = 3_600_000;
    private static final long DEPTH_MS = 1_000;
    private static final double TRADES_PER_ACCOUNT_SECOND = 0.01;
    private static final double YEAR_SECONDS = 365 * 86_400.0;
    private static final double FACTOR_YEARLY_VOLATILITY = 0.5;
    private static final double FACTOR_JUMPS_PER_SECOND = 1 / 1_800.0;

    /** The venue's past: that many coarse steps, unseen, build up positions at scattered entry prices. */
    private static final int PAST_STEPS = 120;

    private static final double PAST_STEP_SECONDS = 300;
    private static final double PAST_TRADES_PER_ACCOUNT = 3;

    private final RecordSink sink;
    private final RandomGenerator random;
    private final SimVenue venue;
    private final SimTraders traders;
    private final SimLiquidator liquidator;
    private final long startMs;
    private final double speed;
    private long simulatedMs;
    private double tradesDue;

    /**
     * A venue with a past, of which nothing is published yet.
     *
     * @param startMs event time of the start, epoch milliseconds
     */
    public MarketModel(SimulatorSettings settings, RecordSink sink, long startMs) {
        this.sink = sink;
        this.random = new SplittableRandom(settings.seed());
        this.venue = new SimVenue(settings, random);
        this.traders = new SimTraders(venue, random);
        this.liquidator = new SimLiquidator(venue, traders);
        this.startMs = startMs;
        this.speed = settings.speed();
        for (int i = 0; i < PAST_STEPS; i++) {
            move(PAST_STEP_SECONDS, settings.accounts() * PAST_TRADES_PER_ACCOUNT / PAST_STEPS);
        }
        venue.markets.forEach(SimMarket::startFundingHour);
        liquidator.takeUntold();
    }

    /** Event time of the records that the last step wrote, epoch milliseconds. */
    public long eventTimeMs() {
        return startMs + (long) (simulatedMs / speed);
    }

    /** Event time of the records that the next step will write. */
    public long nextEventTimeMs() {
        return startMs + (long) ((simulatedMs + STEP_MS) / speed);
    }

    /** Writes every instrument, price, balance and position as they are. */
    public void publishAll() {
        for (SimMarket market : venue.markets) {
            sink.write(Topics.INSTRUMENTS.name(), market.key, eventTimeMs(), market.instrument.toRecord());
        }
        writePrices();
        writeDepths();
        for (SimAccount account : venue.accounts) {
            account.cashChanged = true;
            account.changedMarkets.addAll(account.positions.keySet());
            writeAccount(account);
        }
        venue.changedAccounts.clear();
    }

    /** Moves the venue on by {@value #STEP_MS} simulated milliseconds and writes what changed. */
    public void step() {
        simulatedMs += STEP_MS;
        move(STEP_SECONDS, venue.accounts.size() * TRADES_PER_ACCOUNT_SECOND * STEP_SECONDS);
        if (simulatedMs % FUNDING_MS == 0) {
            venue.payFunding();
        }
        writePrices();
        if (simulatedMs % DEPTH_MS == 0) {
            writeDepths();
        }
        writeLiquidations();
        venue.changedAccounts.forEach(index -> writeAccount(venue.accounts.get(index)));
        venue.changedAccounts.clear();
    }

    private void move(double seconds, double trades) {
        double factor = FACTOR_YEARLY_VOLATILITY * StrictMath.sqrt(seconds / YEAR_SECONDS) * random.nextGaussian();
        if (random.nextDouble() < FACTOR_JUMPS_PER_SECOND * seconds) {
            factor += SimMarket.jump(random);
        }
        for (SimMarket market : venue.markets) {
            market.tick(seconds, factor, random);
        }
        liquidator.sweep();
        for (tradesDue += trades; tradesDue >= 1; tradesDue--) {
            traders.act();
        }
    }

    private void writePrices() {
        for (SimMarket market : venue.markets) {
            sink.write(Topics.PRICES.name(), market.key, eventTimeMs(), market.toRecord());
        }
    }

    private void writeDepths() {
        for (SimMarket market : venue.markets) {
            sink.write(Topics.DEPTH.name(), market.key, eventTimeMs(), market.toDepth());
        }
    }

    /** All of them: a venue reports its liquidations, whoever's they are. */
    private void writeLiquidations() {
        for (SimLiquidation forced : liquidator.takeUntold()) {
            sink.write(Topics.LIQUIDATIONS.name(), forced.market().key, eventTimeMs(), forced.toRecord());
        }
    }

    private void writeAccount(SimAccount account) {
        if (account.published) {
            writeCollateral(account);
            account.changedMarkets.forEach(index -> writePosition(account, venue.markets.get(index)));
        }
        account.changedMarkets.clear();
        account.cashChanged = false;
    }

    private void writeCollateral(SimAccount account) {
        boolean shown = account.cashMicros != 0 || !account.positions.isEmpty();
        if (account.cashChanged && (shown || account.cashShown)) {
            String key = Keys.collateral(ListedInstrument.VENUE, account.name, ListedInstrument.SETTLE_ASSET);
            sink.write(Topics.COLLATERAL.name(), key, eventTimeMs(), shown ? account.toRecord() : null);
            account.cashShown = shown;
        }
    }

    private void writePosition(SimAccount account, SimMarket market) {
        SimPosition position = account.position(market);
        boolean wasShown =
                position == null ? account.shownMarkets.remove(market.index) : !account.shownMarkets.add(market.index);
        if (position != null || wasShown) {
            String key = Keys.position(ListedInstrument.VENUE, account.name, market.instrument.symbol());
            sink.write(
                    Topics.POSITIONS.name(),
                    key,
                    eventTimeMs(),
                    position == null ? null : position.toRecord(account.name));
        }
    }

    /** The books behind the records, unpublished accounts included. */
    SimVenue venue() {
        return venue;
    }

    /** Forced closings since the venue's past began. */
    long liquidations() {
        return liquidator.liquidations();
    }
}
