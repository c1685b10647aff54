package io.plimsoll.risk;

import java.math.BigInteger;
import java.util.List;

/**
 * Shares a pool's cash among its positions by entry amount, so that the shares add up to the cash exactly. Entry amount,
 * not present notional: shares then change only when the account does.
 */
final class CashShares {

    private CashShares() {}

    static long[] byEntryAmount(List<OpenPosition> positions, long cash) {
        long[] shares = new long[positions.size()];
        long total = 0;
        for (OpenPosition position : positions) {
            total = Math.addExact(total, position.entryAmount());
        }
        if (total == 0) {
            shares[0] = cash;
            return shares;
        }
        long reached = 0;
        long given = 0;
        for (int i = 0; i < shares.length; i++) {
            reached += positions.get(i).entryAmount();
            long upToHere = floorOfShare(cash, reached, total);
            shares[i] = upToHere - given;
            given = upToHere;
        }
        return shares;
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
