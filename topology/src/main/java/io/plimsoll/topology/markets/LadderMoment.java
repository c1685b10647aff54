package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.schemas.avro.Ladder;
import java.util.List;

/** A market's ladder as it was published last: a tenth of the memory that the record takes. */
public final class LadderMoment {

    private final Valuation valuation;
    private final FrozenBook book;

    LadderMoment(Valuation valuation, FrozenBook book) {
        this.valuation = valuation;
        this.book = book;
    }

    /** What the market comes to at its price. */
    public MarketMeasures measures() {
        return valuation.measures();
    }

    /** What its positions are margined by. */
    public Contract contract() {
        return valuation.terms().contract();
    }

    /** Rungs by liquidation price, rising; nothing changes them any more. */
    public List<io.plimsoll.risk.Ladder.Rung> liquidation() {
        return book.liquidation();
    }

    /** The record as it was published; the caller's own. */
    public Ladder record() {
        return LadderRecords.ladder(valuation, book);
    }
}
