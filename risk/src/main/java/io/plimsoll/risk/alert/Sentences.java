package io.plimsoll.risk.alert;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one or two plain sentences where an alert stands. */
final class Sentences {

    private Sentences() {}

    /** The state with its sentence. */
    static AlertState complete(AlertState state, @Nullable String reason) {
        return new AlertState(
                state.id(),
                state.rule(),
                state.subject(),
                state.status(),
                state.sequence(),
                state.sinceMs(),
                state.firedMs(),
                state.resolvedMs(),
                state.asOfMs(),
                state.stalenessMs(),
                state.coverageLong(),
                state.coverageShort(),
                state.readings(),
                state.contributors(),
                state.acknowledgedBy(),
                state.silencedUntilMs(),
                sentence(state, reason));
    }

    private static String sentence(AlertState state, @Nullable String reason) {
        boolean over = state.status() == AlertStatus.RESOLVED;
        String findings = state.readings().stream()
                .map(reading -> finding(reading, state.subject(), over))
                .collect(Collectors.joining(" and "));
        StringBuilder text = new StringBuilder();
        if (over) {
            text.append("Over at ").append(Quantities.time(Objects.requireNonNull(state.resolvedMs())));
            text.append(reason != null ? " as " + reason : state.firedMs() == null ? ", before it fired" : "");
            text.append(": ").append(findings);
        } else {
            text.append(findings.substring(0, 1).toUpperCase(Locale.ROOT)).append(findings.substring(1));
        }
        text.append(", since ").append(Quantities.time(state.sinceMs()));
        if (state.status() == AlertStatus.PENDING) {
            text.append("; fires when it has held for ")
                    .append(Quantities.duration(state.rule().holdMs()));
        }
        text.append('.');
        if (state.acknowledgedBy() != null) {
            text.append(" Taken up by ").append(state.acknowledgedBy()).append('.');
        }
        if (state.silencedUntilMs() != null) {
            text.append(" Silenced until ")
                    .append(Quantities.time(state.silencedUntilMs()))
                    .append('.');
        }
        return text.toString();
    }

    private static String finding(Reading reading, String subject, boolean over) {
        Condition condition = reading.condition();
        String of = words(condition.metric()) + " of " + subject;
        String value = Quantities.text(reading.value(), reading.unit());
        String window = Quantities.duration(condition.windowMs());
        String what = Double.isNaN(reading.value())
                ? of + " is not known"
                : switch (condition.form()) {
                    case LEVEL -> of + " is " + value;
                    case CHANGE, CHANGE_RATIO -> of + " has changed by " + value + " within " + window;
                    case ROBUST_Z -> of + " is " + value + " from its median of " + window;
                    case RANK -> of + " is above " + value + " of its values of " + window;
                };
        return what + " (" + (over ? "fired " : "fires ") + side(condition) + " "
                + Quantities.text(condition.threshold(), reading.unit()) + ")";
    }

    private static String side(Condition condition) {
        return condition.comparison().name().toLowerCase(Locale.ROOT);
    }

    /** A metric's name as words, without the unit that its value has anyway. */
    private static String words(String metric) {
        return metric.replaceFirst("(Usd|Ms)(Open|High|Low|Close|Mean)?$", "$2")
                .replaceAll("([a-z])([A-Z0-9])", "$1 $2")
                .replaceAll("([0-9])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }
}
