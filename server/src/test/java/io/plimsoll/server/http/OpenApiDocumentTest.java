package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.plimsoll.server.openapi.Operation;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Path COPY = Path.of("..", "docs", "openapi.json");
    private static final String TEXT = ProgramOperations.text(ProgramOperations.document());

    @Test
    void shouldBeWhatTheDocumentationHolds() throws Exception {
        if (Boolean.getBoolean("renew")) {
            Files.writeString(COPY, TEXT);
        }

        assertThat(Files.readString(COPY))
                .describedAs("docs/openapi.json is written by: ./mvnw -Dquick -pl server -am test"
                        + " -Dtest=OpenApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Drenew=true")
                .isEqualTo(TEXT);
    }

    @Test
    void shouldBeAnOpenApiDocument() throws Exception {
        try (InputStream official = OpenApiDocumentTest.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
            JsonSchema schema = SCHEMAS.getSchema(JSON.readTree(official));

            assertThat(schema.validate(JSON.readTree(TEXT))).isEmpty();
            // A schema that takes anything would take this.
            assertThat(schema.validate(JSON.readTree("{\"openapi\": \"3.1.0\", \"info\": {}, \"paths\": []}")))
                    .isNotEmpty();
        }
    }

    @Test
    void shouldHaveSchemasThatAreJsonSchemas() throws Exception {
        JsonSchema draft = SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012));
        List<JsonNode> schemas = new ArrayList<>();
        JSON.readTree(TEXT).findValues("schema").forEach(schemas::add);
        JSON.readTree(TEXT).at("/components/schemas").forEach(schemas::add);

        assertThat(schemas).hasSizeGreaterThan(100);
        assertThat(schemas)
                .allSatisfy(schema -> assertThat(draft.validate(schema))
                        .describedAs(schema.toString())
                        .isEmpty());
    }

    @Test
    void shouldTellOfEveryNumberWhatItIs() throws Exception {
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema :
                JSON.readTree(TEXT).at("/components/schemas").properties()) {
            for (Map.Entry<String, JsonNode> member :
                    schema.getValue().path("properties").properties()) {
                String type = member.getValue().path("type").toString();
                boolean told = !member.getValue().path("description").asText().isBlank();
                if ((type.contains("number") || type.contains("integer")) && !told) {
                    silent.add(schema.getKey() + "." + member.getKey());
                }
            }
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void shouldReferToWhatThereIs() throws Exception {
        JsonNode document = JSON.readTree(TEXT);

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .describedAs(reference)
                        .isTrue());
    }

    @Test
    void shouldCallEveryOperationByANameOfItsOwn() {
        assertThat(ProgramOperations.ALL).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(ProgramOperations.ALL)
                .extracting(operation -> operation.method() + " " + operation.path())
                .doesNotHaveDuplicates();
        assertThat(ProgramOperations.ALL)
                .extracting(Operation::tag)
                .isSubsetOf(ApiParameters.tags().keySet());
    }
}
