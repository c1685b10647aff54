package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.NearestName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An expression with what is done to it, in this order: conditions, translation, factor, times, divided by, less,
 * absolute, negate.
 *
 * @param values translation of texts; empty for none
 * @param otherwise value where the conditions do not hold, the cell is empty or the text is not in {@code values}
 */
record Adjusted(
        Expression source,
        List<Condition> when,
        Map<String, String> values,
        @Nullable String otherwise,
        Arithmetic arithmetic)
        implements Expression {

    /**
     * What is done to a number.
     *
     * @param factor multiplier, after which columns multiply and divide
     * @param less what is taken off; no value counts as 0
     */
    record Arithmetic(
            BigDecimal factor,
            List<String> times,
            List<String> dividedBy,
            List<Expression> less,
            boolean absolute,
            boolean negate) {

        boolean isNothing() {
            return factor.compareTo(BigDecimal.ONE) == 0
                    && times.isEmpty()
                    && dividedBy.isEmpty()
                    && less.isEmpty()
                    && !absolute
                    && !negate;
        }

        @Nullable
        BigDecimal apply(BigDecimal number, CsvRow row) {
            BigDecimal result = factor.compareTo(BigDecimal.ONE) == 0 ? number : number.multiply(factor, PRECISION);
            for (String column : times) {
                BigDecimal other = row.number(column);
                if (other == null) {
                    return null;
                }
                result = result.multiply(other, PRECISION);
            }
            for (String column : dividedBy) {
                BigDecimal other = row.number(column);
                if (other == null) {
                    return null;
                }
                if (other.signum() == 0) {
                    throw row.wrong(column, "allowed is a number other than 0, since it divides");
                }
                result = result.divide(other, PRECISION);
            }
            for (Expression each : less) {
                BigDecimal other = each.number(row);
                result = other == null ? result : result.subtract(other, PRECISION);
            }
            result = absolute ? result.abs() : result;
            return negate ? result.negate() : result;
        }
    }

    @Override
    public @Nullable String text(CsvRow row) {
        if (!arithmetic.isNothing()) {
            BigDecimal number = number(row);
            return number == null ? null : number.toPlainString();
        }
        return translated(row);
    }

    private @Nullable String translated(CsvRow row) {
        if (!when.stream().allMatch(condition -> condition.holds(row))) {
            return otherwise;
        }
        String text = source.text(row);
        if (text == null) {
            return otherwise;
        }
        if (values.isEmpty()) {
            return text;
        }
        String translated = values.getOrDefault(text, otherwise);
        if (translated == null) {
            String from = source.columns().isEmpty() ? "value" : "column " + String.join(", ", source.columns());
            throw new InputException(from + " is \"" + text + "\", " + NearestName.allowed(text, values.keySet()));
        }
        return translated;
    }

    @Override
    public @Nullable BigDecimal number(CsvRow row) {
        if (!values.isEmpty()) {
            String text = translated(row);
            return text == null ? null : arithmetic.apply(Expression.decimal(text), row);
        }
        BigDecimal number = when.stream().allMatch(condition -> condition.holds(row)) ? source.number(row) : null;
        BigDecimal result = number == null ? null : arithmetic.apply(number, row);
        return result == null && otherwise != null ? Expression.decimal(otherwise) : result;
    }

    @Override
    public void prepare(CsvRow row) {
        source.prepare(row);
        arithmetic.less().forEach(each -> each.prepare(row));
    }

    @Override
    public void reset() {
        source.reset();
        arithmetic.less().forEach(Expression::reset);
    }

    @Override
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>(source.columns());
        when.forEach(condition -> columns.add(condition.column()));
        columns.addAll(arithmetic.times());
        columns.addAll(arithmetic.dividedBy());
        arithmetic.less().forEach(each -> columns.addAll(each.columns()));
        return columns;
    }
}
