package io.plimsoll.topology.depth;

import io.plimsoll.risk.depth.DepthHistory;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.UnchangedBand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The markets' depth, how far it can be believed, and the store from which that is known again after a restart. */
public final class MarketDepths {

    private final KeyValueStore<String, KnownDepth> store;
    private final AvroDeserializer<Depth> reader;
    private final DepthHistory.Limits limits;
    private final Map<String, BelievedDepth> knownByMarket = new HashMap<>();

    /** What the store knows. */
    public MarketDepths(
            KeyValueStore<String, KnownDepth> store, AvroDeserializer<Depth> reader, DepthHistory.Limits limits) {
        this.store = store;
        this.reader = reader;
        this.limits = limits;
        try (KeyValueIterator<String, KnownDepth> all = store.all()) {
            all.forEachRemaining(entry -> knownByMarket.put(entry.key, BelievedDepth.of(entry.value, reader, limits)));
        }
    }

    /** Takes a checked record; one that is older than the newest changes nothing, and null is returned. */
    public @Nullable KnownDepth take(RoutedRecord routed) {
        ByteBuffer value = Objects.requireNonNull(routed.getValue());
        BelievedDepth before = knownByMarket.get(routed.getKey());
        KnownDepth stored = before == null ? null : store.get(routed.getKey());
        if (before != null && routed.getEventTimeMs() < before.history().timeMs()) {
            return null;
        }
        DepthHistory history = DepthHistory.after(
                before == null ? null : before.history(), routed.getEventTimeMs(), BelievedDepth.bands(value, reader));
        UsableDepth usable = history.usable(history.timeMs(), limits);
        boolean good = usable.state() == DepthState.LIVE && usable.hasBothSides();
        KnownDepth known = new KnownDepth(
                history.timeMs(),
                value,
                unchanged(history),
                good || stored == null ? (good ? value : null) : stored.getLastGood(),
                good || stored == null ? (good ? history.timeMs() : 0) : stored.getLastGoodTimeMs());
        store.put(routed.getKey(), known);
        knownByMarket.put(
                routed.getKey(), new BelievedDepth(history, good ? usable : before == null ? null : before.lastGood()));
        return known;
    }

    /** What can be used of a market's depth at an event time. */
    public UsableDepth usable(String market, long nowMs) {
        BelievedDepth known = knownByMarket.get(market);
        return known == null ? UsableDepth.NONE : known.history().usable(nowMs, limits);
    }

    /** The last depth that could be believed whole; null where there was none. */
    public @Nullable UsableDepth lastGood(String market) {
        BelievedDepth known = knownByMarket.get(market);
        return known == null ? null : known.lastGood();
    }

    private static List<UnchangedBand> unchanged(DepthHistory history) {
        List<UnchangedBand> bands = new ArrayList<>();
        for (int i = 0; i < history.bids().size(); i++) {
            DepthHistory.Unchanged bid = history.bids().get(i);
            DepthHistory.Unchanged ask = history.asks().get(i);
            bands.add(new UnchangedBand(bid.sinceMs(), bid.midThen(), ask.sinceMs(), ask.midThen()));
        }
        return bands;
    }
}
