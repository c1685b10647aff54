package io.plimsoll.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {

    private static final String ONE_FIELD = record("{\"name\":\"a\",\"type\":\"long\"}");
    private static final String TWO_FIELDS =
            record("{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"long\",\"default\":0}");

    private static final String TWO_FIELDS_WITH_DEFAULTS =
            record("{\"name\":\"a\",\"type\":\"long\",\"default\":0},{\"name\":\"b\",\"type\":\"long\",\"default\":0}");

    @Test
    void shouldKeepIdsOverARestart(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("registry.json");
        EmbeddedRegistry before = EmbeddedRegistry.open(file);
        int first = before.client().register("mine-value", new AvroSchema(ONE_FIELD));
        int second = before.client().register("mine-value", new AvroSchema(TWO_FIELDS));

        EmbeddedRegistry after = EmbeddedRegistry.open(file);
        int third = after.client().register("other-value", new AvroSchema(record("")));

        assertThat(after.client().getSchemaById(first).canonicalString()).isEqualTo(ONE_FIELD);
        assertThat(after.client().getSchemaById(second).canonicalString()).isEqualTo(TWO_FIELDS);
        assertThat(after.client().register("mine-value", new AvroSchema(TWO_FIELDS)))
                .isEqualTo(second);
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void shouldRegisterEverySchemaOfTheCatalogueFirst() {
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();

        assertThat(registry.subjects())
                .containsExactlyInAnyOrderElementsOf(Topics.inUse().stream()
                        .map(Topic::name)
                        .map(name -> name + "-value")
                        .toList());
    }

    @Test
    void shouldGiveTheSameSchemaOneIdUnderAllSubjects() throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();

        int first = registry.client().register("one-value", new AvroSchema(ONE_FIELD));
        int second = registry.client().register("two-value", new AvroSchema(ONE_FIELD));

        assertThat(second).isEqualTo(first);
        assertThat(registry.versions("two-value"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.version()).isEqualTo(1));
    }

    @Test
    void shouldRefuseASchemaThatCannotReadTheLastOne() throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
        registry.client().register("mine-value", new AvroSchema(ONE_FIELD));
        String withoutDefault = record("{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"c\",\"type\":\"long\"}");

        assertThatThrownBy(() -> registry.client().register("mine-value", new AvroSchema(withoutDefault)))
                .isInstanceOf(RestClientException.class)
                .hasMessageContaining("mine-value")
                .hasMessageContaining("version 1");
        assertThat(registry.versions("mine-value")).hasSize(1);
    }

    @Test
    void shouldRefuseASchemaThatCannotReadAnEarlierOneThanTheLast() throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
        registry.client().register("mine-value", new AvroSchema(record("")));
        registry.client().register("mine-value", new AvroSchema(TWO_FIELDS_WITH_DEFAULTS));

        assertThatThrownBy(() -> registry.client().register("mine-value", new AvroSchema(ONE_FIELD)))
                .isInstanceOf(RestClientException.class)
                .hasMessageContaining("version 1");
        assertThat(registry.versions("mine-value")).hasSize(2);
    }

    @Test
    void shouldNameTheFileThatIsBroken(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("registry.json");
        Files.writeString(file, "{ half");

        assertThatThrownBy(() -> EmbeddedRegistry.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("registry.json");
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"fields\":[" + fields + "]}";
    }
}
