package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what was written of each account in the source's offsets. Accounts that were found in trades cannot be asked for by
 * name after a restart, so they are kept in a fixed number of buckets, whose names are known.
 */
final class AccountMemory {

    private static final String KIND = "accounts";
    private static final int BUCKETS = 256;

    private final SourceOffsets offsets;
    private final Map<Integer, Map<String, String>> buckets = new HashMap<>();

    AccountMemory(SourceOffsets offsets) {
        this.offsets = offsets;
    }

    /** What is remembered of the accounts of a slice, by address. A bucket belongs to one slice, whole. */
    Map<String, String> read(Slice slice) {
        List<String> names = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (bucket % slice.count() == slice.index()) {
                names.add(Integer.toString(bucket));
            }
        }
        Map<String, String> accounts = new LinkedHashMap<>();
        offsets.of(KIND, names).forEach((bucket, stored) -> {
            buckets.put(Integer.valueOf(bucket), new LinkedHashMap<>(stored));
            accounts.putAll(stored);
        });
        return accounts;
    }

    /** Whether an account belongs to a slice. */
    static boolean belongs(String address, Slice slice) {
        return bucket(address) % slice.count() == slice.index();
    }

    /** The place before an account's newest records: where a task would go on that has not written all of them. */
    SourceMark before(String address) {
        return mark(bucket(address));
    }

    /** The place after them. */
    SourceMark after(String address, String remembered) {
        int bucket = bucket(address);
        buckets.computeIfAbsent(bucket, number -> new LinkedHashMap<>()).put(address, remembered);
        return mark(bucket);
    }

    /** An account is not followed any more; it goes from the store with the next record of its bucket. */
    void forget(String address) {
        Map<String, String> accounts = buckets.get(bucket(address));
        if (accounts != null) {
            accounts.remove(address);
        }
    }

    private SourceMark mark(int bucket) {
        return offsets.mark(
                KIND, Integer.toString(bucket), new LinkedHashMap<>(buckets.getOrDefault(bucket, Map.of())));
    }

    private static int bucket(String address) {
        return Slice.bucket(address, BUCKETS);
    }
}
