package io.plimsoll.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Grafana shows. */
final class Dashboards {

    /**
     * A question of a panel to Prometheus.
     *
     * @param mayBeEmpty whether the panel says what it means that there is nothing to show
     */
    record Query(String panel, String expression, boolean mayBeEmpty) {}

    private Dashboards() {}

    static List<Path> files() {
        return ProjectFiles.in(ProjectFiles.DOCKER.resolve("grafana/dashboards"), ".json");
    }

    static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode panel : ProjectFiles.json(file).get("panels")) {
                for (JsonNode target : panel.get("targets")) {
                    queries.add(new Query(
                            file.getFileName() + ", " + panel.get("title").asText(),
                            target.get("expr").asText().replace("$market", ".*"),
                            panel.get("description").asText().contains("Empty:")));
                }
            }
        }
        return queries;
    }
}
