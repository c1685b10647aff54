package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.embedded.EmbeddedRegistry.Registered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

/**
 * The registry of this JVM for readers and writers outside it, under the paths of Confluent's registry: what its clients
 * need to read records, and to register what they write.
 */
final class RegistryRoutes {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int INVALID_SCHEMA = 42201;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final EmbeddedRegistry registry;
    private final ObjectMapper json;

    RegistryRoutes(EmbeddedRegistry registry, ObjectMapper json) {
        this.registry = registry;
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/subjects", context -> {
            ArrayNode names = json.createArrayNode();
            registry.subjects().forEach(names::add);
            context.contentType(TYPE).result(names.toString());
        });
        routes.get("/subjects/{subject}/versions", this::versions);
        routes.post("/subjects/{subject}/versions", this::register);
        routes.get("/subjects/{subject}/versions/{version}", this::version);
        routes.post("/subjects/{subject}", this::lookUp);
        routes.get("/schemas/ids/{id}", this::schema);
        routes.get("/config", this::compatibility);
        routes.get("/config/{subject}", this::compatibility);
    }

    /** Under which version and id a subject has a schema: Kafka Connect's Avro converter asks for it. */
    private void lookUp(Context context) {
        try {
            String wanted =
                    new AvroSchema(json.readTree(context.body()).path("schema").asText()).canonicalString();
            List<Registered> versions = registry.versions(context.pathParam("subject"));
            Optional<Registered> found = versions.stream()
                    .filter(entry -> entry.schema().equals(wanted))
                    .findFirst();
            if (found.isPresent()) {
                answer(context, found.get());
            } else if (versions.isEmpty()) {
                error(context, SUBJECT_NOT_FOUND, "Subject '" + context.pathParam("subject") + "' not found.");
            } else {
                error(context, SCHEMA_NOT_FOUND, "Schema not found.");
            }
        } catch (JsonProcessingException | AvroRuntimeException e) {
            error(context, UNPROCESSABLE, INVALID_SCHEMA, "Not an Avro schema: " + e.getMessage());
        }
    }

    private void compatibility(Context context) {
        context.contentType(TYPE)
                .result(json.createObjectNode()
                        .put("compatibilityLevel", EmbeddedRegistry.COMPATIBILITY)
                        .toString());
    }

    private void versions(Context context) {
        List<Registered> versions = registry.versions(context.pathParam("subject"));
        if (versions.isEmpty()) {
            error(context, SUBJECT_NOT_FOUND, "Subject '" + context.pathParam("subject") + "' not found.");
            return;
        }
        ArrayNode numbers = json.createArrayNode();
        versions.forEach(entry -> numbers.add(entry.version()));
        context.contentType(TYPE).result(numbers.toString());
    }

    private void register(Context context) {
        try {
            JsonNode request = json.readTree(context.body());
            int id = registry.client()
                    .register(
                            context.pathParam("subject"),
                            new AvroSchema(request.path("schema").asText()));
            context.contentType(TYPE)
                    .result(json.createObjectNode().put("id", id).toString());
        } catch (JsonProcessingException | AvroRuntimeException e) {
            error(context, UNPROCESSABLE, INVALID_SCHEMA, "Not an Avro schema: " + e.getMessage());
        } catch (RestClientException e) {
            error(context, e.getStatus(), e.getErrorCode(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void version(Context context) {
        List<Registered> versions = registry.versions(context.pathParam("subject"));
        String wanted = context.pathParam("version");
        Optional<Registered> found = wanted.equals("latest") || wanted.equals("-1")
                ? versions.stream().reduce((older, newer) -> newer)
                : versions.stream()
                        .filter(entry -> wanted.equals(Integer.toString(entry.version())))
                        .findFirst();
        if (found.isEmpty()) {
            error(
                    context,
                    versions.isEmpty() ? SUBJECT_NOT_FOUND : VERSION_NOT_FOUND,
                    "Version " + wanted + " of subject '" + context.pathParam("subject") + "' not found.");
            return;
        }
        answer(context, found.get());
    }

    private void answer(Context context, Registered entry) {
        context.contentType(TYPE)
                .result(json.createObjectNode()
                        .put("subject", entry.subject())
                        .put("version", entry.version())
                        .put("id", entry.id())
                        .put("schema", entry.schema())
                        .toString());
    }

    private void schema(Context context) {
        String id = context.pathParam("id");
        Optional<String> schema = id.matches("\\d{1,9}") ? registry.schema(Integer.parseInt(id)) : Optional.empty();
        if (schema.isEmpty()) {
            error(context, SCHEMA_NOT_FOUND, "Schema " + id + " not found.");
            return;
        }
        context.contentType(TYPE)
                .result(json.createObjectNode().put("schema", schema.get()).toString());
    }

    private void error(Context context, int code, String message) {
        error(context, NOT_FOUND, code, message);
    }

    private void error(Context context, int status, int code, String message) {
        context.status(status)
                .contentType(TYPE)
                .result(json.createObjectNode()
                        .put("error_code", code)
                        .put("message", message)
                        .toString());
    }
}
