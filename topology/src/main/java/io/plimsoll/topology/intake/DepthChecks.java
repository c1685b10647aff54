package io.plimsoll.topology.intake;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import org.jspecify.annotations.Nullable;

/** What a depth record must look like. A book that is crossed or frozen is no bad record: it is labelled where it is used. */
final class DepthChecks {

    private static final double MAX_QUANTITY = 1e15;
    private static final int MOST_LEVELS = 1_000;

    private DepthChecks() {}

    static @Nullable Refusal depth(String key, Depth depth) {
        Refusal refusal = RecordChecks.key(key, Keys.market(depth.getVenue(), depth.getSymbol()), depth.getVenue());
        if (refusal == null) {
            refusal = RecordChecks.price("midPrice", depth.getMidPrice());
        }
        int count = depth.getLevels().size();
        if (refusal == null && (count == 0 || count > MOST_LEVELS)) {
            refusal = Refusal.invalid("levels", count + " levels", "1 to " + MOST_LEVELS);
        }
        DepthLevel before = null;
        for (DepthLevel level : depth.getLevels()) {
            if (refusal != null) {
                return refusal;
            }
            refusal = level(level, before);
            before = level;
        }
        return refusal;
    }

    private static @Nullable Refusal level(DepthLevel level, @Nullable DepthLevel before) {
        double least = before == null ? 0 : before.getDistance();
        if (!(level.getDistance() > least && level.getDistance() < 1)) {
            return Refusal.invalid(
                    "levels.distance",
                    level.getDistance(),
                    "more than that of the level before, " + least + ", below 1");
        }
        Refusal refusal =
                quantity("levels.bidQuantity", level.getBidQuantity(), before == null ? 0 : before.getBidQuantity());
        if (refusal == null) {
            refusal = quantity(
                    "levels.askQuantity", level.getAskQuantity(), before == null ? 0 : before.getAskQuantity());
        }
        if (refusal == null) {
            refusal = RecordChecks.price("levels.bidAveragePrice", level.getBidAveragePrice());
        }
        return refusal == null ? RecordChecks.price("levels.askAveragePrice", level.getAskAveragePrice()) : refusal;
    }

    private static @Nullable Refusal quantity(String field, double quantity, double before) {
        return RecordChecks.within(quantity, before, MAX_QUANTITY)
                ? null
                : Refusal.invalid(field, quantity, "that of the level before, " + before + ", to " + MAX_QUANTITY);
    }
}
