package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.oracle.AccountRecount.Contribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The longs, or the shorts, of one market, added up.
 *
 * @param market where they are
 * @param entryAmount sum of entry amounts, smallest units of the settle asset
 * @param cash sum of attributed cash, micro-dollars
 * @param settleCash sum of settle cash, smallest units of the settle asset
 */
record SideRecount(
        MarketRecount market,
        boolean isLong,
        int positions,
        BigInteger lots,
        BigInteger entryAmount,
        BigInteger cash,
        BigInteger settleCash) {

    static SideRecount of(MarketRecount market, boolean isLong) {
        List<Contribution> its = market.contributions().stream()
                .filter(contribution -> contribution.open().isLong() == isLong)
                .toList();
        BigInteger lots = BigInteger.ZERO;
        BigInteger entryAmount = BigInteger.ZERO;
        BigInteger cash = BigInteger.ZERO;
        BigInteger settleCash = BigInteger.ZERO;
        for (Contribution contribution : its) {
            lots = lots.add(contribution.open().lots().abs());
            entryAmount = entryAmount.add(contribution.open().entryAmount());
            cash = cash.add(contribution.cashMicro());
            settleCash = settleCash.add(contribution.settleCash());
        }
        return new SideRecount(market, isLong, its.size(), lots, entryAmount, cash, settleCash);
    }

    private boolean isInverse() {
        return OpenPosition.isInverse(market.instrument());
    }

    private BigDecimal mark() {
        return market.price() == null ? BigDecimal.ZERO : decimal(market.valuation());
    }

    private BigDecimal quoteUsd() {
        return decimal(market.price() == null ? 1 : market.price().getQuotePriceUsd());
    }

    /** Of an amount in the smallest units of the settle asset, micro-dollars. */
    private BigInteger microUsd(BigInteger settleAmount) {
        BigDecimal amount = new BigDecimal(settleAmount);
        if (isInverse()) {
            amount = amount.movePointRight(Exact.MICRO - market.instrument().getSettleDecimals())
                    .multiply(mark());
        }
        return Exact.halfEven(amount.multiply(quoteUsd()));
    }

    /** Micro-dollars; 0 without a price. */
    BigInteger notional() {
        BigDecimal micro = new BigDecimal(lots, market.instrument().getSizeDecimals()).movePointRight(Exact.MICRO);
        if (isInverse()) {
            return Exact.halfEven(micro.multiply(quoteUsd()));
        }
        return Exact.halfEven(new BigDecimal(Exact.halfEven(micro.multiply(mark()))).multiply(quoteUsd()));
    }

    BigInteger unrealised() {
        BigInteger rise = notional().subtract(microUsd(entryAmount));
        return isLong == isInverse() ? rise.negate() : rise;
    }

    BigInteger equity() {
        return unrealised().add(cash).add(microUsd(settleCash));
    }

    /** Base units. */
    double size() {
        double size = Exact.wireSize(lots, market.instrument().getSizeDecimals());
        return isInverse() ? size / market.valuation() : size;
    }

    @Nullable
    Double entryPrice() {
        if (positions == 0) {
            return null;
        }
        double size = Exact.wireSize(lots, market.instrument().getSizeDecimals());
        return isInverse()
                ? size / new BigDecimal(entryAmount, market.instrument().getSettleDecimals()).doubleValue()
                : Exact.wireUsd(entryAmount) / size;
    }

    @Nullable
    Double leverage() {
        return positions == 0 ? null : Exact.ratio(notional(), equity());
    }

    @Nullable
    Double coverage(@Nullable Double venueOpenInterest) {
        return venueOpenInterest == null || venueOpenInterest == 0 ? null : size() / venueOpenInterest;
    }
}
