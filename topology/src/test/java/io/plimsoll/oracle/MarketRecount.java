package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TailSkew;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One market from scratch.
 *
 * @param price the latest price, or null where none is known yet
 * @param bookTimeMs newest event time of any record of an account that has, or closed, a position here; null: none
 */
record MarketRecount(
        Instrument instrument,
        @Nullable Price price,
        @Nullable Long priceTimeMs,
        @Nullable Long bookTimeMs,
        List<Contribution> contributions) {

    static final int FORMULA_VERSION = 2;

    private static final double[] TAIL_DISTANCES = {0.01, 0.02, 0.05, 0.1};

    SideRecount side(boolean isLong) {
        return SideRecount.of(this, isLong);
    }

    boolean isInverse() {
        return OpenPosition.isInverse(instrument);
    }

    /** The price at which positions are valued; only where one is known. */
    double valuation() {
        if (price == null) {
            throw new IllegalStateException("no price of " + instrument.getVenue() + ":" + instrument.getSymbol());
        }
        boolean option = instrument.getKind() == ContractKind.OPTION;
        return option ? Objects.requireNonNull(price.getIndexPrice()) : price.getMarkPrice();
    }

    /** Base units of so many lots; 0 of none, also without a price. */
    double size(BigInteger lots) {
        double size = Exact.wireSize(lots, instrument.getSizeDecimals());
        return isInverse() && lots.signum() != 0 ? size / valuation() : size;
    }

    long asOfMs() {
        return Math.max(
                priceTimeMs == null ? Long.MIN_VALUE : priceTimeMs, bookTimeMs == null ? Long.MIN_VALUE : bookTimeMs);
    }

    long stalenessMs() {
        if (priceTimeMs == null || bookTimeMs == null) {
            return 0;
        }
        return asOfMs() - Math.min(priceTimeMs, bookTimeMs);
    }

    /** The venue's own open interest, single-sided, base units. */
    @Nullable
    Double venueOpenInterest() {
        if (price == null || price.getOpenInterest() == null) {
            return null;
        }
        double base = price.getOpenInterest();
        if (instrument.getOpenInterestUnit() == OpenInterestUnit.CONTRACTS) {
            base = base * instrument.getContractMultiplier() / (isInverse() ? valuation() : 1);
        } else if (instrument.getOpenInterestUnit() == OpenInterestUnit.QUOTE) {
            base = base / valuation();
        }
        return instrument.getOpenInterestSides() == OpenInterestSides.BOTH ? base / 2 : base;
    }

    /** The state; only where a price is known. */
    MarketState state() {
        if (price == null || priceTimeMs == null) {
            throw new IllegalStateException("no price of " + instrument.getVenue() + ":" + instrument.getSymbol());
        }
        SideRecount longs = side(true);
        SideRecount shorts = side(false);
        Double longLeverage = longs.leverage();
        Double shortLeverage = shorts.leverage();
        Double hhi = hhi();
        Double funding = fundingRate8h();
        MarketState state = new MarketState();
        state.setVenue(instrument.getVenue());
        state.setSymbol(instrument.getSymbol());
        state.setBaseAsset(instrument.getBaseAsset());
        state.setAsOfMs(asOfMs());
        state.setStalenessMs(stalenessMs());
        state.setPriceTimeMs(priceTimeMs);
        state.setBookTimeMs(bookTimeMs);
        state.setFormulaVersion(FORMULA_VERSION);
        state.setCensored(false);
        state.setMarkPrice(valuation());
        state.setIndexPrice(price.getIndexPrice());
        state.setVenueOpenInterest(venueOpenInterest());
        state.setOpenInterest(size(longs.lots().max(shorts.lots())));
        state.setOpenInterestUsd(Exact.wireUsd(longs.notional().max(shorts.notional())));
        state.setNetSize(size(longs.lots().subtract(shorts.lots())));
        state.setLongPositions(longs.positions());
        state.setLongSize(longs.size());
        state.setLongNotionalUsd(Exact.wireUsd(longs.notional()));
        state.setLongEntryPrice(longs.entryPrice());
        state.setLongUnrealisedUsd(Exact.wireUsd(longs.unrealised()));
        state.setLongEquityUsd(Exact.wireUsd(longs.equity()));
        state.setLongLeverage(longLeverage);
        state.setCoverageLong(longs.coverage(venueOpenInterest()));
        state.setShortPositions(shorts.positions());
        state.setShortSize(shorts.size());
        state.setShortNotionalUsd(Exact.wireUsd(shorts.notional()));
        state.setShortEntryPrice(shorts.entryPrice());
        state.setShortUnrealisedUsd(Exact.wireUsd(shorts.unrealised()));
        state.setShortEquityUsd(Exact.wireUsd(shorts.equity()));
        state.setShortLeverage(shortLeverage);
        state.setCoverageShort(shorts.coverage(venueOpenInterest()));
        state.setLeverage(
                contributions.isEmpty()
                        ? null
                        : Exact.ratio(
                                longs.notional().add(shorts.notional()),
                                longs.equity().add(shorts.equity())));
        state.setLeverageSkew(skew(longLeverage, shortLeverage));
        state.setLeverageLogRatio(
                longLeverage == null || shortLeverage == null
                        ? null
                        : Double.valueOf(StrictMath.log(longLeverage / shortLeverage)));
        state.setHhi(hhi);
        state.setEffectiveAccounts(hhi == null ? null : Double.valueOf(1 / hhi));
        state.setTop1Share(topShare(1));
        state.setTop5Share(topShare(5));
        state.setTop10Share(topShare(10));
        state.setTop20Share(topShare(20));
        state.setFundingRate8h(funding);
        state.setFundingImpliedSkew(
                funding == null
                        ? null
                        : Double.valueOf(
                                (funding - instrument.getFundingInterestRate()) / instrument.getFundingClamp()));
        state.setTailSkew(tailSkews(valuation()));
        state.setVenueReportedPositions(
                (int) contributions.stream().filter(Contribution::venueReported).count());
        state.setVenueLinesCompared(venueLinesCompared());
        state.setVenueLinesApart(venueLinesApart());
        state.setQuotePriceUsd(price.getQuotePriceUsd());
        state.setMarginTableDate(instrument.getMarginTableDate());
        state.setUnliquidatableSize(size(unliquidatableLots(true).add(unliquidatableLots(false))));
        return state;
    }

    /** (l - s) / (l + s), or null where either is null. */
    static @Nullable Double skew(@Nullable Double longLeverage, @Nullable Double shortLeverage) {
        return longLeverage == null || shortLeverage == null
                ? null
                : Double.valueOf((longLeverage - shortLeverage) / (longLeverage + shortLeverage));
    }

    int venueLinesCompared() {
        return (int) contributions.stream()
                .filter(its -> its.venueDifference() != null)
                .count();
    }

    int venueLinesApart() {
        return (int) contributions.stream()
                .filter(its -> its.venueDifference() != null && VenueLinesRecount.isApart(its.venueDifference()))
                .count();
    }

    BigInteger unliquidatableLots(boolean isLong) {
        return contributions.stream()
                .filter(its ->
                        its.open().isLong() == isLong && its.liquidation().bucket() == null)
                .map(its -> its.open().lots().abs())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private List<BigInteger> grossLots() {
        return contributions.stream().map(its -> its.open().lots().abs()).toList();
    }

    private static BigInteger sum(List<BigInteger> numbers) {
        return numbers.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private @Nullable Double hhi() {
        BigInteger squares = sum(grossLots().stream().map(lots -> lots.pow(2)).toList());
        return Exact.ratio(squares, sum(grossLots()).pow(2));
    }

    private @Nullable Double topShare(int count) {
        List<BigInteger> largest = grossLots().stream()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .toList();
        return Exact.ratio(sum(largest), sum(grossLots()));
    }

    @Nullable
    Double fundingRate8h() {
        if (price == null || price.getFundingRate() == null || price.getFundingIntervalHours() == null) {
            return null;
        }
        return price.getFundingRate() * 8 / price.getFundingIntervalHours();
    }

    private List<TailSkew> tailSkews(double mark) {
        List<TailSkew> skews = new ArrayList<>();
        for (double distance : TAIL_DISTANCES) {
            int longEdge = Exact.bucket(mark * (1 - distance));
            int shortEdge = Exact.bucket(mark * (1 + distance));
            BigInteger longLots = BigInteger.ZERO;
            BigInteger shortLots = BigInteger.ZERO;
            for (Contribution contribution : contributions) {
                Integer bucket = contribution.liquidation().bucket();
                BigInteger lots = contribution.open().lots().abs();
                if (bucket != null && contribution.open().isLong() && bucket >= longEdge) {
                    longLots = longLots.add(lots);
                }
                if (bucket != null && !contribution.open().isLong() && bucket <= shortEdge) {
                    shortLots = shortLots.add(lots);
                }
            }
            Double longShare = Exact.ratio(longLots, side(true).lots());
            Double shortShare = Exact.ratio(shortLots, side(false).lots());
            Double skew = longShare == null || shortShare == null ? null : Double.valueOf(longShare - shortShare);
            skews.add(new TailSkew(distance, longShare, shortShare, skew));
        }
        return skews;
    }
}
