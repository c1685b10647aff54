package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The longs, or the shorts, of one market, added up. Money in micro-dollars. */
record SideRecount(
        boolean isLong,
        int sizeDecimals,
        int positions,
        BigInteger lots,
        BigInteger entryNotional,
        BigInteger cash,
        BigInteger notional) {

    /** @param mark null: no price yet, then the notional is 0 */
    static SideRecount of(List<Contribution> market, boolean isLong, int sizeDecimals, @Nullable Double mark) {
        int positions = 0;
        BigInteger lots = BigInteger.ZERO;
        BigInteger entryNotional = BigInteger.ZERO;
        BigInteger cash = BigInteger.ZERO;
        for (Contribution contribution : market) {
            if (contribution.open().isLong() == isLong) {
                positions++;
                lots = lots.add(contribution.open().lots().abs());
                entryNotional = entryNotional.add(contribution.open().entryNotionalMicro());
                cash = cash.add(contribution.cashMicro());
            }
        }
        BigDecimal price = mark == null ? BigDecimal.ZERO : Exact.decimal(mark);
        BigInteger notional = Exact.micro(new BigDecimal(lots, sizeDecimals).multiply(price));
        return new SideRecount(isLong, sizeDecimals, positions, lots, entryNotional, cash, notional);
    }

    BigInteger unrealised() {
        return isLong ? notional.subtract(entryNotional) : entryNotional.subtract(notional);
    }

    BigInteger equity() {
        return unrealised().add(cash);
    }

    double size() {
        return Exact.wireSize(lots, sizeDecimals);
    }

    @Nullable
    Double entryPrice() {
        return positions == 0 ? null : Exact.wireUsd(entryNotional) / size();
    }

    @Nullable
    Double leverage() {
        return positions == 0 ? null : Exact.ratio(notional, equity());
    }

    @Nullable
    Double coverage(@Nullable Double venueOpenInterest) {
        return venueOpenInterest == null || venueOpenInterest == 0 ? null : size() / venueOpenInterest;
    }
}
