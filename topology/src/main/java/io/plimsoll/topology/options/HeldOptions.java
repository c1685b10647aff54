package io.plimsoll.topology.options;

import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The newest records of the options on one underlying, by their keys. */
final class HeldOptions {

    /** A record and its event time, epoch milliseconds. */
    record Held(OptionPrice option, long eventTimeMs) {}

    private final String venue;
    private final String asset;
    private final Map<String, Held> byKey = new TreeMap<>();
    private long newestMs = Long.MIN_VALUE;
    private long publishedMs = Long.MIN_VALUE;
    private boolean due;

    /** No options yet. */
    HeldOptions(String venue, String asset) {
        this.venue = venue;
        this.asset = asset;
    }

    /** Takes a record; false where a newer one of the option is known, or it had expired by then. */
    boolean take(String key, OptionPrice option, long eventTimeMs) {
        Held held = byKey.get(key);
        newestMs = Math.max(newestMs, eventTimeMs);
        if ((held != null && held.eventTimeMs() > eventTimeMs) || option.getExpiryMs() <= newestMs) {
            return false;
        }
        byKey.put(key, new Held(option, eventTimeMs));
        due = true;
        return true;
    }

    /** Event time of the newest record, epoch milliseconds. */
    long newestMs() {
        return newestMs;
    }

    /** Whether anything has changed since it was published. */
    boolean isDue() {
        return due;
    }

    /** Wall-clock time at which it was published, epoch milliseconds. */
    long publishedMs() {
        return publishedMs;
    }

    /** Removes options that have expired; says which. */
    List<String> forgetExpired() {
        List<String> expired = new ArrayList<>();
        byKey.forEach((key, held) -> {
            if (held.option().getExpiryMs() <= newestMs) {
                expired.add(key);
            }
        });
        expired.forEach(byKey::remove);
        return expired;
    }

    /** What they add up to. */
    OptionExposure exposure(long nowMs) {
        due = false;
        publishedMs = nowMs;
        return OptionExposureRecords.of(venue, asset, List.copyOf(byKey.values()), newestMs);
    }
}
