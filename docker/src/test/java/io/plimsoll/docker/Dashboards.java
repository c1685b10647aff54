package io.plimsoll.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Grafana shows. */
final class Dashboards {

    /** A question of a panel to Prometheus. */
    record Query(String panel, String expression) {}

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
                            target.get("expr").asText()));
                }
            }
        }
        return queries;
    }
}
