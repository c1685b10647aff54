package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.distribution.LeverageDistribution;
import io.plimsoll.risk.distribution.MarketDistribution;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarginTier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market's ladder as it was published last: a tenth of the memory that the record takes. */
public final class LadderMoment {

    private final Valuation valuation;
    private final FrozenBook book;

    LadderMoment(Valuation valuation, FrozenBook book) {
        this.valuation = valuation;
        this.book = book;
    }

    FrozenBook book() {
        return book;
    }

    /** What its positions are margined by. */
    public Contract contract() {
        return valuation.terms().contract();
    }

    /** Rungs by liquidation price, rising; nothing changes them any more. */
    public List<io.plimsoll.risk.Ladder.Rung> liquidation() {
        return book.liquidation();
    }

    /** Size of a side, lots; those that no price liquidates too. */
    public long lots(Side side) {
        return (side == Side.LONG ? book.sums().longs() : book.sums().shorts()).lots();
    }

    /** Highest leverage that may be opened, of the first margin tier; null where not stated. */
    public @Nullable Double maxLeverage() {
        List<MarginTier> tiers = valuation.terms().instrument().getMarginTiers();
        return tiers.isEmpty() ? null : tiers.get(0).getMaxLeverage();
    }

    /** Size by equity line, rising; empty where that is not kept. */
    public List<io.plimsoll.risk.Ladder.Rung> equityLines() {
        return book.equityLines();
    }

    /** How leverage is spread over a side's positions at a price; over none where that is not kept. */
    public LeverageDistribution leverages(Side side, double markPrice) {
        return LeverageDistribution.of(side, contract().shape(), book.equityLines(), markPrice);
    }

    /**
     * How leverage and sizes are spread over its positions at a price.
     *
     * @param quoteUsd US dollars per unit of the quote asset
     */
    public MarketDistribution distribution(double markPrice, double quoteUsd) {
        return MarketDistribution.of(book.equityLines(), book.sizes(), contract(), markPrice, quoteUsd, maxLeverage());
    }

    /** The record as it was published; the caller's own. */
    public Ladder record() {
        return LadderRecords.ladder(valuation, book);
    }
}
