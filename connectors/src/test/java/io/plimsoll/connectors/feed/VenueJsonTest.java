package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VenueJsonTest {

    @Test
    void shouldKeepAllDigitsOfTextsAndNumbers() {
        JsonNode json =
                VenueJson.parse("{\"text\":\"12985854.2078639995\",\"number\":0.1000000000000000055511151231257827}");

        assertThat(VenueJson.decimal(json, "text")).isEqualTo(new BigDecimal("12985854.2078639995"));
        assertThat(VenueJson.decimal(json, "number")).isEqualTo(new BigDecimal("0.1000000000000000055511151231257827"));
    }

    @Test
    void shouldTakeMissingAndNullForTheSame() {
        JsonNode json = VenueJson.parse("{\"a\":null}");

        assertThat(VenueJson.optionalDecimal(json, "a")).isNull();
        assertThat(VenueJson.optionalDecimal(json, "b")).isNull();
        assertThat(VenueJson.optionalText(json, "a")).isNull();
        assertThat(VenueJson.flag(json, "a")).isFalse();
    }

    @Test
    void shouldSayWhatIsWrong() {
        JsonNode json = VenueJson.parse("{\"px\":\"sixty\",\"time\":1.5,\"list\":{}}");

        assertProblem(() -> VenueJson.decimal(json, "px"), "field px is \"sixty\", allowed is a number");
        assertProblem(() -> VenueJson.decimal(json, "sz"), "field sz is missing, allowed is a number");
        assertProblem(() -> VenueJson.whole(json, "time"), "field time is 1.5, allowed is a whole number");
        assertProblem(() -> VenueJson.list(json, "list"), "field list is {}, allowed is a list");
        assertProblem(() -> VenueJson.text(json, "time"), "field time is 1.5, allowed is a text");
    }

    @Test
    void shouldRefuseNumbersMadeToFillTheMemory() {
        JsonNode json = VenueJson.parse("{\"a\":\"1e999999999\",\"b\":\"" + "9".repeat(100) + "\"}");

        assertProblem(() -> VenueJson.decimal(json, "a"), "at most 60 digits");
        assertProblem(() -> VenueJson.decimal(json, "b"), "at most 60 digits");
        assertProblem(() -> VenueJson.parse("[".repeat(1_000)), "no JSON");
    }

    @Test
    void shouldRefuseWhatIsNoJsonOrMoreThanOne() {
        assertProblem(() -> VenueJson.parse("<html>502</html>"), "no JSON");
        assertProblem(() -> VenueJson.parse("{\"a\":1"), "no JSON");
        assertProblem(() -> VenueJson.parse("{} {}"), "no JSON");
        assertProblem(() -> VenueJson.text(VenueJson.parse("".getBytes(StandardCharsets.UTF_8)), "channel"), "channel");
    }

    private static void assertProblem(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String message) {
        assertThatExceptionOfType(FeedFormatException.class).isThrownBy(reading).withMessageContaining(message);
    }
}
