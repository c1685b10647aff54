package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.util.Objects;

/**
 * What a venue's open interest counts. Every feed declares it, nothing is assumed: half the world's figures are twice the
 * other half's because somebody did.
 */
public record OpenInterestTerms(OpenInterestUnit unit, OpenInterestSides sides) {

    public OpenInterestTerms {
        Objects.requireNonNull(unit, "a feed declares the unit of its open interest");
        Objects.requireNonNull(sides, "a feed declares whether its open interest counts one side or both");
    }
}
