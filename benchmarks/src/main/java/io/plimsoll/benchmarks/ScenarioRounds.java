package io.plimsoll.benchmarks;

import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.SquareRootImpact;
import io.plimsoll.risk.scenario.Fallen;
import io.plimsoll.risk.scenario.RoundMode;
import io.plimsoll.risk.scenario.ScenarioAccount;
import io.plimsoll.risk.scenario.ScenarioMarket;
import io.plimsoll.risk.scenario.ScenarioRun;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.risk.scenario.SliceRound;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.AccountBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;

/**
 * (s) What a round of a scenario costs on one thread, both ways of moving prices at once, with every account read from
 * its bytes as the account store holds them; against a scan that reads them the same way and asks every pool once.
 */
final class ScenarioRounds {

    private static final double SHOCK = -0.15;
    private static final int SCANS = 3;
    private static final int WARM_UPS = 2;
    private static final int PLAYS = 3;

    private final Figures figures;
    private final Map<String, InstrumentTerms> terms = new HashMap<>();
    private final Serde<AccountBook> serde = InternalSerdes.of(AccountBook.class);

    ScenarioRounds(Figures figures) {
        this.figures = figures;
        for (Instrument instrument : BenchMarkets.instruments()) {
            InstrumentTerms its = InstrumentTerms.of(instrument);
            terms.put(its.market(), its);
        }
    }

    void run(List<Integer> sizes) {
        double smallest = 0;
        for (int size : sizes) {
            Accounts accounts = new Accounts(size);
            Played played = accounts.playWarm();
            String of = " of " + Sizes.text(size) + " accounts";
            double perRound = played.nanos() / 1e6 / played.rounds();
            figures.add("s", "scenario-round-" + size, "a round of a scenario" + of, perRound, "ms/round");
            figures.add("s", "scenario-rounds-" + size, "rounds until nobody falls" + of, played.rounds(), "rounds");
            figures.add("s", "scenario-whole-" + size, "a whole scenario" + of, played.nanos() / 1e6, "ms");
            figures.add("s", "scenario-fallen-" + size, "accounts that fall (gross)" + of, played.fallen(), "accounts");
            double scan = accounts.scanNanos() / 1e6;
            figures.add("s", "scenario-scan-" + size, "a plain scan" + of, scan, "ms/scan");
            figures.add("s", "scenario-round-to-scan-" + size, "a round / a plain scan" + of, perRound / scan, "");
            if (smallest == 0) {
                smallest = perRound / size;
            } else {
                figures.add(
                        "s",
                        "scenario-growth-" + size,
                        "time per account and round, against the smallest number of accounts",
                        perRound / size / smallest,
                        "");
            }
        }
    }

    private record Played(long nanos, int rounds, long fallen) {}

    /** Accounts as a store holds them. */
    private final class Accounts {
        private final List<String> keys = new ArrayList<>();
        private final List<byte[]> books = new ArrayList<>();
        private final Map<String, Double> openInterest = new HashMap<>();
        private long safe;

        Accounts(int count) {
            for (int i = 0; i < count; i++) {
                BenchAccount account = BenchAccount.number(i);
                AccountBook book = AccountLooks.book(account);
                keys.add(Keys.account(BenchMarkets.VENUE, account.name()));
                books.add(serde.serializer().serialize("", book));
                book.getPositions()
                        .forEach(position -> openInterest.merge(
                                Keys.market(BenchMarkets.VENUE, position.getSymbol()),
                                Math.abs(position.getSize()) / 2,
                                Double::sum));
            }
        }

        /** The mean of some plays after others that warm the JVM up. */
        Played playWarm() {
            for (int i = 0; i < WARM_UPS; i++) {
                play();
            }
            long nanos = 0;
            Played last = new Played(0, 0, 0);
            for (int i = 0; i < PLAYS; i++) {
                last = play();
                nanos += last.nanos();
            }
            return new Played(nanos / PLAYS, last.rounds(), last.fallen());
        }

        private Played play() {
            ScenarioTerms scenario = new ScenarioTerms(shocks(), 1, Map.of(), Set.of());
            ScenarioRun gross = new ScenarioRun(RoundMode.GROSS, scenario, markets(), ScenarioRun.MOST_ROUNDS);
            ScenarioRun net = new ScenarioRun(RoundMode.NET, scenario, markets(), ScenarioRun.MOST_ROUNDS);
            Fallen fallenGross = new Fallen();
            Fallen fallenNet = new Fallen();
            int rounds = 0;
            long start = System.nanoTime();
            while (!gross.isOver() || !net.isOver()) {
                SliceRound grossRound = gross.isOver() ? null : round(gross, fallenGross);
                SliceRound netRound = net.isOver() ? null : round(net, fallenNet);
                for (int i = 0; i < keys.size(); i++) {
                    ScenarioAccount account = ScenarioAccount.of(
                            keys.get(i), BenchMarkets.VENUE, held(i).account(), null, 0.001, scenario);
                    if (grossRound != null) {
                        grossRound.take(account);
                    }
                    if (netRound != null) {
                        netRound.take(account);
                    }
                }
                if (grossRound != null) {
                    gross.take(grossRound.answer());
                }
                if (netRound != null) {
                    net.take(netRound.answer());
                }
                rounds++;
            }
            long nanos = System.nanoTime() - start;
            return new Played(nanos, rounds, gross.outcome(Map.of()).total().accounts());
        }

        private SliceRound round(ScenarioRun run, Fallen fallen) {
            return new SliceRound(
                    run.path(),
                    fallen,
                    market ->
                            Objects.requireNonNull(terms.get(market)).contract().lotSize());
        }

        long scanNanos() {
            long start = 0;
            Prices prices = new ScenarioRun(
                            RoundMode.NET, new ScenarioTerms(shocks(), 1, Map.of(), Set.of()), markets(), 1)
                    .path()
                    .at(0)
                    .low();
            for (int scan = 0; scan <= SCANS; scan++) {
                if (scan == 1) {
                    start = System.nanoTime();
                }
                forEachPool(pool -> safe += pool.surplus(prices) >= 0 ? 1 : 0);
            }
            return (System.nanoTime() - start) / SCANS;
        }

        private void forEachPool(Consumer<MarginPool> each) {
            for (int i = 0; i < keys.size(); i++) {
                held(i).movedPools().forEach(each);
            }
        }

        private HeldAccount held(int i) {
            return HeldAccount.of(keys.get(i), serde.deserializer().deserialize("", books.get(i)), terms::get);
        }

        private List<ScenarioMarket> markets() {
            List<ScenarioMarket> markets = new ArrayList<>();
            for (int i = 0; i < BenchMarkets.COUNT; i++) {
                String market = Keys.market(BenchMarkets.VENUE, BenchMarkets.symbol(i));
                InstrumentTerms its = Objects.requireNonNull(terms.get(market));
                double volume = 3 * openInterest.getOrDefault(market, 1.0);
                Impact impact = new SquareRootImpact(1, 0.035, volume, 0.001 * volume);
                markets.add(new ScenarioMarket(
                        market,
                        its.contract().underlying(),
                        its.contract().lotSize(),
                        BenchMarkets.startPrice(i),
                        1,
                        impact,
                        impact));
            }
            return markets;
        }

        private Map<String, Double> shocks() {
            Map<String, Double> shocks = new HashMap<>();
            for (int i = 0; i < BenchMarkets.COUNT; i++) {
                shocks.put(Keys.market(BenchMarkets.VENUE, BenchMarkets.symbol(i)), SHOCK);
            }
            return shocks;
        }
    }
}
