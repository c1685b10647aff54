package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class OutputCompatibilityTest {

    private static final String SUBJECT = Topics.MARKET_STATE.name() + "-value";

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    @Test
    void shouldSetEveryOutputSubjectAndNoInputSubject() throws Exception {
        OutputCompatibility.ensure(registry);

        for (Topic<?> topic : Topics.inUse()) {
            String subject = topic.name() + "-value";
            if (topic.direction() == Topic.Direction.OUT) {
                assertThat(registry.getCompatibility(subject)).isEqualTo("BACKWARD_TRANSITIVE");
            } else {
                assertThat(registry.getAllSubjects()).doesNotContain(subject);
            }
        }
    }

    @Test
    void shouldRaiseALowerLevelAndLeaveAHigherOne() throws Exception {
        registry.updateCompatibility(SUBJECT, "NONE");
        registry.updateCompatibility(Topics.ALERTS.name() + "-value", "FULL_TRANSITIVE");

        OutputCompatibility.ensure(registry);

        assertThat(registry.getCompatibility(SUBJECT)).isEqualTo("BACKWARD_TRANSITIVE");
        assertThat(registry.getCompatibility(Topics.ALERTS.name() + "-value")).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void shouldHaveTheRegistryRefuseASchemaThatCannotReadWhatIsThere() throws Exception {
        OutputCompatibility.ensure(registry);
        Schema first = AvroSerdes.schemaOf(Topics.MARKET_STATE.valueType());
        Schema needsMore = SchemaBuilder.record(first.getName())
                .namespace(first.getNamespace())
                .fields()
                .requiredString("notThereBefore")
                .endRecord();

        assertThat(registry.testCompatibility(SUBJECT, new AvroSchema(needsMore)))
                .isFalse();
        assertThat(registry.testCompatibility(SUBJECT, new AvroSchema(first))).isTrue();
    }

    @Test
    void shouldNotStartWhereTheRegistryFindsOurSchemaIncompatible() {
        MockSchemaRegistryClient strict = new MockSchemaRegistryClient() {
            @Override
            public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
                throw new RestClientException("incompatible with an earlier schema", 409, 409);
            }
        };

        assertThatThrownBy(() -> OutputCompatibility.ensure(strict))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("plimsoll.market-state")
                .hasMessageContaining("incompatible with an earlier schema");
    }

    @Test
    void shouldGoOnWhereTheRegistryDoesNotLetUs() {
        MockSchemaRegistryClient locked = new MockSchemaRegistryClient() {
            @Override
            public String updateCompatibility(String subject, String compatibility) throws RestClientException {
                throw new RestClientException("forbidden", 403, 40301);
            }
        };

        assertThatCode(() -> OutputCompatibility.ensure(locked)).doesNotThrowAnyException();
    }
}
