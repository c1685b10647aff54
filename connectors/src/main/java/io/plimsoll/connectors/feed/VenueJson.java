package io.plimsoll.connectors.feed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a venue's JSON. Numbers keep all their digits, whether the venue writes them as strings or as numbers.
 * A field that is missing and one that is null are the same; fields that are not asked for are not looked at.
 */
public final class VenueJson {

    private static final int MOST_DIGITS = 60;
    private static final int SHOWN = 60;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(200)
                            .maxNestingDepth(50)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private VenueJson() {}

    /** @throws FeedFormatException if it is no JSON */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new FeedFormatException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws FeedFormatException if it is no JSON */
    public static JsonNode parse(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new FeedFormatException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new FeedFormatException("no JSON: " + e.getMessage(), e);
        }
    }

    /** A text that must be there. */
    public static String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isTextual()) {
            throw wrong(field, value, "a text");
        }
        return value.textValue();
    }

    /** A text, or null where it is missing or null. */
    public static @Nullable String optionalText(JsonNode object, String field) {
        return isAbsent(object.get(field)) ? null : text(object, field);
    }

    /** A whole number that must be there. */
    public static long whole(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, value, "a whole number");
        }
        return value.longValue();
    }

    /** Whether the field is true; false where it is missing or null. */
    public static boolean flag(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (isAbsent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return value.booleanValue();
    }

    /** A number that must be there, all digits. */
    public static BigDecimal decimal(JsonNode object, String field) {
        BigDecimal value = optionalDecimal(object, field);
        if (value == null) {
            throw wrong(field, object.get(field), "a number");
        }
        return value;
    }

    /** A number, or null where it is missing or null. */
    public static @Nullable BigDecimal optionalDecimal(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return isAbsent(value) ? null : decimalOf(value, field);
    }

    /** A number, or null where it is missing, null or an empty text: some venues write so that there is none. */
    public static @Nullable BigDecimal filledDecimal(JsonNode object, String field) {
        return isBlank(object.get(field)) ? null : decimal(object, field);
    }

    /** A whole number that must be there, written as a number or as a text. */
    public static long wholeText(JsonNode object, String field) {
        try {
            return decimal(object, field).longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(field, object.get(field), "a whole number");
        }
    }

    /** True where the field is missing, null or an empty text. */
    public static boolean isBlank(@Nullable JsonNode value) {
        return value == null
                || isAbsent(value)
                || (value.isTextual() && value.textValue().isEmpty());
    }

    /** The number that a node is. */
    public static BigDecimal decimalOf(JsonNode value, String field) {
        BigDecimal number = null;
        if (value.isNumber()) {
            number = value.decimalValue();
        } else if (value.isTextual() && value.textValue().length() <= MOST_DIGITS) {
            try {
                number = new BigDecimal(value.textValue());
            } catch (NumberFormatException e) {
                throw wrong(field, value, "a number");
            }
        }
        // An exponent such as 1e999999999 is a number, too, and fills the memory when something is added to it.
        if (number == null || Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw wrong(field, value, "a number of at most " + MOST_DIGITS + " digits");
        }
        return number;
    }

    /** A list that must be there. */
    public static JsonNode list(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isArray()) {
            throw wrong(field, value, "a list");
        }
        return value;
    }

    /** An object that must be there. */
    public static JsonNode object(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isObject()) {
            throw wrong(field, value, "an object");
        }
        return value;
    }

    /** True where the field is missing or null. */
    public static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode();
    }

    /** That a field is not what it should be. */
    public static FeedFormatException wrong(String field, @Nullable JsonNode value, String allowed) {
        String shown = value == null ? "missing" : shown(value.toString());
        return new FeedFormatException("field " + field + " is " + shown + ", allowed is " + allowed);
    }

    /** The beginning of a text, for messages. */
    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
