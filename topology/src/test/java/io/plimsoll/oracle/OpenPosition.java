package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;
import static io.plimsoll.oracle.Exact.halfEven;

import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position of at least one lot in a known instrument.
 *
 * @param lots lots held; positive long, negative short, never 0
 */
record OpenPosition(Instrument instrument, Position position, BigInteger lots) {

    /** A margin tier with its deduction worked out, USD. */
    record Tier(BigDecimal floor, BigDecimal rate, BigDecimal deduction) {}

    /** The position, or null where it is closed, rounds to no lot, or its instrument is not known. */
    static @Nullable OpenPosition of(@Nullable Instrument instrument, @Nullable Position position) {
        if (instrument == null || position == null) {
            return null;
        }
        BigInteger lots = halfEven(decimal(position.getSize())
                .multiply(decimal(instrument.getContractMultiplier()))
                .movePointRight(instrument.getSizeDecimals()));
        return lots.signum() == 0 ? null : new OpenPosition(instrument, position, lots);
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

    /** +1 long, -1 short. */
    BigDecimal side() {
        return BigDecimal.valueOf(lots.signum());
    }

    /** Size without sign, base units. */
    BigDecimal size() {
        return new BigDecimal(lots.abs(), instrument.getSizeDecimals());
    }

    BigDecimal entryPrice() {
        return decimal(position.getEntryPrice());
    }

    BigInteger entryNotionalMicro() {
        return Exact.micro(size().multiply(entryPrice()));
    }

    /** Unrealised profit at a price, USD. */
    BigDecimal profitAt(BigDecimal price) {
        return side().multiply(size()).multiply(price.subtract(entryPrice()));
    }

    /** Maintenance margin at a price, USD. */
    BigDecimal maintenanceAt(BigDecimal price) {
        BigDecimal notional = size().multiply(price);
        Tier its = tiers().get(0);
        for (Tier tier : tiers()) {
            if (tier.floor().compareTo(notional) <= 0) {
                its = tier;
            }
        }
        return its.rate().multiply(notional).subtract(its.deduction());
    }

    /** The margin table that holds for this position. */
    List<Tier> tiers() {
        List<MarginTier> table = instrument.getMarginTiers();
        Double own = position.getMaxLeverage();
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
            tiers.add(new Tier(floor, rate, deduction));
            rateBefore = rate;
            deductionBefore = deduction;
        }
        return tiers;
    }
}
