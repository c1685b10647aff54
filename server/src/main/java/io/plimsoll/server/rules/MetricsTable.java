package io.plimsoll.server.rules;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.topology.alerts.MetricDefinition;
import io.plimsoll.topology.alerts.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The metric catalogue as text, for the terminal and for docs/rules.md. */
public final class MetricsTable {

    private MetricsTable() {}

    /** Every metric in a line. */
    public static String plain() {
        StringBuilder text = new StringBuilder();
        for (SubjectKind kind : SubjectKind.values()) {
            for (MetricDefinition metric : Metrics.definitions(kind)) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-8s %-34s %-12s %-14s %s%n",
                        name(kind),
                        metric.name(),
                        metric.unit().text(),
                        metric.topic(),
                        metric.meaning()));
            }
        }
        return text.toString();
    }

    /** A table for each kind of subject, a row for each family of metrics; what a system has as venues have, once. */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        for (SubjectKind kind : SubjectKind.values()) {
            if (kind == SubjectKind.ASSET) {
                continue;
            }
            String title = kind == SubjectKind.VENUE ? "`venue` or `asset`" : "`" + name(kind) + "`";
            text.append("\n### Of a subject of kind ").append(title).append("\n\n");
            List<MetricDefinition> metrics = new ArrayList<>(Metrics.definitions(kind));
            if (kind == SubjectKind.SYSTEM && metrics.removeAll(Metrics.definitions(SubjectKind.VENUE))) {
                text.append("All that a venue has, and:\n\n");
            }
            text.append("| Metric | Unit | From | Meaning |\n|---|---|---|---|\n");
            families(metrics)
                    .forEach((family, names) -> text.append("| ")
                            .append(names)
                            .append(" | ")
                            .append(family.unit().text())
                            .append(" | `")
                            .append(family.topic())
                            .append('`')
                            .append(family.from().isEmpty() ? "" : ": " + family.from())
                            .append(" | ")
                            .append(family.meaning())
                            .append(" |\n"));
        }
        return text.toString();
    }

    /** Names by what they have in common, which is all but the name. */
    private static Map<MetricDefinition, String> families(List<MetricDefinition> metrics) {
        return metrics.stream()
                .collect(Collectors.groupingBy(
                        metric -> new MetricDefinition(
                                "", metric.unit(), metric.topic(), metric.from(), metric.meaning()),
                        LinkedHashMap::new,
                        Collectors.mapping(metric -> "`" + metric.name() + "`", Collectors.joining(" "))));
    }

    private static String name(SubjectKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
