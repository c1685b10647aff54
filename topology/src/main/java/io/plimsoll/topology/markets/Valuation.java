package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.topology.InstrumentTerms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A market valued at its price: measures, and how old its inputs are.
 *
 * @param bookTimeMs event time of the newest account change, epoch milliseconds; 0 where there was none
 */
record Valuation(InstrumentTerms terms, Price price, long priceTimeMs, long bookTimeMs, MarketMeasures measures) {

    /** Values a market; null where a notional is beyond +-9.2e12 USD, which only a broken price can make it. */
    static @Nullable Valuation of(Quote quote, BookSums sums, Ladder liquidation, long bookTimeMs) {
        try {
            return new Valuation(
                    quote.terms(),
                    quote.price(),
                    quote.priceTimeMs(),
                    bookTimeMs,
                    MarketMeasures.of(
                            sums,
                            liquidation,
                            quote.terms().contract(),
                            quote.terms().quote(quote.price())));
        } catch (ArithmeticException e) {
            LOG.warn(
                    "{} is left as it was: {} lots at mark price {} are beyond what can be counted",
                    Keys.market(quote.price().getVenue(), quote.price().getSymbol()),
                    sums.grossLots(),
                    quote.price().getMarkPrice());
            return null;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Valuation.class);

    /** What is known of a market besides its book. */
    record Quote(InstrumentTerms terms, Price price, long priceTimeMs) {}

    String market() {
        return terms.market();
    }

    long asOfMs() {
        return Math.max(priceTimeMs, bookTimeMs);
    }

    long stalenessMs() {
        return bookTimeMs == 0 ? 0 : Math.abs(priceTimeMs - bookTimeMs);
    }
}
