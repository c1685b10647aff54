package io.plimsoll.topology.depth;

import io.plimsoll.risk.depth.DepthBands;
import io.plimsoll.risk.depth.DepthHistory;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.topology.avro.KnownDepth;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one market's depth.
 *
 * @param history the newest report, and since when its bands have stood still
 * @param lastGood the last report that was LIVE when it came; null where none was
 */
public record BelievedDepth(DepthHistory history, @Nullable UsableDepth lastGood) {

    /** Reads what a store or a record holds. */
    public static BelievedDepth of(KnownDepth stored, AvroDeserializer<Depth> reader, DepthHistory.Limits limits) {
        List<DepthHistory.Unchanged> bids = new ArrayList<>();
        List<DepthHistory.Unchanged> asks = new ArrayList<>();
        stored.getUnchanged().forEach(band -> {
            bids.add(new DepthHistory.Unchanged(band.getBidSinceMs(), band.getBidMidThen()));
            asks.add(new DepthHistory.Unchanged(band.getAskSinceMs(), band.getAskMidThen()));
        });
        ByteBuffer lastGood = stored.getLastGood();
        return new BelievedDepth(
                new DepthHistory(stored.getEventTimeMs(), bands(stored.getNewest(), reader), bids, asks),
                lastGood == null
                        ? null
                        : DepthHistory.after(null, stored.getLastGoodTimeMs(), bands(lastGood, reader))
                                .usable(stored.getLastGoodTimeMs(), limits));
    }

    /** Reads a record of depth in the registry's wire format. */
    public static Depth read(ByteBuffer value, AvroDeserializer<Depth> reader) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return reader.read(bytes);
    }

    static DepthBands bands(ByteBuffer value, AvroDeserializer<Depth> reader) {
        Depth depth = read(value, reader);
        return new DepthBands(
                depth.getMidPrice(),
                depth.getLevels().stream()
                        .map(level -> new DepthBands.Band(
                                level.getDistance(),
                                level.getBidQuantity(),
                                level.getAskQuantity(),
                                level.getBidAveragePrice(),
                                level.getAskAveragePrice()))
                        .toList());
    }
}
