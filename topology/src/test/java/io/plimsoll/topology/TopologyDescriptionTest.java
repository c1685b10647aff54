package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the topology's shape and names. Stores and internal topics are named after its nodes: a name that changes loses
 * the state of whoever upgrades. Where a change is meant, copy the actual description over the golden file.
 */
class TopologyDescriptionTest {

    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");

    @Test
    void shouldBeAsDescribed() throws IOException {
        String actual = MonitorTopology.build(MonitorSettings.defaults(), new MockSchemaRegistryClient())
                .describe()
                .toString();

        Path written = Files.writeString(Path.of("target/topology.txt"), actual);
        assertThat(actual)
                .describedAs("the description, also in %s, against %s", written, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void shouldNameEveryNodeItself() {
        String description = MonitorTopology.build(MonitorSettings.defaults(), new MockSchemaRegistryClient())
                .describe()
                .toString();

        assertThat(description).doesNotContainPattern("KSTREAM-[A-Z-]+-\\d{10}");
    }
}
