package io.plimsoll.benchmarks;

import io.plimsoll.risk.Bands;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.watch.PriceWatch;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * (h) How many accounts are looked at per tick, and what that costs, against looking at all of them. Ticks are of all
 * markets at once; the last tenth is a crash: five times the volatility and a fall of about 30 %.
 */
final class AccountLooks {

    private static final double[] WIDTHS = {0.1, 0.25, 0.5};
    private static final int NAIVE_EVERY = 25;
    private static final int CRASH_SHARE = 10;
    private static final double CALM_MOVE = 0.0005;
    private static final double CRASH_MOVE = 0.0025;
    private static final double CRASH_FALL = 0.3;

    private final Figures figures;
    private final int ticks;
    private final int crashFrom;
    private final double[][] path;
    private final List<WatchedPool> pools = new ArrayList<>();
    private final Map<String, Integer> numberByMarket = new HashMap<>();
    private final MarginCall[] states;
    private int accounts;

    AccountLooks(int accounts, int ticks, Figures figures) {
        this.figures = figures;
        this.ticks = ticks;
        this.crashFrom = ticks - ticks / CRASH_SHARE;
        this.path = path(ticks, crashFrom);
        Map<String, InstrumentTerms> terms = new HashMap<>();
        for (Instrument instrument : BenchMarkets.instruments()) {
            InstrumentTerms its = InstrumentTerms.of(instrument);
            numberByMarket.put(its.market(), terms.size());
            terms.put(its.market(), its);
        }
        for (int i = 0; i < accounts; i++) {
            HeldAccount held = held(BenchAccount.number(i), terms);
            this.accounts++;
            pools.addAll(WatchedPool.all(held.movedPools(), null, 0.001));
        }
        this.states = new MarginCall[pools.size()];
    }

    void run() {
        double naive = naiveNanosPerTick();
        String of = String.format(Locale.ROOT, " of %,d accounts, ticks of %d markets", accounts, BenchMarkets.COUNT);
        figures.add("h", "naive-microseconds", "a tick that looks at every one" + of, naive / 1e3, "us/tick");
        for (double width : WIDTHS) {
            Run run = new Run(width);
            run.all();
            String band = String.format(Locale.ROOT, ", band width %.2f", width);
            figures.add("h", "looks-calm-" + width, "looked at per tick, calm" + of + band, run.calm(), "accounts");
            figures.add("h", "looks-crash-" + width, "looked at per tick, crash" + of + band, run.crash(), "accounts");
            figures.add(
                    "h",
                    "looks-ratio-" + width,
                    "looks saved over all ticks, 1 in" + band,
                    pools.size() / run.mean(),
                    "");
            figures.add(
                    "h",
                    "looks-ratio-calm-" + width,
                    "looks saved in the calm, 1 in" + band,
                    pools.size() / run.calm(),
                    "");
            figures.add(
                    "h",
                    "watch-microseconds-" + width,
                    "a tick, calm and crash" + band,
                    run.nanosPerTick() / 1e3,
                    "us/tick");
        }
    }

    private double naiveNanosPerTick() {
        long nanos = 0;
        int measured = 0;
        Bands bands = new Bands(WIDTHS[0], MarginCall.Levels.DEFAULT);
        Arrays.fill(states, MarginCall.OK);
        for (int tick = 0; tick < ticks; tick += NAIVE_EVERY) {
            Board board = new Board(numberByMarket, path[tick]);
            long start = System.nanoTime();
            for (int i = 0; i < states.length; i++) {
                states[i] = pools.get(i).state(board, states[i], bands.levels());
            }
            // The first rounds warm the JVM up.
            if (tick > ticks / 4) {
                nanos += System.nanoTime() - start;
                measured++;
            }
        }
        return (double) nanos / measured;
    }

    /** All pools under watch along the path. */
    private final class Run {
        private final Bands bands;
        private final PriceWatch watch = new PriceWatch();
        private final long[] looks = new long[ticks];
        private long nanos;
        private Board board = new Board(numberByMarket, path[0]);

        Run(double width) {
            bands = new Bands(width, MarginCall.Levels.DEFAULT);
            Arrays.fill(states, MarginCall.OK);
            watch.prices(path[0], this::look);
            for (int i = 0; i < states.length; i++) {
                look(watch.add());
            }
        }

        void all() {
            for (int tick = 1; tick < ticks; tick++) {
                long before = watch.looks();
                board = new Board(numberByMarket, path[tick]);
                long start = System.nanoTime();
                watch.prices(path[tick], this::look);
                nanos += System.nanoTime() - start;
                looks[tick] = watch.looks() - before;
            }
        }

        private void look(int slot) {
            WatchedPool pool = pools.get(slot);
            MarginCall state = pool.state(board, states[slot], bands.levels());
            states[slot] = state;
            pool.bands(bands, state, board, (market, low, high) -> watch.band(slot, number(market), low, high));
        }

        private int number(String market) {
            return Objects.requireNonNull(numberByMarket.get(market));
        }

        double mean() {
            return Arrays.stream(looks).average().orElseThrow();
        }

        double calm() {
            return Arrays.stream(looks, 1, crashFrom).average().orElseThrow();
        }

        double crash() {
            return Arrays.stream(looks, crashFrom, ticks).average().orElseThrow();
        }

        double nanosPerTick() {
            return (double) nanos / (ticks - 1);
        }
    }

    private record Board(Map<String, Integer> numberByMarket, double[] prices) implements Prices {

        @Override
        public double price(String market) {
            return prices[Objects.requireNonNull(numberByMarket.get(market))];
        }

        @Override
        public double quoteUsd(String market) {
            return 1;
        }
    }

    private static HeldAccount held(BenchAccount account, Map<String, InstrumentTerms> terms) {
        return HeldAccount.of(Keys.account(BenchMarkets.VENUE, account.name()), book(account), terms::get);
    }

    /** An account as the account store holds it. */
    static AccountBook book(BenchAccount account) {
        List<HeldPosition> positions = new ArrayList<>();
        for (Position position : account.positions()) {
            positions.add(new HeldPosition(
                    position.getSymbol(),
                    0L,
                    position.getSize(),
                    position.getEntryPrice(),
                    position.getIsolatedMargin(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        Collateral cash = account.collateral();
        List<HeldBalance> balances = cash == null
                ? List.of()
                : List.of(new HeldBalance(cash.getAsset(), 0L, cash.getQuantity(), 1.0, 1.0, null, null));
        return new AccountBook(positions, balances);
    }

    private static double[][] path(int ticks, int crashFrom) {
        SplittableRandom random = new SplittableRandom(10);
        double[][] path = new double[ticks][BenchMarkets.COUNT];
        for (int i = 0; i < BenchMarkets.COUNT; i++) {
            path[0][i] = BenchMarkets.startPrice(i);
        }
        for (int tick = 1; tick < ticks; tick++) {
            boolean crash = tick >= crashFrom;
            double move = crash ? CRASH_MOVE : CALM_MOVE;
            double common = move * random.nextGaussian() + (crash ? Math.log(1 - CRASH_FALL) / (ticks - crashFrom) : 0);
            for (int i = 0; i < BenchMarkets.COUNT; i++) {
                path[tick][i] = path[tick - 1][i] * Math.exp(common + move / 2 * random.nextGaussian());
            }
        }
        return path;
    }
}
