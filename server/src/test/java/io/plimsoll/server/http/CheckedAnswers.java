package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Reads what a generated client is answered, and holds it against the document: every member must be told of there, and
 * all that it says is always there must be.
 */
final class CheckedAnswers extends ObjectMapper {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private record Answered(String operation, JsonNode schema) {}

    private final transient JsonNode document;
    private final transient Set<String> called = new ConcurrentSkipListSet<>();
    private final transient ThreadLocal<Answered> last = new ThreadLocal<>();

    CheckedAnswers(JsonNode document) {
        this.document = closed(document.deepCopy());
        setSerializationInclusion(JsonInclude.Include.NON_NULL);
    }

    /** Ids of the operations that were called and answered well. */
    Set<String> called() {
        return called;
    }

    /** Takes note of which operation has answered. */
    void answered(HttpResponse<?> response) {
        String method = response.request().method().toLowerCase(java.util.Locale.ROOT);
        String path = response.uri().getPath();
        for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
            String pattern = entry.getKey().replaceAll("\\{[^}]+}", "[^/]+");
            JsonNode operation = entry.getValue().path(method);
            // One with a parameter may look like another without.
            boolean literal = document.path("paths").has(path);
            if (path.matches(pattern) && (!literal || entry.getKey().equals(path)) && operation.isObject()) {
                JsonNode good = operation.path("responses").path(Integer.toString(response.statusCode()));
                String type =
                        response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
                JsonNode schema = good.path("content").path(type).path("schema");
                assertThat(schema.isObject())
                        .describedAs("%s %s answers %s of %s", method, path, response.statusCode(), type)
                        .isTrue();
                String id = operation.path("operationId").asText();
                called.add(id);
                last.set(new Answered(id, schema));
                return;
            }
        }
        throw new AssertionError(method + " " + path + " is no operation of the document");
    }

    @Override
    @SuppressWarnings("unchecked") // the type is asked for
    public <T> T readValue(String content, TypeReference<T> type) throws JsonProcessingException {
        Answered answered = last.get();
        if (type.getType() == String.class) {
            return (T) content;
        }
        ObjectNode schema = answered.schema().deepCopy();
        schema.set("components", document.path("components"));
        assertThat(SCHEMAS.getSchema(schema).validate(readTree(content)))
                .describedAs("%s answered %s", answered.operation(), content)
                .isEmpty();
        return super.readValue(content, type);
    }

    @Override
    public ObjectMapper copy() {
        return this;
    }

    /** Objects may have no members but those that they are said to have. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject() && object.has("type")) {
            object.put("additionalProperties", false);
        }
        node.forEach(CheckedAnswers::closed);
        return node;
    }
}
