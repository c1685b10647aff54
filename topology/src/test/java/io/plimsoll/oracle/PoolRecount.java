package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.schemas.avro.Collateral;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shares collateral.
 *
 * @param positions its open positions in order of symbol; none where it is a loan
 * @param balances what is owned and owed in it; none where its one position is isolated
 * @param coins those of the balances whose value follows a price
 */
record PoolRecount(Kind kind, List<OpenPosition> positions, List<Collateral> balances, List<Collateral> coins) {

    /** What cash is counted in: US dollars with prices and haircuts, or the settle asset as it is. */
    enum Kind {
        DOLLARS,
        SETTLE,
        ISOLATED
    }

    boolean isLoan() {
        return positions.isEmpty();
    }

    private int decimals() {
        return kind == Kind.DOLLARS ? Exact.MICRO : positions.get(0).settleDecimals();
    }

    /** Its cash in the smallest units of dollars, or of the settle asset. */
    BigInteger counted(boolean asMargin, PriceView view) {
        if (kind == Kind.ISOLATED) {
            return positions.get(0).isolatedAmount();
        }
        BigInteger sum = BigInteger.ZERO;
        for (Collateral balance : balances) {
            BigDecimal value = decimal(balance.getQuantity());
            if (kind == Kind.DOLLARS) {
                value = value.multiply(view.unitPriceUsd(balance));
                if (asMargin && balance.getQuantity() > 0) {
                    value = value.multiply(decimal(balance.getCollateralFactor()));
                }
            }
            sum = sum.add(Exact.counted(value, decimals()));
        }
        return sum;
    }

    /** Its cash in dollars, or in the settle asset; as margin after haircuts, debt in full. */
    BigDecimal cash(boolean asMargin, PriceView view) {
        return new BigDecimal(counted(asMargin, view), decimals());
    }

    /** The part of the pool's cash between two cumulated shares of entry amount, each rounded down. */
    BigInteger shareOfCash(OpenPosition wanted, PriceView view) {
        BigInteger cash = counted(false, view);
        BigInteger total = BigInteger.ZERO;
        for (OpenPosition position : positions) {
            total = total.add(position.entryAmount());
        }
        if (total.signum() == 0) {
            return positions.get(0) == wanted ? cash : BigInteger.ZERO;
        }
        BigInteger cumulated = BigInteger.ZERO;
        for (OpenPosition position : positions) {
            BigInteger before = Exact.floorDivide(cash.multiply(cumulated), total);
            cumulated = cumulated.add(position.entryAmount());
            BigInteger after = Exact.floorDivide(cash.multiply(cumulated), total);
            if (position == wanted) {
                return after.subtract(before);
            }
        }
        throw new IllegalArgumentException("no position of the pool: " + wanted);
    }

    /** Price of a position's market; where none is known, what it was entered at. */
    static BigDecimal priceOf(OpenPosition position, PriceView view) {
        @Nullable BigDecimal price = view.price(position);
        return price == null ? position.entryPrice() : price;
    }

    /** What one settle unit of a position counts in the pool: dollars, where it is counted in these. */
    BigDecimal unit(OpenPosition position, PriceView view) {
        return kind == Kind.DOLLARS ? view.quoteUsd(position) : BigDecimal.ONE;
    }

    /** What stands behind a position beside its own profit: as margin, the other positions' needs are taken off. */
    Backing backing(OpenPosition position, boolean asMargin, PriceView view) {
        Backing backing = Backing.of(cash(asMargin, view));
        for (OpenPosition other : positions) {
            if (other != position) {
                BigDecimal price = priceOf(other, view);
                BigDecimal unit = unit(other, view);
                backing = backing.plus(other.profitAt(price).multiply(unit));
                if (asMargin) {
                    backing = backing.plus(
                            other.maintenanceAt(price).multiply(unit).negate());
                }
            }
        }
        return backing.dividedBy(unit(position, view));
    }

    Placement liquidation(OpenPosition position, PriceView view) {
        return Lines.liquidation(position, backing(position, true, view));
    }

    Placement bankruptcy(OpenPosition position, PriceView view) {
        return Lines.bankruptcy(position, backing(position, false, view));
    }
}
