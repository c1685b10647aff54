package io.plimsoll.oracle;

import java.math.BigDecimal;

/** Money that stands behind a position, and the sum of the absolute terms that made it up. */
record Backing(BigDecimal amount, BigDecimal terms) {

    static Backing of(BigDecimal amount) {
        return new Backing(amount, amount.abs());
    }

    Backing plus(BigDecimal term) {
        return new Backing(amount.add(term), terms.add(term.abs()));
    }

    Backing dividedBy(BigDecimal divisor) {
        return new Backing(amount.divide(divisor, Exact.DIGITS), terms.divide(divisor, Exact.DIGITS));
    }
}
