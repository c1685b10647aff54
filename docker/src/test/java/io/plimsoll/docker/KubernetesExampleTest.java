package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example says what Kubernetes and the program understand. */
class KubernetesExampleTest {

    private static final String POD = "plimsoll-2";

    private final List<JsonNode> documents = ProjectFiles.yaml(ProjectFiles.DOCKER.resolve("kubernetes/plimsoll.yaml"));
    private final JsonNode set = named("StatefulSet", "plimsoll");
    private final JsonNode pod = set.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");

    private JsonNode named(String kind, String name) {
        return documents.stream()
                .filter(document -> document.get("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    @Test
    void shouldGiveTheProgramSettingsThatItUnderstands(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(
                dir.resolve("plimsoll.yaml"),
                named("ConfigMap", "plimsoll").at("/data/plimsoll.yaml").asText());

        PlimsollConfig config = ConfigReader.read(file, environment());

        config.requireBootstrapServers(file);
        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(config.streams()).containsEntry("num.standby.replicas", "1");
        assertThat(config.streams()).containsEntry("main.consumer.session.timeout.ms", "60000");
    }

    @Test
    void shouldBeAStaticMemberByThePodsName(@TempDir Path dir) throws Exception {
        PlimsollConfig config =
                ConfigReader.read(Files.writeString(dir.resolve("empty.yaml"), "http: {auth: {mode: none}}\n"), environment());

        assertThat(config.instanceId()).isEqualTo(POD);
        assertThat(container.at("/env/0/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
        assertThat(config.advertisedAddress(0))
                .isEqualTo(POD + "." + set.at("/spec/serviceName").asText() + ":8080");
        assertThat(named("Service", set.at("/spec/serviceName").asText())
                        .at("/spec/clusterIP")
                        .asText())
                .isEqualTo("None");
    }

    @Test
    void shouldKeepItsStateOnAVolumeOfItsOwn() {
        String mounted =
                container.get("volumeMounts").findValuesAsText("mountPath").get(0);

        assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo(container.at("/volumeMounts/0/name").asText());
        assertThat(environment()).containsEntry("PLIMSOLL_DATA_DIR", mounted);
    }

    @Test
    void shouldBeWatchedAndContained() {
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/resources/limits/memory").asText()).isNotBlank();
        assertThat(pod.get("enableServiceLinks").asBoolean(true))
                .describedAs("variables PLIMSOLL_... of the service")
                .isFalse();
    }

    @Test
    void shouldSelectTheLabelsThatItSets() {
        JsonNode labels = set.at("/spec/template/metadata/labels");

        assertThat(set.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(documents.stream().filter(each -> each.get("kind").asText().equals("Service")))
                .hasSize(2)
                .allSatisfy(service -> assertThat(service.at("/spec/selector")).isEqualTo(labels));
    }

    /** As in the pod of that name. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        container.get("env").forEach(each -> {
            if (each.has("value")) {
                environment.put(
                        each.get("name").asText(), each.get("value").asText().replace("$(POD_NAME)", POD));
            }
        });
        return environment;
    }
}
