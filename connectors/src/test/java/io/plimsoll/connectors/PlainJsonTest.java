package io.plimsoll.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String POSITION =
            "{\"venue\":\"sim\",\"account\":\"a\",\"symbol\":\"BTC\",\"size\":-1.5,\"entryPrice\":100}";

    private static <T extends SpecificRecord> T read(String json, Class<T> type) {
        try {
            return PlainJson.fromJson(MAPPER.readTree(json), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldReadBackEveryRecordOfTheContract(Topic<?> topic) throws JsonProcessingException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        AvroSerdes.trustOwnRecords();
        for (int i = 0; i < 50; i++) {
            SpecificRecord record = (SpecificRecord) random(AvroSerdes.schemaOf(topic.valueType()), random);

            String json = MAPPER.writeValueAsString(PlainJson.toJson(record));

            assertThat(read(json, topic.valueType()).toString())
                    .describedAs("seed %d, %s", seed, json)
                    .isEqualTo(record.toString());
        }
    }

    private static Object random(Schema schema, SplittableRandom random) {
        return switch (schema.getType()) {
            case RECORD -> {
                SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), random(field.schema(), random));
                }
                yield record;
            }
            case UNION -> random.nextBoolean() ? null : random(schema.getTypes().get(1), random);
            case ENUM -> {
                List<String> symbols = schema.getEnumSymbols();
                yield SpecificData.get().createEnum(symbols.get(random.nextInt(symbols.size())), schema);
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(schema.getElementType(), random));
                }
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                if (random.nextBoolean()) {
                    map.put("key \" é", random(schema.getValueType(), random));
                }
                yield map;
            }
            case BYTES -> ByteBuffer.wrap(new byte[] {0, 1, (byte) random.nextInt()});
            case DOUBLE ->
                switch (random.nextInt(6)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.NEGATIVE_INFINITY;
                    case 2 -> -0.0;
                    default -> random.nextDouble() * Math.pow(10, random.nextInt(-300, 300));
                };
            case LONG -> random.nextLong();
            case INT -> random.nextInt();
            case STRING -> "text " + random.nextInt();
            case BOOLEAN -> random.nextBoolean();
            default -> throw new AssertionError(schema);
        };
    }

    @Test
    void shouldFillMissingFieldsWithTheSchemasDefaults() {
        Position position = read(POSITION, Position.class);
        Scenario scenario = read("{\"id\":\"s\",\"requestedAtMs\":1,\"shocks\":{\"BTC\":-0.1}}", Scenario.class);

        assertThat(position.getMarginMode()).isEqualTo(MarginMode.CROSS);
        assertThat(position.getVenueLiquidationPrice()).isNull();
        assertThat(position.getSize()).isEqualTo(-1.5);
        assertThat(scenario.getDepthHaircut()).isEqualTo(1.0);
        assertThat(scenario.getCollateralCuts()).isEmpty();
    }

    @Test
    void shouldGiveEachRecordItsOwnDefaultContainers() {
        String json = "{\"id\":\"s\",\"requestedAtMs\":1,\"shocks\":{}}";

        read(json, Scenario.class).getCollateralCuts().put("USDC", 0.1);

        assertThat(read(json, Scenario.class).getCollateralCuts()).isEmpty();
    }

    @Test
    void shouldWriteUnionsAsTheValueAndBytesInBase64() {
        Price price = new Price("sim", "BTC", 1.5, null, 0.1, 8.0, null, 1.0, null, null);

        assertThat(PlainJson.toJson(price).toString())
                .isEqualTo("{\"venue\":\"sim\",\"symbol\":\"BTC\",\"markPrice\":1.5,\"indexPrice\":null,"
                        + "\"fundingRate\":0.1,\"fundingIntervalHours\":8.0,\"openInterest\":null,\"quotePriceUsd\":1.0,"
                        + "\"dayVolume\":null,\"insuranceFundUsd\":null}");
        assertThat(DeadLetter.getClassSchema().getFields())
                .anyMatch(field -> field.schema().toString().contains("bytes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"entryPrice\":100 | \"entryPrise\":100 | field entryPrice is missing, allowed is a number",
                "\"size\":-1.5 | \"size\":\"1.5\" | field size is \"1.5\", allowed is a number",
                "\"size\":-1.5 | \"size\":null | field size is null, allowed is a number",
                "\"size\":-1.5 | \"size\":1e999 | field size is",
                "\"account\":\"a\" | \"account\":7 | field account is 7, allowed is a string",
                "\"size\":-1.5 | \"size\":1,\"marginMod\":\"CROSS\" | field marginMod (value \"CROSS\") is not in Position: did you mean marginMode? Allowed is venue, account, symbol, size",
                "\"size\":-1.5 | \"size\":1,\"marginMode\":\"CROS\" | field marginMode is \"CROS\", did you mean CROSS? Allowed is CROSS, ISOLATED",
                "\"size\":-1.5 | \"size\":1,\"marginMode\":\"portfolio\" | field marginMode is \"portfolio\", allowed is CROSS, ISOLATED",
                "\"size\":-1.5 | \"size\":1,\"maxLeverage\":true | field maxLeverage is true, allowed is a number or null",
            })
    void shouldNameFieldValueAndWhatIsAllowed(String good, String bad, String message) {
        String json = POSITION.replace(good, bad);

        assertThatThrownBy(() -> read(json, Position.class))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldNameThePathOfANestedField() {
        String json = "{\"venue\":\"sim\",\"symbol\":\"BTC\",\"kind\":\"LINEAR_PERPETUAL\",\"baseAsset\":\"BTC\","
                + "\"quoteAsset\":\"USDC\",\"settleAsset\":\"USDC\",\"sizeDecimals\":5.5,\"marginTiers\":"
                + "[{\"notionalFloor\":0,\"maintenanceRate\":\"x\"}],\"openInterestUnit\":\"BASE\","
                + "\"openInterestSides\":\"SINGLE\"}";

        assertThatThrownBy(() -> read(json, Instrument.class))
                .hasMessage("field sizeDecimals is 5.5, allowed is a whole number of at most 32 bits");
        assertThatThrownBy(() -> read(json.replace("5.5", "5"), Instrument.class))
                .hasMessage("field marginTiers[0].maintenanceRate is \"x\", allowed is a number");
        assertThatThrownBy(() -> read("[1]", Instrument.class))
                .hasMessage("[1], allowed is an object with the fields of Instrument");
    }
}
