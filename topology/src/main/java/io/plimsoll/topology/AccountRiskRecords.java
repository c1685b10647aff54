package io.plimsoll.topology;

import io.plimsoll.risk.AccountRiskMeasures;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.carry.AccountCarry;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.CoinRisk;
import io.plimsoll.schemas.avro.LiquidationMode;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.schemas.avro.NumberSource;
import io.plimsoll.schemas.avro.PositionRisk;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes an account at present prices as a record of the contract. */
public final class AccountRiskRecords {

    private static final double MS_PER_HOUR = 3_600_000;

    /** A thousand years: what takes longer never happens. */
    private static final double MOST_HOURS = 1_000 * 365.25 * 24;

    private final Function<String, @Nullable InstrumentTerms> terms;
    private final Prices prices;
    private final ToLongFunction<String> priceTimeMs;
    private final Function<String, @Nullable Double> fundingRate8h;
    private final double tolerance;

    /**
     * A writer.
     *
     * @param terms terms of a market
     * @param prices present prices
     * @param priceTimeMs event time of a market's price, epoch milliseconds
     * @param fundingRate8h a market's funding rate, fraction of notional per 8 hours; null where not known
     * @param tolerance relative difference up to which the venue's liquidation prices confirm ours
     */
    public AccountRiskRecords(
            Function<String, @Nullable InstrumentTerms> terms,
            Prices prices,
            ToLongFunction<String> priceTimeMs,
            Function<String, @Nullable Double> fundingRate8h,
            double tolerance) {
        this.terms = terms;
        this.prices = prices;
        this.priceTimeMs = priceTimeMs;
        this.fundingRate8h = fundingRate8h;
        this.tolerance = tolerance;
    }

    /**
     * The record of an account, all of whose prices are known.
     *
     * @param key venue:account
     * @param state its state
     * @param sinceMs event time at which that began; null: with this record
     */
    public AccountRisk record(String key, HeldAccount held, MarginCall state, @Nullable Long sinceMs) {
        AccountRiskMeasures measures = AccountRiskMeasures.of(held.pools(), prices, held.venueMarginRatio(), tolerance);
        AccountCarry carry = AccountCarry.of(held.pools(), prices, this::fundingRate8h);
        boolean isOurs = measures.source() != io.plimsoll.risk.NumberSource.VENUE_REPORTED;
        long newest = held.newestMs();
        long oldest = Long.MAX_VALUE;
        for (String market : held.markets()) {
            long timeMs = priceTimeMs.applyAsLong(market);
            newest = Math.max(newest, timeMs);
            oldest = Math.min(oldest, timeMs);
        }
        int end = key.indexOf(Keys.SEPARATOR);
        return new AccountRisk(
                key.substring(0, end),
                key.substring(end + 1),
                newest,
                oldest == Long.MAX_VALUE ? 0 : newest - oldest,
                MarketMeasures.FORMULA_VERSION,
                MarginCallState.valueOf(state.name()),
                sinceMs == null ? newest : sinceMs,
                NumberSource.valueOf(measures.source().name()),
                measures.equityUsd(),
                measures.marginEquityUsd(),
                measures.maintenanceUsd(),
                measures.marginRatio(),
                measures.grossNotionalUsd(),
                measures.netNotionalUsd(),
                measures.grossLeverage(),
                measures.netLeverage(),
                measures.commonShock(),
                measures.crossEfficiency(),
                measures.forcedUsd(),
                measures.positions().stream().map(this::position).toList(),
                coins(measures.coins()),
                carry.fundingUsdPerHour(),
                isOurs ? ms(carry.fundingHours()) : null,
                carry.interestUsdPerHour(),
                isOurs ? ms(carry.interestHours()) : null);
    }

    /** Dated contracts and options pay none. */
    private @Nullable Double fundingRate8h(String market) {
        InstrumentTerms its = terms.apply(market);
        return its == null || its.hasFunding() ? fundingRate8h.apply(market) : (Double) 0.0;
    }

    private static @Nullable Long ms(@Nullable Double hours) {
        return hours == null || hours > MOST_HOURS ? null : (Long) Math.round(hours * MS_PER_HOUR);
    }

    private PositionRisk position(io.plimsoll.risk.PositionRisk risk) {
        String market = risk.position().market();
        InstrumentTerms its = terms.apply(market);
        return new PositionRisk(
                market.substring(market.indexOf(Keys.SEPARATOR) + 1),
                risk.size(),
                prices.price(market),
                risk.notionalUsd(),
                risk.unrealisedUsd(),
                risk.maintenanceUsd(),
                risk.leverage(),
                risk.tier(),
                its == null ? null : its.instrument().getMarginTableDate(),
                risk.liquidationPrice(),
                risk.bankruptcyPrice(),
                risk.distance(),
                risk.venueLiquidationPrice(),
                risk.venueDifference(),
                LiquidationMode.valueOf(risk.mode().name()),
                risk.forcedSize(),
                risk.forcedUsd(),
                NumberSource.valueOf(risk.source().name()));
    }

    private static List<CoinRisk> coins(List<io.plimsoll.risk.CoinRisk> risks) {
        return risks.stream()
                .map(risk -> new CoinRisk(
                        risk.balance().asset(),
                        risk.balance().quantity(),
                        risk.valueUsd(),
                        risk.liquidationPrice(),
                        risk.distance(),
                        LiquidationMode.valueOf(risk.mode().name()),
                        risk.forcedUsd()))
                .toList();
    }
}
