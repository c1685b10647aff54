package io.plimsoll.topology;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.MarketQuote;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.Price;
import org.jspecify.annotations.Nullable;

/**
 * An instrument's record, and what follows from it for sums, margin and units.
 *
 * @param contract what a position in it is margined by; of a SPOT instrument what its price stands for
 */
public record InstrumentTerms(Instrument instrument, Contract contract) {

    private static final double HOURS_OF_FUNDING = 8;

    /** What an instrument without tiers is margined by: nothing. No position in one is ever taken. */
    private static final MarginTable NO_MARGIN = MarginTable.ofMaxLeverage(1);

    /**
     * Reads an instrument's record.
     *
     * @throws IllegalArgumentException where its lots or its margin table make no sense
     */
    public static InstrumentTerms of(Instrument instrument) {
        Shape shape = shape(instrument.getKind());
        return new InstrumentTerms(
                instrument,
                new Contract(
                        Keys.market(instrument.getVenue(), instrument.getSymbol()),
                        instrument.getBaseAsset(),
                        instrument.getSettleAsset(),
                        shape,
                        new LotSize(instrument.getSizeDecimals(), instrument.getContractMultiplier()),
                        shape == Shape.INVERSE ? instrument.getSettleDecimals() : Contract.DOLLAR_DECIMALS,
                        instrument.getMarginTiers().isEmpty() ? NO_MARGIN : table(instrument),
                        instrument.getMaintenanceRatePerUnit(),
                        VenueModel.valueOf(instrument.getMarginModel().name())));
    }

    private static boolean isAsset(Instrument instrument) {
        return instrument.getKind() == ContractKind.SPOT;
    }

    /** Whether it only gives an asset its price. */
    public boolean isAsset() {
        return isAsset(instrument);
    }

    /** Whether it is known by what positions in it are margined: always of a SPOT instrument, in which there are none. */
    public boolean isMargined() {
        return isAsset() || !instrument.getMarginTiers().isEmpty();
    }

    private static Shape shape(ContractKind kind) {
        return switch (kind) {
            case LINEAR_PERPETUAL, LINEAR_FUTURE, SPOT -> Shape.LINEAR;
            case INVERSE_PERPETUAL, INVERSE_FUTURE -> Shape.INVERSE;
            case OPTION -> Shape.OPTION;
        };
    }

    private static MarginTable table(Instrument instrument) {
        return MarginTable.of(instrument.getMarginTiers().stream()
                        .map(tier -> new Tier(
                                tier.getNotionalFloor(),
                                tier.getMaintenanceRate(),
                                tier.getDeduction(),
                                tier.getMaxLeverage()))
                        .toList())
                .plusRate(instrument.getLiquidationFeeRate());
    }

    /** venue:symbol; one string for all positions of the market. */
    public String market() {
        return contract.market();
    }

    /** False of an option's price without its index: what an option is worth does not say where its underlying is. */
    public boolean canValue(Price price) {
        return contract.shape() != Shape.OPTION || price.getIndexPrice() != null;
    }

    /** The price that positions are valued at: the mark; of an option its index, NaN where that is not reported. */
    public double valuationPrice(double markPrice, @Nullable Double indexPrice) {
        if (contract.shape() != Shape.OPTION) {
            return markPrice;
        }
        return indexPrice == null ? Double.NaN : indexPrice;
    }

    /** A price's record in Plimsoll's units: funding per 8 hours, open interest single-sided in base units. */
    public MarketQuote quote(Price price) {
        return new MarketQuote(
                valuationPrice(price.getMarkPrice(), price.getIndexPrice()),
                price.getQuotePriceUsd(),
                price.getIndexPrice(),
                fundingRate8h(price),
                instrument.getFundingInterestRate(),
                instrument.getFundingClamp(),
                venueOpenInterest(price));
    }

    /** A price's funding rate, fraction of notional per 8 hours; null where not reported. */
    public static @Nullable Double fundingRate8h(Price price) {
        Double rate = price.getFundingRate();
        Double hours = price.getFundingIntervalHours();
        return rate == null || hours == null ? null : (Double) (rate * HOURS_OF_FUNDING / hours);
    }

    /** Whether those who hold it pay each other funding. */
    public boolean hasFunding() {
        return instrument.getKind() == ContractKind.LINEAR_PERPETUAL
                || instrument.getKind() == ContractKind.INVERSE_PERPETUAL;
    }

    private @Nullable Double venueOpenInterest(Price price) {
        return openInterest(price.getOpenInterest(), price.getMarkPrice(), price.getIndexPrice());
    }

    /** Reported open interest in base units, one side; null where it is not reported. */
    public @Nullable Double openInterest(@Nullable Double reported, double markPrice, @Nullable Double indexPrice) {
        if (reported == null) {
            return null;
        }
        double base = baseUnits(reported, markPrice, indexPrice);
        return instrument.getOpenInterestSides() == OpenInterestSides.BOTH ? base / 2 : base;
    }

    /** Volume of 24 hours in the unit of positions: base units, where inverse face value; null where not reported. */
    public @Nullable Double dayVolume(Price price) {
        return dayVolume(price.getDayVolume(), price.getMarkPrice(), price.getIndexPrice());
    }

    /** The same of the numbers of a price's record. */
    public @Nullable Double dayVolume(@Nullable Double reported, double markPrice, @Nullable Double indexPrice) {
        if (reported == null) {
            return null;
        }
        double base = baseUnits(reported, markPrice, indexPrice);
        return contract.shape() == Shape.INVERSE ? base * markPrice : base;
    }

    private double baseUnits(double reported, double markPrice, @Nullable Double indexPrice) {
        boolean inverse = contract.shape() == Shape.INVERSE;
        return switch (instrument.getOpenInterestUnit()) {
            case BASE -> reported;
            case CONTRACTS -> reported * instrument.getContractMultiplier() / (inverse ? markPrice : 1);
            case QUOTE -> reported / valuationPrice(markPrice, indexPrice);
        };
    }
}
