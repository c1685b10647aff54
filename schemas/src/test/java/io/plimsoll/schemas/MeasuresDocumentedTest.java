package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Every published measure has its entry in docs/measures.md, and every entry there is a published measure's. */
class MeasuresDocumentedTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "measures.md");
    private static final Pattern ROW = Pattern.compile("\\| ((?:`[\\w.]+`(?:, )?)+) \\|(.*)\\|");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
    /** Question, formula, unit, source, error, whether it adds up, what it is not for. */
    private static final int COLUMNS = 7;

    @Test
    void shouldHaveAnEntryForEveryField() throws IOException {
        Set<String> fields = new LinkedHashSet<>();
        addFields("", MeasureSet.getClassSchema(), fields);
        // The cycle of markets added up has the fields of a market's.
        SystemMeasureSet.getClassSchema().getFields().forEach(field -> fields.add("system." + field.name()));
        Schema accounts =
                inner(Contagion.getClassSchema().getField("accountLeverage").schema());
        addFields("accountLeverage.", accounts, fields);

        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(documented())
                .describedAs("fields with an entry in section 8 of %s", DOCUMENT)
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void shouldFillInEveryColumn() throws IOException {
        List<String> incomplete = new ArrayList<>();
        for (String line : section()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> cells = Arrays.stream(row.group(2).split("(?<!\\\\)\\|", -1))
                        .map(String::trim)
                        .filter(cell -> !cell.isEmpty())
                        .toList();
                if (cells.size() != COLUMNS) {
                    incomplete.add(line);
                }
            }
        }

        assertThat(incomplete).isEmpty();
    }

    private static void addFields(String prefix, Schema record, Set<String> names) {
        for (Schema.Field field : record.getFields()) {
            String name = prefix + field.name();
            names.add(name);
            Schema inner = inner(field.schema());
            if (inner.getType() == Schema.Type.RECORD) {
                addFields(name + ".", inner, names);
            }
        }
    }

    /** What an array or a union with null is of. */
    private static Schema inner(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> inner(schema.getElementType());
            case UNION ->
                inner(schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
            default -> schema;
        };
    }

    private static List<String> documented() throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : section()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                NAME.matcher(row.group(1)).results().forEach(name -> names.add(name.group(1)));
            }
        }
        return names;
    }

    private static List<String> section() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int from = lines.indexOf("## 8. Measures of markets");
        int to = lines.indexOf("## 9. Sources");
        return lines.subList(from, to);
    }
}
