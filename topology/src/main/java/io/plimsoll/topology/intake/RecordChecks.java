package io.plimsoll.topology.intake;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.cascade.Rebalancing;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.Strategy;
import io.plimsoll.schemas.avro.StrategyKind;
import io.plimsoll.topology.InstrumentTerms;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a record of each input topic must look like. Each check gives the first thing wrong, or null.
 *
 * <p>The bounds are far outside any real market; they keep sums within 64 bits whatever a broken feed sends.
 */
final class RecordChecks {

    private static final double MAX_PRICE = 1e12;
    private static final double MIN_PRICE = 1e-12;
    private static final double MAX_SIZE = 1e15;
    private static final double MAX_USD = 9e9;
    private static final double MAX_LEVERAGE = 10_000;
    private static final double MAX_STRATEGY_LEVERAGE = 100;
    private static final double MAX_FUNDING = 10;
    /** 10,000 % a year. */
    private static final double MAX_BORROW_RATE = 100;

    private static final int MAX_ID = 200;
    private static final int MAX_SCENARIO_ENTRIES = 1_000;
    private static final int MAX_REMOVED_ACCOUNTS = 10_000;
    private static final String PRICE_RANGE = MIN_PRICE + " to " + MAX_PRICE;

    private RecordChecks() {}

    static @Nullable Refusal instrument(String key, Instrument instrument) {
        Refusal refusal = key(key, Keys.market(instrument.getVenue(), instrument.getSymbol()), instrument.getVenue());
        if (refusal != null) {
            return refusal;
        }
        boolean asset = instrument.getKind() == ContractKind.SPOT;
        if (asset && !instrument.getMarginTiers().isEmpty()) {
            return Refusal.invalid(
                    "marginTiers", instrument.getMarginTiers().size() + " tiers", "none where kind is SPOT");
        }
        if (!within(instrument.getLiquidationFeeRate(), 0, 0.1)) {
            return Refusal.invalid("liquidationFeeRate", instrument.getLiquidationFeeRate(), "0 to 0.1");
        }
        if (!within(instrument.getMaintenanceRatePerUnit(), 0, 1)) {
            return Refusal.invalid("maintenanceRatePerUnit", instrument.getMaintenanceRatePerUnit(), "0 to 1");
        }
        if (instrument.getMaintenanceRatePerUnit() > 0
                && instrument.getMarginTiers().size() != 1) {
            return Refusal.invalid(
                    "maintenanceRatePerUnit",
                    instrument.getMaintenanceRatePerUnit(),
                    "0 unless there is one margin tier; there are "
                            + instrument.getMarginTiers().size());
        }
        if (instrument.getSettleDecimals() < 0 || instrument.getSettleDecimals() > LotSize.MAX_DECIMALS) {
            return Refusal.invalid("settleDecimals", instrument.getSettleDecimals(), "0 to " + LotSize.MAX_DECIMALS);
        }
        if (instrument.getSizeDecimals() < 0 || instrument.getSizeDecimals() > LotSize.MAX_DECIMALS) {
            return Refusal.invalid("sizeDecimals", instrument.getSizeDecimals(), "0 to " + LotSize.MAX_DECIMALS);
        }
        if (!within(instrument.getContractMultiplier(), 1e-12, 1e12)) {
            return Refusal.invalid("contractMultiplier", instrument.getContractMultiplier(), "1e-12 to 1e12");
        }
        if (!within(instrument.getFundingClamp(), 1e-9, MAX_FUNDING)) {
            return Refusal.invalid("fundingClamp", instrument.getFundingClamp(), "1e-9 to " + MAX_FUNDING);
        }
        if (!within(instrument.getFundingInterestRate(), -MAX_FUNDING, MAX_FUNDING)) {
            return Refusal.invalid("fundingInterestRate", instrument.getFundingInterestRate(), "+-" + MAX_FUNDING);
        }
        try {
            InstrumentTerms.of(instrument);
            return null;
        } catch (IllegalArgumentException e) {
            return new Refusal(DeadLetterReason.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    static @Nullable Refusal position(String key, Position position) {
        Refusal refusal = key(
                key,
                Keys.position(position.getVenue(), position.getAccount(), position.getSymbol()),
                position.getVenue(),
                position.getAccount());
        if (refusal != null) {
            return refusal;
        }
        if (!within(position.getSize(), -MAX_SIZE, MAX_SIZE)) {
            return Refusal.invalid("size", position.getSize(), "+-" + MAX_SIZE);
        }
        if (position.getSize() == 0) {
            return null;
        }
        if (!within(position.getEntryPrice(), MIN_PRICE, MAX_PRICE)) {
            return Refusal.invalid("entryPrice", position.getEntryPrice(), PRICE_RANGE);
        }
        Double isolated = position.getIsolatedMargin();
        if (position.getMarginMode() == MarginMode.ISOLATED
                ? isolated == null || !within(isolated, -MAX_USD, MAX_USD)
                : isolated != null) {
            return Refusal.invalid(
                    "isolatedMargin",
                    String.valueOf(isolated),
                    "+-" + MAX_USD + " where marginMode is ISOLATED, null where it is CROSS");
        }
        Double maxLeverage = position.getMaxLeverage();
        if (maxLeverage != null && !within(maxLeverage, 1, MAX_LEVERAGE)) {
            return Refusal.invalid("maxLeverage", maxLeverage, "1 to " + MAX_LEVERAGE + ", or null");
        }
        Double delta = position.getDelta();
        if (delta != null && !within(delta, -1, 1)) {
            return Refusal.invalid("delta", delta, "-1 to 1, or null");
        }
        Refusal greek = greek("gamma", position.getGamma());
        greek = greek == null ? greek("vega", position.getVega()) : greek;
        Refusal price = price("venueLiquidationPrice", position.getVenueLiquidationPrice());
        price = price == null ? price("venueMarkPrice", position.getVenueMarkPrice()) : price;
        price = price == null ? price("underlyingPrice", position.getUnderlyingPrice()) : price;
        return greek == null ? price : greek;
    }

    private static @Nullable Refusal greek(String field, @Nullable Double value) {
        return value == null || within(value, -1e12, 1e12) ? null : Refusal.invalid(field, value, "+-1e12, or null");
    }

    static @Nullable Refusal collateral(String key, Collateral collateral) {
        Refusal refusal = key(
                key,
                Keys.collateral(collateral.getVenue(), collateral.getAccount(), collateral.getAsset()),
                collateral.getVenue(),
                collateral.getAccount());
        if (refusal != null) {
            return refusal;
        }
        if (!within(collateral.getQuantity(), -1e18, 1e18)) {
            return Refusal.invalid("quantity", collateral.getQuantity(), "+-1e18");
        }
        if (!within(collateral.getCollateralFactor(), 0, 1)) {
            return Refusal.invalid("collateralFactor", collateral.getCollateralFactor(), "0 to 1");
        }
        if (!within(collateral.getUnitPriceUsd(), MIN_PRICE, MAX_PRICE)) {
            return Refusal.invalid("unitPriceUsd", collateral.getUnitPriceUsd(), PRICE_RANGE);
        }
        Double ratio = collateral.getVenueMarginRatio();
        if (ratio != null && !within(ratio, 0, 1e6)) {
            return Refusal.invalid("venueMarginRatio", ratio, "0 to 1e6, or null");
        }
        Double borrowRate = collateral.getBorrowRate();
        if (borrowRate != null && !within(borrowRate, 0, MAX_BORROW_RATE)) {
            return Refusal.invalid("borrowRate", borrowRate, "0 to " + MAX_BORROW_RATE + ", or null");
        }
        double value = collateral.getQuantity() * collateral.getUnitPriceUsd();
        if (!within(value, -MAX_USD, MAX_USD)) {
            return Refusal.invalid("quantity x unitPriceUsd", value, "+-" + MAX_USD + " USD");
        }
        return null;
    }

    static @Nullable Refusal price(String key, Price price) {
        Refusal refusal = key(key, Keys.market(price.getVenue(), price.getSymbol()), price.getVenue());
        if (refusal != null) {
            return refusal;
        }
        if (!within(price.getMarkPrice(), MIN_PRICE, MAX_PRICE)) {
            return Refusal.invalid("markPrice", price.getMarkPrice(), PRICE_RANGE);
        }
        if (!within(price.getQuotePriceUsd(), 1e-6, 1e6)) {
            return Refusal.invalid("quotePriceUsd", price.getQuotePriceUsd(), "1e-6 to 1e6");
        }
        Refusal index = price("indexPrice", price.getIndexPrice());
        if (index != null) {
            return index;
        }
        Double funding = price.getFundingRate();
        if (funding != null && !within(funding, -MAX_FUNDING, MAX_FUNDING)) {
            return Refusal.invalid("fundingRate", funding, "+-" + MAX_FUNDING + ", or null");
        }
        Double hours = price.getFundingIntervalHours();
        if (funding == null ? hours != null : hours == null || !within(hours, 1e-3, 24 * 366)) {
            return Refusal.invalid(
                    "fundingIntervalHours",
                    String.valueOf(hours),
                    "0.001 to 8784 where fundingRate is present, null where it is not");
        }
        Double openInterest = price.getOpenInterest();
        if (openInterest != null && !within(openInterest, 0, 1e18)) {
            return Refusal.invalid("openInterest", openInterest, "0 to 1e18, or null");
        }
        Double dayVolume = price.getDayVolume();
        if (dayVolume != null && !within(dayVolume, 0, 1e18)) {
            return Refusal.invalid("dayVolume", dayVolume, "0 to 1e18, or null");
        }
        Double fund = price.getInsuranceFundUsd();
        if (fund != null && !within(fund, 0, 1e15)) {
            return Refusal.invalid("insuranceFundUsd", fund, "0 to 1e15, or null");
        }
        return null;
    }

    static @Nullable Refusal liquidation(String key, Liquidation liquidation) {
        Refusal refusal =
                key(key, Keys.market(liquidation.getVenue(), liquidation.getSymbol()), liquidation.getVenue());
        if (refusal != null) {
            return refusal;
        }
        if (!within(liquidation.getQuantity(), Double.MIN_VALUE, MAX_SIZE)) {
            return Refusal.invalid("quantity", liquidation.getQuantity(), "more than 0, to " + MAX_SIZE);
        }
        if (!within(liquidation.getPrice(), MIN_PRICE, MAX_PRICE)) {
            return Refusal.invalid("price", liquidation.getPrice(), PRICE_RANGE);
        }
        if (!within(liquidation.getQuotePriceUsd(), 1e-6, 1e6)) {
            return Refusal.invalid("quotePriceUsd", liquidation.getQuotePriceUsd(), "1e-6 to 1e6");
        }
        Double notional = liquidation.getNotionalUsd();
        if (notional != null && !within(notional, Double.MIN_VALUE, MAX_USD)) {
            return Refusal.invalid("notionalUsd", notional, "more than 0, to " + MAX_USD + ", or null");
        }
        double value = liquidation.getQuantity() * liquidation.getPrice() * liquidation.getQuotePriceUsd();
        if (notional == null && !within(value, 0, MAX_USD)) {
            return Refusal.invalid("quantity x price x quotePriceUsd", value, "0 to " + MAX_USD + " USD");
        }
        Refusal trade = id("tradeId", liquidation.getTradeId());
        return trade == null ? id("liquidationId", liquidation.getLiquidationId()) : trade;
    }

    private static @Nullable Refusal id(String field, @Nullable String id) {
        return id == null || (!id.isBlank() && id.length() <= MAX_ID)
                ? null
                : Refusal.invalid(field, id, "1 to " + MAX_ID + " characters, not blank, or null");
    }

    static @Nullable Refusal strategy(String key, Strategy strategy) {
        Refusal refusal = key(
                key,
                Keys.strategy(strategy.getVenue(), strategy.getStrategy(), strategy.getSymbol()),
                strategy.getVenue(),
                strategy.getStrategy());
        if (refusal != null) {
            return refusal;
        }
        double leverage = strategy.getLeverage();
        if (!Rebalancing.isLeverage(leverage) || Math.abs(leverage) > MAX_STRATEGY_LEVERAGE) {
            return Refusal.invalid(
                    "leverage", leverage, "above 1 or below 0, to " + MAX_STRATEGY_LEVERAGE + " in size");
        }
        if (!within(strategy.getAssetsUsd(), 0, MAX_USD)) {
            return Refusal.invalid("assetsUsd", strategy.getAssetsUsd(), "0 to " + MAX_USD);
        }
        Double floor = strategy.getFloorUsd();
        boolean hasFloor = strategy.getKind() == StrategyKind.CONSTANT_PROPORTION;
        return (hasFloor ? floor != null && within(floor, 0, MAX_USD) : floor == null)
                ? null
                : Refusal.invalid(
                        "floorUsd",
                        String.valueOf(floor),
                        "0 to " + MAX_USD + " where kind is CONSTANT_PROPORTION, null where it is another");
    }

    static @Nullable Refusal scenario(String key, Scenario scenario) {
        if (!key.equals(scenario.getId())) {
            return new Refusal(
                    DeadLetterReason.KEY_MISMATCH,
                    "key is " + Refusal.shown(key) + ", but the value says " + Refusal.shown(scenario.getId()));
        }
        int entries = scenario.getShocks().size() + scenario.getCollateralCuts().size();
        if (entries > MAX_SCENARIO_ENTRIES) {
            return Refusal.invalid("shocks and collateralCuts", entries + " entries", "up to " + MAX_SCENARIO_ENTRIES);
        }
        if (scenario.getRemovedAccounts().size() > MAX_REMOVED_ACCOUNTS) {
            return Refusal.invalid(
                    "removedAccounts",
                    scenario.getRemovedAccounts().size() + " accounts",
                    "up to " + MAX_REMOVED_ACCOUNTS);
        }
        for (Map.Entry<String, Double> shock : new TreeMap<>(scenario.getShocks()).entrySet()) {
            if (!(shock.getValue() > -1 && shock.getValue() <= ScenarioTerms.HIGHEST_SHOCK)) {
                return Refusal.invalid(
                        "shocks." + shock.getKey(),
                        shock.getValue(),
                        "more than -1 and up to " + ScenarioTerms.HIGHEST_SHOCK);
            }
        }
        if (!(scenario.getDepthHaircut() > 0 && scenario.getDepthHaircut() <= 1)) {
            return Refusal.invalid("depthHaircut", scenario.getDepthHaircut(), "more than 0 and up to 1");
        }
        for (Map.Entry<String, Double> cut : new TreeMap<>(scenario.getCollateralCuts()).entrySet()) {
            if (!within(cut.getValue(), 0, 1)) {
                return Refusal.invalid("collateralCuts." + cut.getKey(), cut.getValue(), "0 to 1");
            }
        }
        for (String account : scenario.getRemovedAccounts()) {
            if (account.indexOf(Keys.SEPARATOR) < 1 || account.endsWith(String.valueOf(Keys.SEPARATOR))) {
                return Refusal.invalid("removedAccounts", account, "venue:account");
            }
        }
        return null;
    }

    static @Nullable Refusal price(String field, @Nullable Double price) {
        return price == null || within(price, MIN_PRICE, MAX_PRICE)
                ? null
                : Refusal.invalid(field, price, PRICE_RANGE + ", or null");
    }

    /** The last part of a key may contain the separator, the others may not: else a key could be read two ways. */
    static @Nullable Refusal key(String key, String fromValue, String... earlierParts) {
        for (String part : earlierParts) {
            if (part.isEmpty() || part.indexOf(Keys.SEPARATOR) >= 0) {
                return Refusal.invalid("venue or account", part, "a name without a colon");
            }
        }
        return key.equals(fromValue) && fromValue.charAt(fromValue.length() - 1) != Keys.SEPARATOR
                ? null
                : new Refusal(
                        DeadLetterReason.KEY_MISMATCH,
                        "key is " + Refusal.shown(key) + ", but the value says " + Refusal.shown(fromValue));
    }

    /** False for NaN too. */
    static boolean within(double value, double least, double most) {
        return value >= least && value <= most;
    }
}
