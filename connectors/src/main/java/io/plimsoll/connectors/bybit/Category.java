package io.plimsoll.connectors.bybit;

import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of the venue's markets, with connections of its own. */
public enum Category {

    /** Contracts in stablecoins; sizes and open interest in coins. */
    LINEAR(OpenInterestUnit.BASE),

    /** Contracts in coins; sizes and open interest in dollars. */
    INVERSE(OpenInterestUnit.QUOTE);

    private final OpenInterestTerms openInterest;

    Category(OpenInterestUnit unit) {
        // openInterest is in every message that the venue has ever sent; singleOpenInterest came in June 2026 only, and
        // a
        // field that may be missing cannot be told here from one that has not changed.
        this.openInterest = new OpenInterestTerms(unit, OpenInterestSides.BOTH);
    }

    /** What openInterest counts: both sides of each contract. */
    public OpenInterestTerms openInterest() {
        return openInterest;
    }

    /** The venue's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Category::word).toList();
    }
}
