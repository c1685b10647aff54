package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.Collateral;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The prices at which an account is looked at: of ladders, of the venue's own moment, or the present ones. */
interface PriceView {

    /** Price of a position's market, quote units; null: not known. */
    @Nullable
    BigDecimal price(OpenPosition position);

    /** US dollars per unit of its quote asset. */
    BigDecimal quoteUsd(OpenPosition position);

    /** US dollars per unit of what a balance holds. */
    BigDecimal unitPriceUsd(Collateral balance);
}
