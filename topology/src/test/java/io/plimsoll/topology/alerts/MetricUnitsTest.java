package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.system.SystemStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each metric's unit against what the schema says of the fields that it is read from. */
class MetricUnitsTest {

    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9.]*[A-Za-z0-9]");

    /** What a field's documentation says where it is in that unit. */
    private static final Map<Unit, List<String>> WORDS = Map.of(
            Unit.USD, List.of("USD"),
            Unit.FRACTION, List.of("fraction", "0 to 1", "share"),
            Unit.RATIO, List.of("ratio", " / ", "0 to 1", "move per move"),
            Unit.COUNT, List.of("count"),
            Unit.MILLISECONDS, List.of("milliseconds"),
            Unit.BASE_UNITS, List.of("base units"),
            Unit.QUOTE_UNITS, List.of("quote units"),
            Unit.LOG_PRICE, List.of("ln(price)"),
            Unit.DEVIATIONS, List.of("standard deviations"));

    @Test
    void shouldHaveMetricsOfEveryKind() {
        for (SubjectKind kind : SubjectKind.values()) {
            assertThat(Metrics.of(kind)).describedAs(kind.name()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("metricsOfRecords")
    void shouldHaveTheUnitOfTheFieldsItIsReadFrom(MetricDefinition metric) {
        List<String> docs = docs(metric);

        assertThat(docs).isNotEmpty();
        if (metric.from().contains(" x ")) {
            // a x b / c: a and c are alike, so that b's unit remains.
            assertThat(unit(docs.get(0))).isEqualTo(unit(docs.get(2))).isNotEqualTo(metric.unit());
            assertThat(unit(docs.get(1))).isEqualTo(metric.unit());
        } else if (metric.from().contains(" / ")) {
            assertThat(unit(docs.get(0))).isEqualTo(unit(docs.get(1)));
            assertThat(metric.unit()).isIn(Unit.FRACTION, Unit.RATIO);
        } else {
            assertThat(docs)
                    .allSatisfy(doc -> assertThat(doc)
                            .describedAs("%s of %s is in %s", metric.from(), metric.topic(), metric.unit())
                            .containsAnyOf(WORDS.get(metric.unit()).toArray(String[]::new)));
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void shouldBeDescribedInOneSentence(MetricDefinition metric) {
        assertThat(metric.name()).matches("[a-z][A-Za-z0-9]*");
        assertThat(metric.meaning()).endsWith(".").doesNotContain(". ", "|");
    }

    @Test
    void shouldHaveTheSameOfVenuesAndAssetsAndAllOfItOfTheSystem() {
        assertThat(Metrics.definitions(SubjectKind.ASSET)).isEqualTo(Metrics.definitions(SubjectKind.VENUE));
        assertThat(Metrics.definitions(SubjectKind.SYSTEM)).containsAll(Metrics.definitions(SubjectKind.VENUE));
    }

    @Test
    void shouldHaveOfWindowsWhatIsSampledInTheUnitThatItHas() {
        assertThat(MarketStates.SAMPLED).containsAll(SystemStates.SAMPLED);
        for (String metric : MarketStates.SAMPLED) {
            Unit unit = Metrics.named(SubjectKind.MARKET, metric).orElseThrow().unit();
            for (String part : List.of("Open", "High", "Low", "Close", "Mean")) {
                assertThat(Metrics.named(SubjectKind.WINDOW, metric + part))
                        .map(MetricDefinition::unit)
                        .contains(unit);
            }
        }
    }

    @Test
    void shouldKnowTheUnitOfEachForm() {
        MetricDefinition interest =
                Metrics.named(SubjectKind.MARKET, "openInterestUsd").orElseThrow();

        assertThat(interest.unit(RuleForm.LEVEL)).isEqualTo(Unit.USD);
        assertThat(interest.unit(RuleForm.CHANGE)).isEqualTo(Unit.USD);
        assertThat(interest.unit(RuleForm.CHANGE_RATIO)).isEqualTo(Unit.FRACTION);
        assertThat(interest.unit(RuleForm.RANK)).isEqualTo(Unit.FRACTION);
        assertThat(interest.unit(RuleForm.ROBUST_Z)).isEqualTo(Unit.DEVIATIONS);
    }

    static Stream<MetricDefinition> metrics() {
        return Stream.of(SubjectKind.values()).flatMap(kind -> Metrics.definitions(kind).stream());
    }

    static Stream<MetricDefinition> metricsOfRecords() {
        return metrics()
                .filter(metric -> !metric.from().isEmpty())
                // Of these the field's unit is that of the metric of which the window is.
                .filter(metric -> !metric.from().startsWith("metrics."))
                .distinct();
    }

    private static Unit unit(String doc) {
        return Stream.of(Unit.COUNT, Unit.USD, Unit.QUOTE_UNITS, Unit.BASE_UNITS)
                .filter(unit -> WORDS.get(unit).stream().anyMatch(doc::contains))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no unit in: " + doc));
    }

    /** Documentation of each field that is named. */
    private static List<String> docs(MetricDefinition metric) {
        Topic<?> topic = Topics.named(metric.topic().split(", ")[0]).orElseThrow();
        Schema schema = AvroSerdes.schemaOf(topic.valueType());
        List<String> docs = new ArrayList<>();
        Matcher fields = FIELD.matcher(metric.from());
        while (fields.find()) {
            docs.add(doc(schema, fields.group(), metric));
        }
        return docs;
    }

    private static String doc(Schema record, String path, MetricDefinition metric) {
        Schema at = record;
        String doc = "";
        for (String name : path.split("\\.")) {
            Schema.Field field = inner(at).getField(name);
            assertThat(field)
                    .describedAs("%s has no field %s, which %s is read from", at.getName(), name, metric.name())
                    .isNotNull();
            doc = field.doc();
            at = field.schema();
        }
        return doc;
    }

    private static Schema inner(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> inner(schema.getElementType());
            case UNION -> inner(schema.getTypes().get(schema.getTypes().size() - 1));
            default -> schema;
        };
    }
}
