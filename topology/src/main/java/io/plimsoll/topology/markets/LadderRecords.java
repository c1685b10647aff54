package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LargePosition;
import io.plimsoll.risk.LargestInBucket;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.LadderSeries;
import io.plimsoll.schemas.avro.Rung;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a market's ladders as the record of the contract. */
final class LadderRecords {

    private LadderRecords() {}

    static Ladder ladder(Valuation valuation, FrozenBook book) {
        Instrument instrument = valuation.terms().instrument();
        Contract contract = valuation.terms().contract();
        double mark = valuation.measures().quote().markPrice();
        BookSums sums = book.sums();
        return new Ladder(
                instrument.getVenue(),
                instrument.getSymbol(),
                valuation.asOfMs(),
                valuation.stalenessMs(),
                MarketMeasures.FORMULA_VERSION,
                PriceGrid.LADDER.width(),
                mark,
                valuation.measures().longs().coverage(),
                valuation.measures().shorts().coverage(),
                liquidation(valuation, book),
                rungs(book.bankruptcy(), contract),
                contract.baseUnits(sums.longs().unliquidatableLots(), mark),
                contract.baseUnits(sums.shorts().unliquidatableLots(), mark),
                contract.shape() == Shape.OPTION ? LadderSeries.MODELLED : LadderSeries.OBSERVED);
    }

    /** By liquidation price, with the penalties and the largest positions. */
    private static List<Rung> liquidation(Valuation valuation, FrozenBook book) {
        Contract contract = valuation.terms().contract();
        double fee = valuation.terms().instrument().getLiquidationFeeRate()
                * valuation.measures().quote().quoteUsd();
        LargestPositions largest = book.largest();
        Map<Integer, List<LargePosition>> longs = byBucket(largest, Side.LONG);
        Map<Integer, List<LargePosition>> shorts = byBucket(largest, Side.SHORT);
        List<io.plimsoll.risk.Ladder.Rung> read = book.liquidation();
        List<Rung> rungs = rungs(read, contract);
        for (int i = 0; i < read.size(); i++) {
            io.plimsoll.risk.Ladder.Rung from = read.get(i);
            Rung rung = rungs.get(i);
            double middle = PriceGrid.LADDER.middle(from.bucket());
            rung.setLongPenaltyUsd(rung.getLongSize() * middle * fee);
            rung.setShortPenaltyUsd(rung.getShortSize() * middle * fee);
            LargestInBucket ofLongs = LargestInBucket.of(
                    from.longLots(),
                    from.longPositions(),
                    longs.getOrDefault(from.bucket(), List.of()),
                    largest.completeFrom());
            if (ofLongs != null) {
                rung.setLargestLongSize(contract.baseUnits(ofLongs.lots(), middle));
                rung.setLargestLongAccount(ofLongs.account());
            }
            LargestInBucket ofShorts = LargestInBucket.of(
                    from.shortLots(),
                    from.shortPositions(),
                    shorts.getOrDefault(from.bucket(), List.of()),
                    largest.completeFrom());
            if (ofShorts != null) {
                rung.setLargestShortSize(contract.baseUnits(ofShorts.lots(), middle));
                rung.setLargestShortAccount(ofShorts.account());
            }
        }
        return rungs;
    }

    private static Map<Integer, List<LargePosition>> byBucket(LargestPositions largest, Side side) {
        Map<Integer, List<LargePosition>> byBucket = new HashMap<>();
        for (LargePosition position : largest.of(side)) {
            byBucket.computeIfAbsent(position.bucket(), none -> new ArrayList<>())
                    .add(position);
        }
        return byBucket;
    }

    private static List<Rung> rungs(List<io.plimsoll.risk.Ladder.Rung> rungs, Contract contract) {
        return rungs.stream().map(rung -> rung(rung, contract)).toList();
    }

    private static Rung rung(io.plimsoll.risk.Ladder.Rung rung, Contract contract) {
        double middle = PriceGrid.LADDER.middle(rung.bucket());
        Rung written = new Rung();
        written.setBucket(rung.bucket());
        written.setLowerPrice(PriceGrid.LADDER.lowerEdge(rung.bucket()));
        written.setUpperPrice(PriceGrid.LADDER.lowerEdge(rung.bucket() + 1));
        written.setLongSize(contract.baseUnits(rung.longLots(), middle));
        written.setShortSize(contract.baseUnits(rung.shortLots(), middle));
        written.setLongPositions(rung.longPositions());
        written.setShortPositions(rung.shortPositions());
        return written;
    }
}
