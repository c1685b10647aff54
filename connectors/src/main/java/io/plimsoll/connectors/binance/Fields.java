package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads fields that the venue leaves empty where others leave them out. */
final class Fields {

    private Fields() {}

    /** A number, or null where it is missing, null or an empty text. */
    static @Nullable BigDecimal number(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return VenueJson.isAbsent(value)
                        || value.isTextual() && value.textValue().isEmpty()
                ? null
                : VenueJson.decimalOf(value, field);
    }

    /** A number above 0 that must be there. */
    static BigDecimal positive(JsonNode object, String field) {
        BigDecimal value = VenueJson.decimal(object, field);
        if (value.signum() <= 0) {
            throw VenueJson.wrong(field, object.get(field), "more than 0");
        }
        return value;
    }

    /** A number above 0; null where it is missing, empty or 0, which is how the venue says that there is none. */
    static @Nullable BigDecimal positiveOrNone(JsonNode object, String field) {
        BigDecimal value = number(object, field);
        return value == null || value.signum() <= 0 ? null : value;
    }

    static @Nullable Double asDouble(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
