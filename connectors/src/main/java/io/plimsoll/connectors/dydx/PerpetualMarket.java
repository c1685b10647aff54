package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a market. Changes say only what has changed: a field that is missing is as before.
 *
 * @param status ACTIVE, PAUSED, CANCEL_ONLY, POST_ONLY, INITIALIZING or FINAL_SETTLEMENT; null: not said yet
 * @param oraclePrice quote units per base unit
 * @param nextFundingRate as it stands for the hour under way, fraction; positive: longs pay
 * @param openInterest base units, one side
 * @param initialMargin fraction of notional, before what the venue adds where open interest is large
 * @param maintenanceMargin fraction of notional
 * @param atomicResolution power of ten of the smallest size, base units (-10)
 */
public record PerpetualMarket(
        String ticker,
        @Nullable String status,
        @Nullable BigDecimal oraclePrice,
        @Nullable BigDecimal nextFundingRate,
        @Nullable BigDecimal openInterest,
        @Nullable BigDecimal initialMargin,
        @Nullable BigDecimal maintenanceMargin,
        @Nullable Integer atomicResolution) {

    private static final String QUOTE = "USDC";
    private static final int MOST_DECIMALS = 12;

    /** A market of which nothing is known. */
    public static PerpetualMarket named(String ticker) {
        if (ticker.isEmpty()
                || ticker.indexOf(':') >= 0
                || ticker.chars().anyMatch(Character::isWhitespace)
                || !ticker.endsWith("-USD")) {
            throw VenueJson.wrong("ticker", null, "a name without spaces and colons that ends in -USD, not " + ticker);
        }
        return new PerpetualMarket(ticker, null, null, null, null, null, null, null);
    }

    /** The market after what the venue has said of it now. */
    public PerpetualMarket with(JsonNode said) {
        BigDecimal oracle = positive(said, "oraclePrice");
        BigDecimal funding = VenueJson.optionalDecimal(said, "nextFundingRate");
        BigDecimal interest = VenueJson.optionalDecimal(said, "openInterest");
        BigDecimal initial = positive(said, "initialMarginFraction");
        BigDecimal maintenance = positive(said, "maintenanceMarginFraction");
        String newStatus = VenueJson.optionalText(said, "status");
        if (interest != null && interest.signum() < 0) {
            throw VenueJson.wrong("openInterest", said.get("openInterest"), "0 or more");
        }
        return new PerpetualMarket(
                ticker,
                newStatus == null ? status : newStatus,
                oracle == null ? oraclePrice : oracle,
                funding == null ? nextFundingRate : funding,
                interest == null ? openInterest : interest,
                initial == null ? initialMargin : initial,
                maintenance == null ? maintenanceMargin : maintenance,
                VenueJson.isAbsent(said.get("atomicResolution")) ? atomicResolution : (Integer) resolution(said));
    }

    private static int resolution(JsonNode said) {
        long resolution = VenueJson.whole(said, "atomicResolution");
        if (resolution > 0 || resolution < -MOST_DECIMALS) {
            throw VenueJson.wrong("atomicResolution", said.get("atomicResolution"), "-" + MOST_DECIMALS + " to 0");
        }
        return (int) resolution;
    }

    private static @Nullable BigDecimal positive(JsonNode said, String field) {
        BigDecimal value = VenueJson.optionalDecimal(said, field);
        if (value != null && value.signum() <= 0) {
            throw VenueJson.wrong(field, said.get(field), "more than 0");
        }
        return value;
    }

    /** Whether it is no more: the venue has settled it for good. */
    boolean isSettled() {
        return "FINAL_SETTLEMENT".equals(status);
    }

    /** Its instrument; null while the venue has not said enough of it. */
    public @Nullable Instrument instrument(String venue, String day) {
        BigDecimal maintenance = maintenanceMargin;
        Integer resolution = atomicResolution;
        if (maintenance == null || resolution == null) {
            return null;
        }
        Double leverage = initialMargin == null ? null : (Double) (1 / initialMargin.doubleValue());
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(ticker)
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(ticker.substring(0, ticker.lastIndexOf('-')))
                .setQuoteAsset(QUOTE)
                .setSettleAsset(QUOTE)
                .setSizeDecimals(-resolution)
                .setMarginTiers(List.of(new MarginTier(0.0, maintenance.doubleValue(), null, leverage)))
                .setMarginTableDate(day)
                .setTriggerPrice(TriggerPrice.ORACLE)
                .setOpenInterestUnit(DydxSourceConnector.OPEN_INTEREST.unit())
                .setOpenInterestSides(DydxSourceConnector.OPEN_INTEREST.sides())
                .setMarginModel(MarginModel.DYDX_V4)
                .build();
    }

    /** What its price says, in one line, digits as the venue gave them. */
    String priceLine() {
        return oraclePrice + " " + nextFundingRate + " " + openInterest;
    }

    /**
     * Its price record: the oracle price is what liquidates, and stands for the mark. Volume is left out, since the venue
     * counts it in dollars.
     *
     * @return null while there is no oracle price
     */
    public @Nullable Price price(String venue) {
        BigDecimal oracle = oraclePrice;
        if (oracle == null) {
            return null;
        }
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(ticker)
                .setMarkPrice(oracle.doubleValue())
                .setIndexPrice(oracle.doubleValue())
                .setFundingRate(nextFundingRate == null ? null : (Double) nextFundingRate.doubleValue())
                .setFundingIntervalHours(nextFundingRate == null ? null : 1.0)
                .setOpenInterest(openInterest == null ? null : (Double) openInterest.doubleValue())
                .build();
    }
}
