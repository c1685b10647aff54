package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reserve: an asset that is lent and borrowed.
 *
 * @param id the subgraph's
 * @param name in keys and records: its symbol, with the beginning of its address where several have the same
 * @param priceUsd oracle's, US dollars
 * @param threshold share of its value that counts as backing of a loan, 0 to 1
 * @param eMode category that it belongs to; null: none
 * @param liquidityIndex what a scaled unit lent has become, as of {@code updatedS}
 * @param borrowIndex what a scaled unit owed has become, as of {@code updatedS}
 * @param liquidityRate fraction a year
 * @param borrowRate fraction a year
 * @param updatedS when it was last touched, epoch seconds
 */
public record Reserve(
        String id,
        String name,
        int decimals,
        BigDecimal priceUsd,
        BigDecimal threshold,
        @Nullable String eMode,
        BigDecimal liquidityIndex,
        BigDecimal borrowIndex,
        BigDecimal liquidityRate,
        BigDecimal borrowRate,
        long updatedS) {

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
    private static final BigDecimal USD_UNIT = BigDecimal.valueOf(100_000_000);
    private static final BigDecimal YEAR_S = BigDecimal.valueOf(31_536_000);
    private static final int RAY_DECIMALS = 27;
    private static final int MOST_SIZE_DECIMALS = 12;
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    /** Its name as a debt of an account that also owns some of it: a balance has one sign. */
    static final String DEBT = "-debt";

    /**
     * @param name under which it is written
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the subgraph's schema says
     */
    public static Reserve of(JsonNode reserve, String name) {
        if (name.isEmpty() || name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw VenueJson.wrong("symbol", reserve.get("symbol"), "a name without spaces and colons");
        }
        long decimals = VenueJson.whole(reserve, "decimals");
        if (decimals < 0 || decimals > 30) {
            throw VenueJson.wrong("decimals", reserve.get("decimals"), "0 to 30");
        }
        JsonNode price = VenueJson.object(reserve, "price");
        BigDecimal quoted = VenueJson.decimal(price, "priceInEth");
        if (quoted.signum() <= 0) {
            throw VenueJson.wrong("priceInEth", price.get("priceInEth"), "more than 0");
        }
        JsonNode oracle = price.get("oracle");
        BigDecimal unit = oracle == null || VenueJson.isAbsent(oracle)
                ? null
                : VenueJson.optionalDecimal(oracle, "baseCurrencyUnit");
        BigDecimal threshold =
                VenueJson.decimal(reserve, "reserveLiquidationThreshold").divide(BASIS_POINTS);
        JsonNode eMode = reserve.get("eMode");
        return new Reserve(
                VenueJson.text(reserve, "id"),
                name,
                (int) decimals,
                // Named after ether in all versions of the schema; in v3 it is in the oracle's currency, dollars.
                quoted.divide(unit == null || unit.signum() <= 0 ? USD_UNIT : unit, DIGITS),
                share(threshold, "reserveLiquidationThreshold"),
                eMode == null || VenueJson.isAbsent(eMode) ? null : VenueJson.text(eMode, "id"),
                ray(reserve, "liquidityIndex"),
                ray(reserve, "variableBorrowIndex"),
                ray(reserve, "liquidityRate"),
                ray(reserve, "variableBorrowRate"),
                VenueJson.whole(reserve, "lastUpdateTimestamp"));
    }

    static BigDecimal share(BigDecimal share, String field) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw VenueJson.wrong(field, null, "0 to 10000 basis points, not " + share.multiply(BASIS_POINTS));
        }
        return share;
    }

    private static BigDecimal ray(JsonNode reserve, String field) {
        BigDecimal value = VenueJson.decimal(reserve, field);
        if (value.signum() < 0) {
            throw VenueJson.wrong(field, reserve.get(field), "0 or more");
        }
        return value.movePointLeft(RAY_DECIMALS);
    }

    /** What a scaled unit lent has become at a time: interest since the last touch is simple. */
    BigDecimal liquidityIndexAt(long timeS) {
        BigDecimal years = years(timeS);
        return liquidityIndex.multiply(BigDecimal.ONE.add(liquidityRate.multiply(years, DIGITS)), DIGITS);
    }

    /** What a scaled unit owed has become at a time: compounded by the second, in the protocol's own three terms. */
    BigDecimal borrowIndexAt(long timeS) {
        long seconds = Math.max(0, timeS - updatedS);
        BigDecimal perSecond = borrowRate.divide(YEAR_S, DIGITS);
        BigDecimal n = BigDecimal.valueOf(seconds);
        BigDecimal first = perSecond.multiply(n, DIGITS);
        BigDecimal second = first.multiply(perSecond, DIGITS)
                .multiply(BigDecimal.valueOf(Math.max(0, seconds - 1)), DIGITS)
                .divide(BigDecimal.valueOf(2), DIGITS);
        BigDecimal third = second.multiply(perSecond, DIGITS)
                .multiply(BigDecimal.valueOf(Math.max(0, seconds - 2)), DIGITS)
                .divide(BigDecimal.valueOf(3), DIGITS);
        return borrowIndex.multiply(BigDecimal.ONE.add(first).add(second).add(third), DIGITS);
    }

    private BigDecimal years(long timeS) {
        return BigDecimal.valueOf(Math.max(0, timeS - updatedS)).divide(YEAR_S, DIGITS);
    }

    /** Units of the asset that an amount in its smallest unit is. */
    BigDecimal units(BigDecimal amount) {
        return amount.movePointLeft(decimals);
    }

    /** Its instrument, which gives what is owned and owed its price. */
    public Instrument instrument(String venue, String symbol, boolean isStablecoin) {
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setKind(ContractKind.SPOT)
                .setBaseAsset(name)
                .setQuoteAsset("USD")
                .setSettleAsset("USD")
                .setSizeDecimals(Math.min(MOST_SIZE_DECIMALS, decimals))
                .setMarginTiers(List.of())
                .setTriggerPrice(TriggerPrice.ORACLE)
                .setOpenInterestUnit(AaveSourceConnector.OPEN_INTEREST.unit())
                .setOpenInterestSides(AaveSourceConnector.OPEN_INTEREST.sides())
                .setMarginModel(MarginModel.AAVE_V3)
                .setPeggedToUsd(isStablecoin)
                .build();
    }

    /** Its price: the oracle's, which is what liquidates. */
    public Price price(String venue, String symbol) {
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setMarkPrice(priceUsd.doubleValue())
                .setIndexPrice(priceUsd.doubleValue())
                .build();
    }
}
