package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;
import static io.plimsoll.oracle.Exact.halfEven;

import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A position of at least one lot in a known instrument. Amounts are in settle units: of the quote asset, or of the coin
 * where the contract is inverse.
 *
 * @param lots lots held; positive long, negative short, never 0; of an option of its delta
 */
record OpenPosition(Instrument instrument, Position position, BigInteger lots) {

    /** A margin tier with its deduction worked out, settle units. */
    record Tier(BigDecimal floor, BigDecimal rate, BigDecimal deduction) {}

    /** The position, or null where it is closed, rounds to no lot, or its instrument is not known. */
    static @Nullable OpenPosition of(@Nullable Instrument instrument, @Nullable Position position) {
        if (instrument == null || position == null) {
            return null;
        }
        BigDecimal units = decimal(position.getSize()).multiply(decimal(instrument.getContractMultiplier()));
        if (instrument.getKind() == ContractKind.OPTION) {
            units = units.multiply(decimal(Objects.requireNonNull(position.getDelta())));
        }
        BigInteger lots = halfEven(units.movePointRight(instrument.getSizeDecimals()));
        return lots.signum() == 0 ? null : new OpenPosition(instrument, position, lots);
    }

    static boolean isInverse(Instrument instrument) {
        return instrument.getKind() == ContractKind.INVERSE_PERPETUAL
                || instrument.getKind() == ContractKind.INVERSE_FUTURE;
    }

    String symbol() {
        return position.getSymbol();
    }

    boolean isLong() {
        return lots.signum() > 0;
    }

    boolean isCross() {
        return position.getMarginMode() == MarginMode.CROSS;
    }

    boolean isInverse() {
        return isInverse(instrument);
    }

    boolean isOption() {
        return instrument.getKind() == ContractKind.OPTION;
    }

    /** Whether it shares collateral with its settle asset's balance alone. */
    boolean isApart() {
        return isInverse() || instrument.getMarginModel() == MarginModel.BINANCE_USDM;
    }

    /** +1 long, -1 short. */
    BigDecimal side() {
        return BigDecimal.valueOf(lots.signum());
    }

    /** Size without sign, base units; the face value in quote units where inverse. */
    BigDecimal size() {
        return new BigDecimal(lots.abs(), instrument.getSizeDecimals());
    }

    BigDecimal entryPrice() {
        return decimal(isOption() ? Objects.requireNonNull(position.getUnderlyingPrice()) : position.getEntryPrice());
    }

    /** Decimals in which its amounts are counted. */
    int settleDecimals() {
        return isInverse() ? instrument.getSettleDecimals() : Exact.MICRO;
    }

    BigInteger entryAmount() {
        return Exact.counted(notionalAt(entryPrice()), settleDecimals());
    }

    BigInteger isolatedAmount() {
        return Exact.counted(decimal(Objects.requireNonNull(position.getIsolatedMargin())), settleDecimals());
    }

    BigDecimal notionalAt(BigDecimal price) {
        return isInverse() ? size().divide(price, Exact.DIGITS) : size().multiply(price);
    }

    BigDecimal profitAt(BigDecimal price) {
        if (isInverse()) {
            return side().multiply(notionalAt(entryPrice()).subtract(notionalAt(price)));
        }
        return side().multiply(size()).multiply(price.subtract(entryPrice()));
    }

    BigDecimal maintenanceAt(BigDecimal price) {
        BigDecimal notional = notionalAt(price);
        Tier its = tiers().get(tierAt(price));
        BigDecimal rate = its.rate().add(ratePerUnit().multiply(isInverse() ? notional : size()));
        return rate.multiply(notional).subtract(its.deduction());
    }

    int tierAt(BigDecimal price) {
        BigDecimal notional = notionalAt(price);
        int its = 0;
        List<Tier> tiers = tiers();
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).floor().compareTo(notional) <= 0) {
                its = i;
            }
        }
        return its;
    }

    /** What each unit of size adds to the maintenance rate; nothing to an option's. */
    BigDecimal ratePerUnit() {
        return isOption() ? BigDecimal.ZERO : decimal(instrument.getMaintenanceRatePerUnit());
    }

    /** The margin table that holds for this position, with the liquidation fee in its rates. */
    List<Tier> tiers() {
        List<MarginTier> table = instrument.getMarginTiers();
        Double own = position.getMaxLeverage();
        BigDecimal fee = decimal(instrument.getLiquidationFeeRate());
        if (own != null && !own.equals(table.get(0).getMaxLeverage())) {
            BigDecimal rate = BigDecimal.ONE.divide(decimal(own).multiply(BigDecimal.valueOf(2)), Exact.DIGITS);
            return List.of(new Tier(BigDecimal.ZERO, rate, BigDecimal.ZERO));
        }
        List<Tier> tiers = new ArrayList<>();
        BigDecimal rateBefore = BigDecimal.ZERO;
        BigDecimal deductionBefore = BigDecimal.ZERO;
        for (MarginTier row : table) {
            BigDecimal floor = decimal(row.getNotionalFloor());
            BigDecimal rate = decimal(row.getMaintenanceRate());
            BigDecimal deduction = deductionBefore.add(floor.multiply(rate.subtract(rateBefore)));
            if (row.getDeduction() != null) {
                deduction = decimal(row.getDeduction());
            } else if (tiers.isEmpty()) {
                deduction = BigDecimal.ZERO;
            }
            tiers.add(new Tier(floor, rate.add(fee), deduction));
            rateBefore = rate;
            deductionBefore = deduction;
        }
        return tiers;
    }
}
