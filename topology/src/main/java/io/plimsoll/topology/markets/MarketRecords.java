package io.plimsoll.topology.markets;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.SideMeasures;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.TailSkew;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.windows.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a valued market as the records of the contract. */
final class MarketRecords {

    /** Metrics that are kept in windows, in the order of {@link #sample}. */
    static final List<String> WINDOWED = List.of(
            "markPrice",
            "openInterest",
            "openInterestUsd",
            "longNotionalUsd",
            "shortNotionalUsd",
            "longEquityUsd",
            "shortEquityUsd",
            "longLeverage",
            "shortLeverage",
            "leverage",
            "leverageSkew",
            "hhi",
            "fundingRate8h");

    private MarketRecords() {}

    static MarketState state(Valuation valuation) {
        Instrument instrument = valuation.terms().instrument();
        MarketMeasures measures = valuation.measures();
        SideMeasures longs = measures.longs();
        SideMeasures shorts = measures.shorts();
        MarketState state = new MarketState();
        state.setVenue(instrument.getVenue());
        state.setSymbol(instrument.getSymbol());
        state.setBaseAsset(instrument.getBaseAsset());
        state.setAsOfMs(valuation.asOfMs());
        state.setStalenessMs(valuation.stalenessMs());
        state.setPriceTimeMs(valuation.priceTimeMs());
        state.setBookTimeMs(valuation.bookTimeMs() == 0 ? null : (Long) valuation.bookTimeMs());
        state.setFormulaVersion(MarketMeasures.FORMULA_VERSION);
        state.setMarkPrice(measures.quote().markPrice());
        state.setIndexPrice(measures.quote().indexPrice());
        state.setVenueOpenInterest(measures.quote().venueOpenInterest());
        state.setOpenInterest(measures.openInterest());
        state.setOpenInterestUsd(MicroUsd.toUsd(measures.openInterestMicroUsd()));
        state.setNetSize(measures.netSize());
        state.setLongPositions(longs.positions());
        state.setLongSize(longs.size());
        state.setLongNotionalUsd(MicroUsd.toUsd(longs.notionalMicroUsd()));
        state.setLongEntryPrice(longs.entryPrice());
        state.setLongUnrealisedUsd(MicroUsd.toUsd(longs.unrealisedMicroUsd()));
        state.setLongEquityUsd(MicroUsd.toUsd(longs.equityMicroUsd()));
        state.setLongLeverage(longs.leverage());
        state.setCoverageLong(longs.coverage());
        state.setShortPositions(shorts.positions());
        state.setShortSize(shorts.size());
        state.setShortNotionalUsd(MicroUsd.toUsd(shorts.notionalMicroUsd()));
        state.setShortEntryPrice(shorts.entryPrice());
        state.setShortUnrealisedUsd(MicroUsd.toUsd(shorts.unrealisedMicroUsd()));
        state.setShortEquityUsd(MicroUsd.toUsd(shorts.equityMicroUsd()));
        state.setShortLeverage(shorts.leverage());
        state.setCoverageShort(shorts.coverage());
        state.setLeverage(measures.leverage());
        state.setLeverageSkew(measures.leverageSkew());
        state.setLeverageLogRatio(measures.leverageLogRatio());
        Double hhi = measures.hhi();
        state.setHhi(hhi);
        state.setEffectiveAccounts(hhi == null ? null : (Double) (1 / hhi));
        List<Double> shares = measures.topShares();
        if (!shares.isEmpty()) {
            state.setTop1Share(shares.get(0));
            state.setTop5Share(shares.get(1));
            state.setTop10Share(shares.get(2));
            state.setTop20Share(shares.get(3));
        }
        state.setFundingRate8h(measures.quote().fundingRate8h());
        state.setFundingImpliedSkew(measures.quote().fundingImpliedSkew());
        state.setTailSkew(measures.tailSkew().stream()
                .map(tail -> new TailSkew(tail.distance(), tail.longShare(), tail.shortShare(), tail.skew()))
                .toList());
        state.setVenueReportedPositions(measures.venueLines().used());
        state.setVenueLinesCompared(measures.venueLines().compared());
        state.setVenueLinesApart(measures.venueLines().apart());
        state.setQuotePriceUsd(measures.quote().quoteUsd());
        state.setMarginTableDate(instrument.getMarginTableDate());
        state.setUnliquidatableSize(measures.unliquidatableSize());
        return state;
    }

    static MarketSummary summary(Valuation valuation) {
        MarketMeasures measures = valuation.measures();
        Double venueOpenInterest = measures.quote().venueOpenInterest();
        return new MarketSummary(
                valuation.market(),
                valuation.terms().instrument().getVenue(),
                valuation.terms().instrument().getBaseAsset(),
                valuation.asOfMs(),
                valuation.stalenessMs(),
                measures.longs().positions(),
                measures.shorts().positions(),
                measures.openInterestMicroUsd(),
                measures.longs().notionalMicroUsd(),
                measures.shorts().notionalMicroUsd(),
                measures.longs().equityMicroUsd(),
                measures.shorts().equityMicroUsd(),
                venueOpenInterest == null
                        ? null
                        : (Long) MicroUsd.of(venueOpenInterest
                                * measures.quote().markPrice()
                                * measures.quote().quoteUsd()),
                measures.venueLines().compared(),
                measures.venueLines().apart());
    }

    static Sample sample(Valuation valuation) {
        MarketMeasures measures = valuation.measures();
        return new Sample(
                valuation.asOfMs(),
                valuation.stalenessMs(),
                measures.longs().coverage(),
                measures.shorts().coverage(),
                new double[] {
                    measures.quote().markPrice(),
                    measures.openInterest(),
                    MicroUsd.toUsd(measures.openInterestMicroUsd()),
                    MicroUsd.toUsd(measures.longs().notionalMicroUsd()),
                    MicroUsd.toUsd(measures.shorts().notionalMicroUsd()),
                    MicroUsd.toUsd(measures.longs().equityMicroUsd()),
                    MicroUsd.toUsd(measures.shorts().equityMicroUsd()),
                    orNone(measures.longs().leverage()),
                    orNone(measures.shorts().leverage()),
                    orNone(measures.leverage()),
                    orNone(measures.leverageSkew()),
                    orNone(measures.hhi()),
                    orNone(measures.quote().fundingRate8h())
                });
    }

    private static double orNone(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
