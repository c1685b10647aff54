package io.plimsoll.risk.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one record says of a subject.
 *
 * @param subject venue:symbol, venue:V, asset:A, system, venue:account, topic:venue or
 *     subject@size, by kind
 * @param asOfMs event time up to which inputs are in it, epoch milliseconds
 * @param stalenessMs age of the oldest input at asOfMs, milliseconds, 0 or more
 * @param coverageLong observed share of the long side; null where not known
 * @param coverageShort observed share of the short side; null where not known
 * @param values one per metric of the kind, in the catalogue's order; NaN where not known, and where the metric comes
 *     from another record. An infinite value is a known one
 * @param contributors what the numbers are mainly made of, the largest first
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in passing, never compared
public record Observation(
        SubjectKind kind,
        String subject,
        long asOfMs,
        long stalenessMs,
        @Nullable Double coverageLong,
        @Nullable Double coverageShort,
        double[] values,
        List<Contributor> contributors) {}
