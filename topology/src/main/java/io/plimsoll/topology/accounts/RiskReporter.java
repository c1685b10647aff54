package io.plimsoll.topology.accounts;

import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.topology.AccountRiskRecords;
import io.plimsoll.topology.HeldAccount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes the accounts of a slice that are near their line: at once when a state changes, and at intervals while it is
 * WATCH or worse. The stores hold those, and no others.
 */
final class RiskReporter {

    private final KeyValueStore<String, AccountRisk> store;
    private final KeyValueStore<String, NearAccount> index;
    private final AccountRiskRecords records;
    private final AccountWatch watch;
    private final BiConsumer<String, AccountRisk> out;

    /** Keys of the accounts in the store; the one written longest ago first. */
    private final Set<String> near = new LinkedHashSet<>();

    RiskReporter(
            KeyValueStore<String, AccountRisk> store,
            KeyValueStore<String, NearAccount> index,
            AccountRiskRecords records,
            AccountWatch watch,
            BiConsumer<String, AccountRisk> out) {
        this.store = store;
        this.index = index;
        this.records = records;
        this.watch = watch;
        this.out = out;
        try (KeyValueIterator<String, AccountRisk> all = store.all()) {
            all.forEachRemaining(entry -> {
                near.add(entry.key);
                index.put(entry.key, NearAccount.of(entry.value));
            });
        }
    }

    /** Writes an account whose state has changed. */
    void changed(String key, HeldAccount held, MarginCall after) {
        write(key, held, after, null);
    }

    /**
     * Writes the accounts again that have not been written for longest, where their numbers are not the same.
     *
     * @param most how many are looked at
     * @param holdings what an account holds; null where it is gone
     */
    void refresh(int most, Function<String, @Nullable HeldAccount> holdings) {
        List<String> due = new ArrayList<>();
        for (String key : near) {
            if (due.size() == most) {
                break;
            }
            due.add(key);
        }
        refresh(due, holdings);
    }

    /**
     * The same with those whose turn it is: each in a range of the order of keys that moves on with each second. It
     * depends on the second and on what is in the store, and so not on what was refreshed before.
     *
     * @param second of event time
     * @param most how many are looked at
     * @param holdings what an account holds; null where it is gone
     */
    void refreshTurn(long second, int most, Function<String, @Nullable HeldAccount> holdings) {
        if (near.size() <= most) {
            refresh(new TreeSet<>(near).stream().toList(), holdings);
            return;
        }
        List<String> keys = new TreeSet<>(near).stream().toList();
        int first = (int) Math.floorMod(second * most, (long) keys.size());
        List<String> due = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            due.add(keys.get((first + i) % keys.size()));
        }
        refresh(due, holdings);
    }

    private void refresh(List<String> due, Function<String, @Nullable HeldAccount> holdings) {
        for (String key : due) {
            AccountRisk before = store.get(key);
            HeldAccount held = holdings.apply(key);
            if (before != null && held != null && isPriced(held)) {
                write(key, held, MarginCall.valueOf(before.getState().name()), before);
            } else {
                near.remove(key);
                near.add(key);
            }
        }
    }

    private boolean isPriced(HeldAccount held) {
        for (MarginPool pool : held.pools()) {
            if (!pool.isPriced(watch)) {
                return false;
            }
        }
        return true;
    }

    private void write(String key, HeldAccount held, MarginCall state, @Nullable AccountRisk before) {
        AccountRisk risk = records.record(key, held, state, before == null ? null : before.getStateSinceMs());
        near.remove(key);
        if (state == MarginCall.OK) {
            index.delete(key);
            store.delete(key);
        } else {
            near.add(key);
            if (risk.equals(before)) {
                return;
            }
            store.put(key, risk);
            index.put(key, NearAccount.of(risk));
        }
        out.accept(key, risk);
    }
}
