package io.plimsoll.risk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Turns an account into the entries that it adds to the books of its markets.
 *
 * <p>An account is safe while {@code K + sum(c_i p_i) >= 0}. The place of a cross position on the ladder is the price at
 * which that line is crossed when only its own market moves; the others stand at reference prices.
 */
public final class AccountMargin {

    private AccountMargin() {}

    /**
     * The entries of an account.
     *
     * @param positions its open positions, by symbol rising: the order decides who gets the last millionth of cash
     * @param cashMicroUsd value of its balances, debts taken off; may be negative
     * @param marginCashMicroUsd the same after haircuts
     * @param referencePrice price at which a market other than the one in question is taken; NaN where unknown: then the
     *     position's entry price
     */
    public static List<BookEntry> entries(
            List<OpenPosition> positions,
            long cashMicroUsd,
            long marginCashMicroUsd,
            ToDoubleFunction<String> referencePrice) {
        long[] cash = attributedCash(positions, cashMicroUsd);
        Others others = dependsOnPrices(positions) ? Others.of(positions, referencePrice) : Others.NONE;
        List<BookEntry> entries = new ArrayList<>(positions.size());
        for (int i = 0; i < positions.size(); i++) {
            OpenPosition position = positions.get(i);
            Long isolated = position.isolatedMarginMicroUsd();
            if (isolated != null) {
                double margin = MicroUsd.toUsd(isolated);
                entries.add(entry(position, cash[i], margin, margin));
            } else {
                double profit = sumWithout(i, others.profitUsd());
                double maintenance = sumWithout(i, others.maintenanceUsd());
                entries.add(entry(
                        position,
                        cash[i],
                        MicroUsd.toUsd(marginCashMicroUsd) + profit - maintenance,
                        MicroUsd.toUsd(cashMicroUsd) + profit));
            }
        }
        return entries;
    }

    /** Unrealised profit and maintenance margin of each position at reference prices, USD; 0 for isolated ones. */
    @SuppressWarnings("ArrayRecordComponent") // numbers in passing, never compared
    private record Others(double[] profitUsd, double[] maintenanceUsd) {

        static final Others NONE = new Others(new double[0], new double[0]);

        static Others of(List<OpenPosition> positions, ToDoubleFunction<String> referencePrice) {
            Others others = new Others(new double[positions.size()], new double[positions.size()]);
            for (int i = 0; i < positions.size(); i++) {
                OpenPosition position = positions.get(i);
                if (position.isCross()) {
                    double reference = referencePrice.applyAsDouble(position.market());
                    double price = Double.isNaN(reference) ? position.entryPrice() : reference;
                    double quantity = position.quantity();
                    others.profitUsd[i] = position.side().sign() * quantity * (price - position.entryPrice());
                    others.maintenanceUsd[i] = position.ownTable().maintenanceUsd(quantity * price);
                }
            }
            return others;
        }
    }

    private static double sumWithout(int left, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (i != left) {
                sum += values[i];
            }
        }
        return sum;
    }

    /** Whether the account's ladder places depend on prices of more than one market. */
    public static boolean dependsOnPrices(List<OpenPosition> positions) {
        return crossPositions(positions) > 1;
    }

    private static int crossPositions(List<OpenPosition> positions) {
        int count = 0;
        for (OpenPosition position : positions) {
            if (position.isCross()) {
                count++;
            }
        }
        return count;
    }

    private static BookEntry entry(OpenPosition position, long cashMicroUsd, double freeCash, double equityCash) {
        Side side = position.side();
        double quantity = position.quantity();
        Double reported = position.venueLiquidationPrice();
        double liquidation = reported != null
                ? reported
                : LinearMargin.liquidationPrice(side, quantity, position.entryPrice(), freeCash, position.ownTable());
        double bankruptcy = LinearMargin.bankruptcyPrice(side, quantity, position.entryPrice(), equityCash);
        return new BookEntry(
                position.market(),
                position.lots(),
                position.entryNotionalMicroUsd(),
                cashMicroUsd,
                Double.isNaN(liquidation) ? null : (Integer) PriceGrid.LADDER.cell(liquidation),
                Double.isNaN(bankruptcy) ? null : (Integer) PriceGrid.LADDER.cell(bankruptcy),
                reported != null);
    }

    /**
     * Shares the account's cash among its cross positions by entry notional, so that the shares add up to the cash
     * exactly. Entry notional, not mark notional: shares then change only when the account does.
     */
    private static long[] attributedCash(List<OpenPosition> positions, long cashMicroUsd) {
        long[] cash = new long[positions.size()];
        long total = 0;
        int firstCross = -1;
        for (int i = 0; i < cash.length; i++) {
            OpenPosition position = positions.get(i);
            Long isolated = position.isolatedMarginMicroUsd();
            if (isolated != null) {
                cash[i] = isolated;
            } else {
                total = Math.addExact(total, position.entryNotionalMicroUsd());
                firstCross = firstCross < 0 ? i : firstCross;
            }
        }
        if (firstCross < 0) {
            return cash;
        }
        if (total == 0) {
            cash[firstCross] = cashMicroUsd;
            return cash;
        }
        long reached = 0;
        long given = 0;
        for (int i = 0; i < cash.length; i++) {
            if (positions.get(i).isCross()) {
                reached += positions.get(i).entryNotionalMicroUsd();
                long upToHere = floorOfShare(cashMicroUsd, reached, total);
                cash[i] = upToHere - given;
                given = upToHere;
            }
        }
        return cash;
    }

    /** floor(amount x part / whole) without overflow. */
    private static long floorOfShare(long amount, long part, long whole) {
        if (part == whole) {
            return amount;
        }
        long high = Math.multiplyHigh(amount, part);
        long low = amount * part;
        if (high == low >> 63) {
            return Math.floorDiv(low, whole);
        }
        BigInteger[] divided = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(part))
                .divideAndRemainder(BigInteger.valueOf(whole));
        long quotient = divided[0].longValueExact();
        return divided[1].signum() < 0 ? quotient - 1 : quotient;
    }
}
