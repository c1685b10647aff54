package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.alerts.AlertChange;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which alerts are asked for.
 *
 * @param subject pattern of subjects
 * @param rule pattern of rules
 * @param view subjects are asked for as the caller sees them
 */
record AlertQuery(
        Set<AlertStatus> statuses, Set<Severity> severities, Pattern subject, Pattern rule, ReadersView view) {

    private static final String ANYTHING = "*";

    /** Reads the parameters; a comma separates alternatives, * stands for any run of characters. */
    static AlertQuery of(Context context) {
        return new AlertQuery(
                anyOf(context, "status", AlertStatus.class, AlertStatus::name),
                anyOf(context, "severity", Severity.class, each -> each.name().toLowerCase(Locale.ROOT)),
                pattern(context, "subject"),
                pattern(context, "rule"),
                ReadersView.of(context));
    }

    private static <E extends Enum<E>> Set<E> anyOf(
            Context context, String parameter, Class<E> type, Function<E, String> label) {
        String text = context.queryParam(parameter);
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(type);
        }
        Collection<String> labels =
                Arrays.stream(type.getEnumConstants()).map(label).toList();
        Set<E> found = EnumSet.noneOf(type);
        for (String part : text.split(",")) {
            found.add(Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.name().equalsIgnoreCase(part.trim()))
                    .findFirst()
                    .orElseThrow(() -> Problem.badParameter(parameter, part.trim(), labels)));
        }
        return found;
    }

    private static Pattern pattern(Context context, String parameter) {
        String text = context.queryParam(parameter);
        return Pattern.compile(Arrays.stream((text == null || text.isBlank() ? ANYTHING : text).split(","))
                .map(AlertQuery::expression)
                .collect(Collectors.joining("|")));
    }

    /** Parts in the middle are found once and for all, so that no pattern takes long, however many stars it has. */
    private static String expression(String text) {
        String[] parts = text.trim().split("\\*", -1);
        StringBuilder expression = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length - 1; i++) {
            expression.append("(?>.*?").append(Pattern.quote(parts[i])).append(')');
        }
        if (parts.length > 1) {
            expression.append(".*").append(Pattern.quote(parts[parts.length - 1]));
        }
        return expression.toString();
    }

    boolean takes(Alert alert) {
        return statuses.contains(alert.getStatus())
                && severities.contains(alert.getSeverity())
                && subject.matcher(view.of(alert.getSubject())).matches()
                && rule.matcher(alert.getRuleId()).matches();
    }

    /** Of what is off the board only the key is left. */
    boolean takes(AlertChange change) {
        if (change.alert() != null) {
            return takes(change.alert());
        }
        int bar = change.key().indexOf('|');
        return bar < 0
                || (rule.matcher(change.key().substring(0, bar)).matches()
                        && subject.matcher(view.of(change.key().substring(bar + 1)))
                                .matches());
    }
}
