package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.InputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a record's field takes its value from. An empty cell gives no value: then the field is left to its default. */
interface Expression {

    MathContext PRECISION = MathContext.DECIMAL128;

    /** The value as text; null if there is none. */
    @Nullable
    String text(CsvRow row);

    /** The value as a number; null if there is none. */
    default @Nullable BigDecimal number(CsvRow row) {
        String text = text(row);
        try {
            return text == null ? null : row.table().format().number(text);
        } catch (InputException e) {
            throw new InputException("\"" + text + "\" is no number, " + e.getMessage());
        }
    }

    /** Columns that it reads. */
    Set<String> columns();

    /** Sees every row beforehand; for sums. */
    default void prepare(CsvRow row) {}

    /** Forgets the rows that it saw beforehand. */
    default void reset() {}

    /** A number as the mapping, not a CSV file, writes it. */
    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new InputException("the mapping's \"" + text + "\" is no number, allowed is a number", e);
        }
    }

    /** A value given in the mapping. */
    record Constant(JsonNode json) implements Expression {

        @Override
        public @Nullable String text(CsvRow row) {
            return json.isNull() ? null : json.asText();
        }

        @Override
        public @Nullable BigDecimal number(CsvRow row) {
            return json.isNull() ? null : decimal(json.asText());
        }

        @Override
        public Set<String> columns() {
            return Set.of();
        }
    }

    /** A column's cell. */
    record Column(String column) implements Expression {

        @Override
        public @Nullable String text(CsvRow row) {
            return row.text(column);
        }

        @Override
        public @Nullable BigDecimal number(CsvRow row) {
            return row.number(column);
        }

        @Override
        public Set<String> columns() {
            return Set.of(column);
        }
    }

    /** Text with columns in braces; no value if one of them is empty. */
    record Template(String template, Set<String> columns) implements Expression {

        private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

        static Template of(String template) {
            Set<String> columns = new TreeSet<>();
            COLUMN.matcher(template).results().forEach(match -> columns.add(match.group(1)));
            return new Template(template, columns);
        }

        @Override
        public @Nullable String text(CsvRow row) {
            StringBuilder filled = new StringBuilder();
            Matcher matcher = COLUMN.matcher(template);
            while (matcher.find()) {
                String text = row.text(matcher.group(1));
                if (text == null) {
                    return null;
                }
                matcher.appendReplacement(filled, Matcher.quoteReplacement(text));
            }
            return matcher.appendTail(filled).toString();
        }
    }

    /** The first group that a pattern finds in the file's name. */
    record FileName(Pattern pattern) implements Expression {

        @Override
        public String text(CsvRow row) {
            String name = row.table().file().getFileName().toString();
            Matcher matcher = pattern.matcher(name);
            if (!matcher.find()) {
                throw new InputException(
                        "the file's name is " + name + ", allowed is one in which " + pattern + " is found");
            }
            return matcher.group(1);
        }

        @Override
        public Set<String> columns() {
            return Set.of();
        }
    }

    /** The sum of an expression over all rows with the same cells in some columns; no value counts as 0. */
    record Sum(Expression of, List<String> per, Map<List<String>, BigDecimal> sums) implements Expression {

        Sum(Expression of, List<String> per) {
            this(of, per, new HashMap<>());
        }

        @Override
        public void prepare(CsvRow row) {
            BigDecimal number = of.number(row);
            if (number != null) {
                sums.merge(key(row), number, (a, b) -> a.add(b, PRECISION));
            }
        }

        @Override
        public void reset() {
            sums.clear();
        }

        @Override
        public String text(CsvRow row) {
            return number(row).toPlainString();
        }

        @Override
        public BigDecimal number(CsvRow row) {
            return Objects.requireNonNullElse(sums.get(key(row)), BigDecimal.ZERO);
        }

        private List<String> key(CsvRow row) {
            return per.stream().map(row::cell).toList();
        }

        @Override
        public Set<String> columns() {
            Set<String> columns = new TreeSet<>(of.columns());
            columns.addAll(per);
            return columns;
        }
    }
}
