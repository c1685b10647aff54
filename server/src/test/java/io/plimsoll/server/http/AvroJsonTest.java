package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    @Test
    void shouldWriteUnionsAsTheirValueOrNull() {
        Price price = new Price("v", "S", 2.5, null, 0.0001, 8.0, Double.NaN);

        ObjectNode json = AvroJson.of(price);

        assertThat(json)
                .hasToString("{\"venue\":\"v\",\"symbol\":\"S\",\"markPrice\":2.5,\"indexPrice\":null,"
                        + "\"fundingRate\":1.0E-4,\"fundingIntervalHours\":8.0,\"openInterest\":null}");
    }

    @Test
    void shouldWriteMapsListsEnumsAndBytes() {
        Scenario scenario = new Scenario("s", 1L, Map.of("BTC", -0.1), 1.0, Map.of(), List.of("v:a"));
        DeadLetter letter = new DeadLetter(
                DeadLetterReason.INVALID_VALUE, "why", "t", 1, 2L, 3L, null, ByteBuffer.wrap(new byte[] {1, 2}));

        assertThat(AvroJson.of(scenario).at("/shocks/BTC").asDouble()).isEqualTo(-0.1);
        assertThat(AvroJson.of(scenario).at("/removedAccounts/0").asText()).isEqualTo("v:a");
        assertThat(AvroJson.of(letter).get("reason").asText()).isEqualTo("INVALID_VALUE");
        assertThat(AvroJson.of(letter).get("value").asText()).isEqualTo("AQI=");
        assertThat(AvroJson.of(letter).get("key").isNull()).isTrue();
    }
}
