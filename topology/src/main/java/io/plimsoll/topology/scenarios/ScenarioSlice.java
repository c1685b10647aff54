package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.scenario.Fallen;
import io.plimsoll.risk.scenario.PricePath;
import io.plimsoll.risk.scenario.ScenarioAccount;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.risk.scenario.SliceRound;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.avro.ScenarioCall;
import io.plimsoll.topology.avro.ScenarioPath;
import io.plimsoll.topology.avro.ScenarioSums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Judges the accounts of one slice in the rounds of scenarios. A scenario sees them as they were when its first call came:
 * while it runs, what an account was is kept when it changes. All that is in memory; after a crash the slice has another
 * epoch, and the coordinator begins again.
 */
public final class ScenarioSlice {

    /** Accounts and instruments as they were when an attempt began. */
    private static final class Snapshot {
        final int attempt;
        final ScenarioTerms scenario;
        final Map<String, InstrumentTerms> instruments;
        final Map<String, AccountBook> changed = new HashMap<>();
        final Fallen gross = new Fallen();
        final Fallen net = new Fallen();
        final long sinceMs;

        Snapshot(int attempt, ScenarioTerms scenario, Map<String, InstrumentTerms> instruments, long sinceMs) {
            this.attempt = attempt;
            this.scenario = scenario;
            this.instruments = Map.copyOf(instruments);
            this.sinceMs = sinceMs;
        }

        @Nullable
        LotSize lotSize(String market) {
            InstrumentTerms terms = instruments.get(market);
            return terms == null ? null : terms.contract().lotSize();
        }
    }

    private final int slice;
    private final long epoch;
    private final double tolerance;
    private final ReadOnlyKeyValueStore<String, AccountBook> accounts;
    private final Supplier<Map<String, InstrumentTerms>> instruments;
    private final AvroDeserializer<Scenario> requestReader;
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    /**
     * A slice.
     *
     * @param epoch another one each time the slice begins to work
     * @param tolerance relative difference up to which a venue's liquidation price confirms ours
     * @param accounts what each holds now
     * @param instruments terms by market now
     */
    public ScenarioSlice(
            int slice,
            long epoch,
            double tolerance,
            ReadOnlyKeyValueStore<String, AccountBook> accounts,
            Supplier<Map<String, InstrumentTerms>> instruments,
            AvroDeserializer<Scenario> requestReader) {
        this.slice = slice;
        this.epoch = epoch;
        this.tolerance = tolerance;
        this.accounts = accounts;
        this.instruments = instruments;
        this.requestReader = requestReader;
    }

    /** Keeps what an account was for the scenarios that run. */
    public void beforeChange(String key, AccountBook before) {
        for (Snapshot snapshot : snapshots.values()) {
            snapshot.changed.putIfAbsent(key, before);
        }
    }

    /**
     * Judges a round.
     *
     * @param id of the scenario
     * @param nowMs wall clock
     * @return null where there is nothing to say: it is over, or the call is of an attempt given up
     */
    public @Nullable ScenarioAnswer take(String id, ScenarioCall call, long nowMs) {
        Snapshot snapshot = snapshots.get(id);
        if (snapshot != null && snapshot.attempt > call.getAttempt()) {
            return null;
        }
        if (call.getRound() < 0) {
            snapshots.remove(id);
            return null;
        }
        if (snapshot == null || snapshot.attempt < call.getAttempt()) {
            if (call.getRound() > 0) {
                // What the accounts were at round 0 is lost: the epoch says so.
                return answer(call, 0, List.of());
            }
            ScenarioTerms terms =
                    ScenarioMessages.terms(requestReader.read(call.getRequest().array()));
            snapshot = new Snapshot(call.getAttempt(), terms, instruments.get(), nowMs);
            snapshots.put(id, snapshot);
        }
        return judge(call, snapshot);
    }

    /** Drops what belongs to scenarios that must be over by now. */
    public void forgetBefore(long beforeMs) {
        snapshots.values().removeIf(snapshot -> snapshot.sinceMs < beforeMs);
    }

    private ScenarioAnswer judge(ScenarioCall call, Snapshot snapshot) {
        List<SliceRound> rounds = new ArrayList<>();
        for (ScenarioPath path : call.getPaths()) {
            PricePath prices = ScenarioMessages.path(call, path);
            rounds.add(new SliceRound(prices, path.getNet() ? snapshot.net : snapshot.gross, snapshot::lotSize));
        }
        long newestMs = 0;
        Set<String> seen = new HashSet<>();
        try (KeyValueIterator<String, AccountBook> all = accounts.all()) {
            while (all.hasNext()) {
                KeyValue<String, AccountBook> entry = all.next();
                AccountBook before = snapshot.changed.get(entry.key);
                if (before != null) {
                    seen.add(entry.key);
                }
                newestMs =
                        Math.max(newestMs, judge(entry.key, before == null ? entry.value : before, snapshot, rounds));
            }
        }
        for (Map.Entry<String, AccountBook> gone : snapshot.changed.entrySet()) {
            if (!seen.contains(gone.getKey())) {
                newestMs = Math.max(newestMs, judge(gone.getKey(), gone.getValue(), snapshot, rounds));
            }
        }
        List<ScenarioSums> sums = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            sums.add(ScenarioMessages.sums(
                    call.getPaths().get(i).getNet(), rounds.get(i).answer()));
        }
        return answer(call, newestMs, sums);
    }

    private long judge(String key, AccountBook book, Snapshot snapshot, List<SliceRound> rounds) {
        if (snapshot.scenario.removedAccounts().contains(key)) {
            return 0;
        }
        HeldAccount held = HeldAccount.of(key, book, snapshot.instruments::get);
        if (held.pools().isEmpty()) {
            // Not there yet, or closed and remembered for a while.
            return 0;
        }
        String venue = key.substring(0, key.indexOf(Keys.SEPARATOR));
        ScenarioAccount account =
                ScenarioAccount.of(key, venue, held.account(), held.venueMarginRatio(), tolerance, snapshot.scenario);
        rounds.forEach(round -> round.take(account));
        return held.newestMs();
    }

    private ScenarioAnswer answer(ScenarioCall call, long newestMs, List<ScenarioSums> sums) {
        return new ScenarioAnswer(call.getAttempt(), call.getRound(), slice, epoch, newestMs, sums);
    }
}
