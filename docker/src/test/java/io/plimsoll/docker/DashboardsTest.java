package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards are what Grafana provisions; what their queries give is asked of Prometheus in StackIT. */
class DashboardsTest {

    @Test
    void shouldBeThree() {
        assertThat(Dashboards.files()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.docker.Dashboards#files")
    void shouldAskTheProvisionedDatasourceInEveryPanel(Path file) {
        JsonNode source = ProjectFiles.yaml(
                        ProjectFiles.DOCKER.resolve("grafana/provisioning/datasources/prometheus.yaml"))
                .get(0)
                .at("/datasources/0");
        JsonNode dashboard = ProjectFiles.json(file);

        assertThat(dashboard.get("uid").asText()).isNotBlank();
        assertThat(StreamSupport.stream(dashboard.get("panels").spliterator(), false))
                .isNotEmpty()
                .allSatisfy(panel -> {
                    assertThat(panel.at("/datasource/uid")).isEqualTo(source.get("uid"));
                    assertThat(panel.get("title").asText()).isNotBlank();
                    assertThat(panel.get("description").asText()).isNotBlank();
                    assertThat(panel.at("/targets/0/expr").asText()).isNotBlank();
                });
    }
}
