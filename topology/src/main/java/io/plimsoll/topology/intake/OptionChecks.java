package io.plimsoll.topology.intake;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.OptionPrice;
import org.jspecify.annotations.Nullable;

/** What an option's record must look like. */
final class OptionChecks {

    private static final double MAX_SIZE = 1e15;
    /** 10,000 % a year. */
    private static final double MAX_VOLATILITY = 100;

    private static final double MAX_GREEK = 1e12;

    private OptionChecks() {}

    static @Nullable Refusal option(String key, OptionPrice option) {
        Refusal refusal = RecordChecks.key(key, Keys.market(option.getVenue(), option.getSymbol()), option.getVenue());
        if (refusal == null && option.getBaseAsset().isBlank()) {
            refusal = Refusal.invalid("baseAsset", option.getBaseAsset(), "a name");
        }
        if (refusal == null) {
            refusal = RecordChecks.price("strike", option.getStrike());
        }
        if (refusal == null) {
            refusal = RecordChecks.price("indexPrice", option.getIndexPrice());
        }
        if (refusal == null) {
            refusal = RecordChecks.price("underlyingPrice", option.getUnderlyingPrice());
        }
        if (refusal == null) {
            refusal = within("markVolatility", option.getMarkVolatility(), 0, MAX_VOLATILITY);
        }
        if (refusal == null) {
            refusal = within("delta", option.getDelta(), -1, 1);
        }
        if (refusal == null) {
            refusal = within("gamma", option.getGamma(), -MAX_GREEK, MAX_GREEK);
        }
        if (refusal == null) {
            refusal = within("vega", option.getVega(), -MAX_GREEK, MAX_GREEK);
        }
        return refusal == null ? within("openInterest", option.getOpenInterest(), 0, MAX_SIZE) : refusal;
    }

    private static @Nullable Refusal within(String field, @Nullable Double value, double least, double most) {
        return value == null || RecordChecks.within(value, least, most)
                ? null
                : Refusal.invalid(field, value, least + " to " + most + ", or null");
    }
}
