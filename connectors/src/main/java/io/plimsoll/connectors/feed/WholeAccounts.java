package io.plimsoll.connectors.feed;

import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes accounts whole, positions and balances, when something about them has changed, with tombstones for what they do not
 * hold any more. What stands on the topics is remembered in the source's offsets. Accounts are kept there in a fixed number
 * of buckets, so that those can be found again whose names nobody knows after a restart.
 */
public final class WholeAccounts {

    private static final String KIND = "accounts";

    /** One of an account's records. */
    public record Entry<V extends SpecificRecord>(Topic<V> topic, String key, V value) {

        private void addTo(FeedOutput output, long timeMs, SourceMark mark) {
            output.add(topic, key, timeMs, value, mark);
        }

        private String place() {
            return topic.name() + ' ' + key;
        }
    }

    private record Written(String of, long atMs, Set<String> places) {

        private static final Written NOTHING = new Written("", 0, Set.of());

        String remembered() {
            return of + ' ' + atMs + (places.isEmpty() ? "" : "\n" + String.join("\n", places));
        }

        static Written of(String remembered) {
            List<String> lines = new ArrayList<>(List.of(remembered.split("\n", -1)));
            String[] first = lines.remove(0).split(" ", -1);
            return new Written(first[0], Long.parseLong(first[1]), new LinkedHashSet<>(lines));
        }
    }

    private final SourceOffsets offsets;
    private final int buckets;
    private final ToIntFunction<String> bucketOf;
    private final long refreshMs;
    private final Map<String, Written> byAccount = new LinkedHashMap<>();
    private final Map<Integer, Map<String, String>> remembered = new HashMap<>();

    /**
     * @param buckets number of places in the source's offsets; never to be changed
     * @param refreshMs how often an account that does not change is written, milliseconds
     */
    public WholeAccounts(SourceOffsets offsets, int buckets, long refreshMs) {
        this(offsets, buckets, account -> Slice.bucket(account, buckets), refreshMs);
    }

    /**
     * @param buckets number of places in the source's offsets; never to be changed
     * @param bucketOf an account's place, from 0; the same at all times
     * @param refreshMs how often an account that does not change is written, milliseconds
     */
    public WholeAccounts(SourceOffsets offsets, int buckets, ToIntFunction<String> bucketOf, long refreshMs) {
        this.offsets = offsets;
        this.buckets = buckets;
        this.bucketOf = bucketOf;
        this.refreshMs = refreshMs;
    }

    /** Reads what earlier tasks have written of a slice's accounts; gives those of which something stands on the topics. */
    public Set<String> recall(Slice slice) {
        return recall(bucket -> bucket % slice.count() == slice.index());
    }

    /**
     * Reads what earlier tasks have written of the accounts of some buckets; each bucket must be one task's alone.
     *
     * @return accounts of which something stands on the topics
     */
    public Set<String> recall(IntPredicate own) {
        List<String> names = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (own.test(bucket)) {
                names.add(Integer.toString(bucket));
            }
        }
        offsets.of(KIND, names).forEach((bucket, stored) -> {
            remembered.put(Integer.valueOf(bucket), new LinkedHashMap<>(stored));
            stored.forEach((account, text) -> byAccount.put(account, Written.of(text)));
        });
        return held();
    }

    /** Accounts of which something stands on the topics. */
    public Set<String> held() {
        Set<String> held = new LinkedHashSet<>();
        byAccount.forEach((account, written) -> {
            if (!written.places().isEmpty()) {
                held.add(account);
            }
        });
        return held;
    }

    /** Whether an account belongs to a slice. */
    public boolean belongs(String account, Slice slice) {
        return bucketOf.applyAsInt(account) % slice.count() == slice.index();
    }

    /**
     * Writes an account if it is due.
     *
     * @param entries all that it holds; none: whatever stands on the topics is withdrawn
     * @param lines all that may change about it: the same lines, the same account
     * @param timeMs event time, epoch milliseconds
     * @return whether something was written
     */
    public boolean write(
            String account, Collection<Entry<?>> entries, String lines, long timeMs, long nowMs, FeedOutput output) {
        Written before = byAccount.getOrDefault(account, Written.NOTHING);
        String fingerprint = Fingerprint.of(lines);
        if (before.of().equals(fingerprint) && nowMs - before.atMs() < refreshMs) {
            return false;
        }
        Set<String> places = new LinkedHashSet<>();
        entries.forEach(entry -> places.add(entry.place()));
        if (places.isEmpty() && before.places().isEmpty()) {
            return false;
        }
        List<String> gone = before.places().stream()
                .filter(place -> !places.contains(place))
                .toList();
        Written after = new Written(fingerprint, nowMs, places);
        byAccount.put(account, after);
        // Until its last record is written, a later task finds the account unfinished, and all that may stand there.
        Set<String> either = new LinkedHashSet<>(before.places());
        either.addAll(places);
        SourceMark unfinished = mark(account, new Written("-", 0, either));
        int left = gone.size() + entries.size();
        SourceMark finished = mark(account, places.isEmpty() ? null : after);
        for (String place : gone) {
            withdraw(place, timeMs, --left == 0 ? finished : unfinished, output);
        }
        for (Entry<?> entry : entries) {
            entry.addTo(output, timeMs, --left == 0 ? finished : unfinished);
        }
        if (places.isEmpty()) {
            byAccount.remove(account);
        }
        return true;
    }

    private static void withdraw(String place, long timeMs, SourceMark mark, FeedOutput output) {
        int space = place.indexOf(' ');
        Topic<?> topic = Topics.named(place.substring(0, space)).orElseThrow();
        output.add(topic, place.substring(space + 1), timeMs, null, mark);
    }

    /** A place with everything that is remembered of its bucket, of one account this; null: nothing. */
    private SourceMark mark(String account, @Nullable Written written) {
        int bucket = bucketOf.applyAsInt(account);
        Map<String, String> accounts = remembered.computeIfAbsent(bucket, number -> new LinkedHashMap<>());
        if (written == null) {
            accounts.remove(account);
        } else {
            accounts.put(account, written.remembered());
        }
        return offsets.mark(KIND, Integer.toString(bucket), new LinkedHashMap<>(accounts));
    }
}
