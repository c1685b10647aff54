package io.plimsoll.topology;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.MarketQuote;
import io.plimsoll.risk.Tier;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.Price;
import org.jspecify.annotations.Nullable;

/**
 * An instrument's record, and what follows from it for sums, margin and units.
 *
 * @param market venue:symbol; one string for all positions of the market
 */
public record InstrumentTerms(String market, Instrument instrument, LotSize lotSize, MarginTable table) {

    private static final double HOURS_OF_FUNDING = 8;

    /**
     * Reads an instrument's record.
     *
     * @throws IllegalArgumentException where its lots or its margin table make no sense
     */
    public static InstrumentTerms of(Instrument instrument) {
        return new InstrumentTerms(
                Keys.market(instrument.getVenue(), instrument.getSymbol()),
                instrument,
                new LotSize(instrument.getSizeDecimals(), instrument.getContractMultiplier()),
                MarginTable.of(instrument.getMarginTiers().stream()
                        .map(tier -> new Tier(
                                tier.getNotionalFloorUsd(),
                                tier.getMaintenanceRate(),
                                tier.getDeductionUsd(),
                                tier.getMaxLeverage()))
                        .toList()));
    }

    /** A price's record in Plimsoll's units: funding per 8 hours, open interest single-sided in base units. */
    public MarketQuote quote(Price price) {
        Double rate = price.getFundingRate();
        Double hours = price.getFundingIntervalHours();
        return new MarketQuote(
                price.getMarkPrice(),
                price.getIndexPrice(),
                rate == null || hours == null ? null : (Double) (rate * HOURS_OF_FUNDING / hours),
                instrument.getFundingInterestRate(),
                instrument.getFundingClamp(),
                venueOpenInterest(price));
    }

    private @Nullable Double venueOpenInterest(Price price) {
        Double reported = price.getOpenInterest();
        if (reported == null) {
            return null;
        }
        double base = switch (instrument.getOpenInterestUnit()) {
            case BASE -> reported;
            case CONTRACTS -> reported * instrument.getContractMultiplier();
            case QUOTE -> reported / price.getMarkPrice();
        };
        return instrument.getOpenInterestSides() == OpenInterestSides.BOTH ? base / 2 : base;
    }
}
