package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.oracle.AccountRecount.Contribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A position as the measures of its market see it.
 *
 * @param share own equity / notional: one over the leverage
 * @param error how far off a published share may be: equity ends somewhere in a cell
 * @param notionalUsd lots at the mark
 */
record MeasuredPosition(Contribution position, double share, double error, double notionalUsd) {

    /** Half a cell of equity lines, a fraction. */
    static final double HALF_CELL = StrictMath.expm1(Exact.BUCKET_WIDTH / 2) * 1.001;

    /** Of a share, and of a line over the price. */
    static final double ROUNDING = 1e-6;

    static MeasuredPosition of(MarketRecount market, Contribution contribution) {
        OpenPosition open = contribution.open();
        BigDecimal mark = decimal(market.valuation());
        double quoteUsd = Objects.requireNonNull(market.price()).getQuotePriceUsd();
        BigDecimal now = open.notionalAt(mark);
        BigDecimal entry = new BigDecimal(open.entryAmount(), open.settleDecimals());
        BigDecimal rise = open.isInverse() ? entry.subtract(now) : now.subtract(entry);
        BigDecimal equity = rise.multiply(open.side())
                .add(new BigDecimal(contribution.settleCash(), open.settleDecimals()))
                .add(Exact.usd(contribution.cashMicro()).divide(decimal(Exact.quoteStep(quoteUsd)), Exact.DIGITS));
        double share = equity.divide(now, Exact.DIGITS).doubleValue();
        double direction = open.isLong() != open.isInverse() ? 1 : -1;
        BigDecimal quoteUnits = open.isInverse() ? open.size() : now;
        return new MeasuredPosition(
                contribution,
                share,
                HALF_CELL * Math.abs(1 - direction * share) + ROUNDING,
                quoteUnits.doubleValue() * quoteUsd);
    }

    boolean isLong() {
        return position.open().isLong();
    }

    BigInteger lots() {
        return position.open().lots().abs();
    }

    /** Whether its leverage is surely within a band: above the lower edge or at it, below the upper one. */
    boolean isSurelyWithin(double from, double below) {
        return share - error > 1 / below && share + error <= 1 / from;
    }

    /** Whether its leverage may be within a band. */
    boolean mayBeWithin(double from, double below) {
        return share + error > 1 / below && share - error <= 1 / from;
    }

    /** Whether some price liquidates it, as far as a computation in doubles can tell. */
    boolean hasLine() {
        return position.liquidation().price() != null;
    }

    /**
     * Whether a move to a price surely liquidates it: all of the bucket that its line is in has been passed.
     *
     * @param edge where the price goes to: down to it for a long, up for a short
     */
    boolean isSurelyForcedAt(double edge) {
        Placement line = position.liquidation();
        return hasLine() && !line.mayBeNone() && (isLong() ? lowest() >= edge : highest() <= edge);
    }

    /** Whether a move to a price may liquidate it: some of the bucket that its line is in has been passed. */
    boolean mayBeForcedAt(double edge) {
        boolean none = !hasLine() && !position.liquidation().isUncertain();
        return !none && (isLong() ? highest() >= edge : lowest() <= edge);
    }

    private double lowest() {
        return StrictMath.exp(position.liquidation().lowest() * Exact.BUCKET_WIDTH);
    }

    private double highest() {
        return StrictMath.exp((position.liquidation().highest() + 1.0) * Exact.BUCKET_WIDTH);
    }
}
