package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** A number without a unit is none. */
class SchemaDocumentationTest {

    /** Words that say what a number is counted in. */
    private static final Pattern UNIT = Pattern.compile(
            "USD|US dollars|\\bunits?\\b|\\bContracts held|milliseconds?|\\bHours\\b|\\bepoch\\b|\\bcount\\b|fractions?\\b"
                    + "|\\bratio\\b|[Ss]hare of|\\bleverage\\b|\\bVersion\\b|\\bDecimals\\b|\\bnumber\\b|-1 to 1|0 to 1"
                    + "|\\w+ / \\w+|ln\\(|in the metric's unit|in the metric's own unit|openInterestUnit|coverage\\w+ of its samples|\\(L. - L.\\)",
            Pattern.CASE_INSENSITIVE);

    /** A place in Kafka has no unit. */
    private static final List<String> PLACES = List.of("DeadLetter.partition", "DeadLetter.offset");

    @Test
    void shouldDescribeEveryRecordEnumAndField() {
        List<String> silent = new ArrayList<>();

        OwnSchemas.in(OwnSchemas.TODAY).values().forEach(schema -> {
            if (isBlank(schema.getDoc())) {
                silent.add(schema.getName());
            }
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().stream()
                        .filter(field -> isBlank(field.doc()))
                        .forEach(field -> silent.add(schema.getName() + "." + field.name()));
            }
        });

        assertThat(silent)
                .describedAs("every record, enum and field needs a doc")
                .isEmpty();
    }

    @Test
    void shouldNameTheUnitOfEveryNumber() {
        Map<String, Schema> schemas = OwnSchemas.in(OwnSchemas.TODAY);
        List<String> unitless = new ArrayList<>();
        List<String> numbers = new ArrayList<>();

        for (Schema schema : schemas.values()) {
            if (schema.getType() == Schema.Type.RECORD) {
                for (Schema.Field field : schema.getFields()) {
                    if (isNumber(field.schema())) {
                        String name = schema.getName() + "." + field.name();
                        numbers.add(name);
                        // A record of which every number has the same unit may say it once.
                        String doc = field.doc() + " " + schema.getDoc();
                        boolean isCount = field.name().endsWith("Positions");
                        if (!isCount
                                && !PLACES.contains(name)
                                && !UNIT.matcher(doc).find()) {
                            unitless.add(name + ": " + field.doc());
                        }
                    }
                }
            }
        }

        assertThat(numbers).hasSizeGreaterThan(100);
        assertThat(unitless)
                .describedAs("the doc of a number names its unit, or says that it is a count, fraction or ratio")
                .isEmpty();
    }

    @Test
    void shouldNameTheUnitThatTheFieldsNameSays() {
        List<String> wrong = new ArrayList<>();

        for (Schema schema : OwnSchemas.in(OwnSchemas.TODAY).values()) {
            if (schema.getType() == Schema.Type.RECORD) {
                for (Schema.Field field : schema.getFields()) {
                    boolean money = field.name().endsWith("Usd");
                    boolean time = field.name().endsWith("Ms");
                    if ((money && !says(field, "US dollar|USD|Notionals? |Usd"))
                            || (time && !says(field, "millisecond"))) {
                        wrong.add(schema.getName() + "." + field.name() + ": " + field.doc());
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static boolean says(Schema.Field field, String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                .matcher(field.doc())
                .find();
    }

    private static boolean isNumber(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG, FLOAT, DOUBLE -> true;
            case UNION -> schema.getTypes().stream().anyMatch(SchemaDocumentationTest::isNumber);
            case MAP -> isNumber(schema.getValueType());
            case ARRAY -> isNumber(schema.getElementType());
            default -> false;
        };
    }

    private static boolean isBlank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }
}
