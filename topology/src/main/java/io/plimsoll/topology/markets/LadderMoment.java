package io.plimsoll.topology.markets;

import io.plimsoll.schemas.avro.Ladder;

/** A market's ladder as it was published last: a tenth of the memory that the record takes. */
public final class LadderMoment {

    private final Valuation valuation;
    private final FrozenBook book;

    LadderMoment(Valuation valuation, FrozenBook book) {
        this.valuation = valuation;
        this.book = book;
    }

    /** The record as it was published; the caller's own. */
    public Ladder record() {
        return LadderRecords.ladder(valuation, book);
    }
}
