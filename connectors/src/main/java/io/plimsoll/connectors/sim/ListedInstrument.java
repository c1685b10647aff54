package io.plimsoll.connectors.sim;

import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.util.ArrayList;
import java.util.List;

/**
 * An instrument that the simulated venue lists.
 *
 * @param startPrice price when the simulation starts, USD
 * @param sizeDecimals decimals of the smallest size
 * @param maxLeverage largest leverage up to {@code upperTierFloorUsd}, and {@code upperMaxLeverage} from there
 * @param yearlyVolatility of its own, apart from the common factor, a fraction
 * @param beta how far it follows the common factor
 * @param popularity weight with which traders choose it
 */
record ListedInstrument(
        String symbol,
        double startPrice,
        int sizeDecimals,
        double maxLeverage,
        double upperTierFloorUsd,
        double upperMaxLeverage,
        double yearlyVolatility,
        double beta,
        double popularity) {

    static final String VENUE = "sim";
    static final String SETTLE_ASSET = "USDC";

    private static final double USUAL_FLOOR_USD = 20e6;

    private static final List<ListedInstrument> NAMED = List.of(
            new ListedInstrument("BTC", 72_000, 5, 40, 150e6, 20, 0.35, 0.9, 30),
            new ListedInstrument("ETH", 2_300, 4, 25, 100e6, 15, 0.5, 1.2, 20),
            new ListedInstrument("SOL", 87, 2, 20, 70e6, 10, 0.7, 1.4, 12),
            new ListedInstrument("XRP", 1.4, 0, 20, 40e6, 10, 0.7, 1.2, 6),
            usual("DOGE", 0.13, 0, 1.5, 5),
            usual("HYPE", 40, 2, 1.1, 8),
            usual("BNB", 640, 3, 0.9, 4),
            usual("AVAX", 12, 2, 1.5, 3),
            usual("LINK", 11, 1, 1.4, 3),
            usual("SUI", 1.3, 1, 1.7, 3),
            usual("LTC", 75, 2, 1.1, 2),
            usual("ADA", 0.35, 0, 1.4, 2));

    private static ListedInstrument usual(
            String symbol, double startPrice, int sizeDecimals, double beta, double popularity) {
        return new ListedInstrument(symbol, startPrice, sizeDecimals, 10, USUAL_FLOOR_USD, 5, 0.9, beta, popularity);
    }

    /** The first {@code count} instruments: known names first, then SYN01, SYN02 and so on. */
    static List<ListedInstrument> first(int count) {
        List<ListedInstrument> listed = new ArrayList<>(NAMED.subList(0, Math.min(count, NAMED.size())));
        for (int i = 1; listed.size() < count; i++) {
            boolean cheap = i % 2 == 0;
            listed.add(usual(String.format("SYN%02d", i), cheap ? 0.5 : 5.0 * i, cheap ? 0 : 2, 1.3, 1));
        }
        return listed;
    }

    double lotsPerUnit() {
        double lots = 1;
        for (int i = 0; i < sizeDecimals; i++) {
            lots *= 10;
        }
        return lots;
    }

    double maintenanceRate(double notionalUsd) {
        return 0.5 / (notionalUsd < upperTierFloorUsd ? maxLeverage : upperMaxLeverage);
    }

    /** Maintenance margin of a position, USD; continuous where the tier changes. */
    double maintenanceUsd(double notionalUsd) {
        double deduction =
                notionalUsd < upperTierFloorUsd ? 0 : upperTierFloorUsd * (0.5 / upperMaxLeverage - 0.5 / maxLeverage);
        return notionalUsd * maintenanceRate(notionalUsd) - deduction;
    }

    Instrument toRecord() {
        return Instrument.newBuilder()
                .setVenue(VENUE)
                .setSymbol(symbol)
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(symbol)
                .setQuoteAsset(SETTLE_ASSET)
                .setSettleAsset(SETTLE_ASSET)
                .setSizeDecimals(sizeDecimals)
                .setMarginTiers(List.of(
                        new MarginTier(0.0, 0.5 / maxLeverage, null, maxLeverage),
                        new MarginTier(upperTierFloorUsd, 0.5 / upperMaxLeverage, null, upperMaxLeverage)))
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE)
                .build();
    }
}
