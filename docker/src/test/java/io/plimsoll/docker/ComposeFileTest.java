package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every service of compose.yaml keeps to what docker/README.md promises. */
class ComposeFileTest {

    static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        ProjectFiles.yaml(ProjectFiles.DOCKER.resolve("compose.yaml"))
                .get(0)
                .get("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    static Iterable<String> names() {
        return services().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBeContained(String name) {
        JsonNode service = services().get(name);

        assertThat(service.get("read_only").asBoolean()).isTrue();
        assertThat(service.get("cap_drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(service.get("security_opt").toString()).contains("no-new-privileges:true");
        assertThat(service.get("tmpfs").toString()).contains("/tmp:");
        assertThat(service.get("mem_limit").asText()).isNotBlank();
        assertThat(service.get("cpus").asText()).isNotBlank();
        assertThat(service.has("privileged")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBePublishedOnThisMachineOnly(String name) {
        assertThat(services().get(name).get("ports"))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldSayWhetherItIsHealthy(String name) {
        JsonNode service = services().get(name);

        // Our own images say how in their Dockerfiles.
        assertThat(service.has("healthcheck") || service.has("build")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNameAVersion(String name) {
        assertThat(services().get(name).get("image").asText()).contains(":").doesNotContain(":latest");
    }
}
