package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WholeAccounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subaccounts of one task. */
final class Accounts {

    private static final int BUCKETS = 256;

    private static final class Followed {

        private @Nullable Subaccount state;
        private long answeredMs;
    }

    private final String venue;
    private final long refreshMs;
    private final WholeAccounts written;
    private final Map<String, Followed> byId = new LinkedHashMap<>();
    private final Set<String> unwanted;

    Accounts(DydxConfig config, Slice slice, SourceOffsets offsets, long nowMs) {
        this.venue = config.venue();
        this.refreshMs = config.getLong(DydxConfig.ACCOUNT_REFRESH);
        this.written = new WholeAccounts(offsets, BUCKETS, refreshMs);
        this.unwanted = written.recall(slice);
        for (String id : config.accounts()) {
            if (written.belongs(id, slice)) {
                Followed followed = new Followed();
                followed.answeredMs = nowMs;
                byId.put(id, followed);
                unwanted.remove(id);
            }
        }
    }

    /** What is not followed any more must not stand on the topics as if it were. */
    void step(long nowMs, FeedOutput output) {
        unwanted.forEach(id -> written.write(id, List.of(), "", nowMs, nowMs, output));
        unwanted.clear();
    }

    Set<String> ids() {
        return byId.keySet();
    }

    /** An account has come whole. */
    void snapshot(String id, JsonNode contents, long nowMs, FeedOutput output) {
        Followed followed = byId.get(id);
        if (followed != null) {
            Subaccount state = new Subaccount(id);
            state.snapshot(VenueJson.object(contents, "subaccount"));
            followed.state = state;
            followed.answeredMs = nowMs;
            write(id, state, nowMs, output);
        }
    }

    /** An account has changed. */
    void change(String id, JsonNode contents, long nowMs, FeedOutput output) {
        Followed followed = byId.get(id);
        Subaccount state = followed == null ? null : followed.state;
        if (state != null) {
            state.change(contents);
            write(id, state, nowMs, output);
        }
    }

    /** Changes may be missing: none counts before it has come whole again. */
    void forget(String id) {
        Followed followed = byId.get(id);
        if (followed != null) {
            followed.state = null;
        }
    }

    private void write(String id, Subaccount state, long nowMs, FeedOutput output) {
        written.write(id, state.records(venue), state.lines(), nowMs, nowMs, output);
    }

    /** Accounts that have not come whole within twice the time. */
    int late(long nowMs) {
        return (int) byId.values().stream()
                .filter(followed -> nowMs - followed.answeredMs > 2 * refreshMs)
                .count();
    }

    /** Accounts that hold assets of which the venue does not say what they are worth as margin. */
    int withOtherAssets() {
        return (int) byId.values().stream()
                .filter(followed -> followed.state != null && followed.state.holdsOtherAssets())
                .count();
    }
}
