package io.plimsoll.server.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in this JVM, shared by all its clients, whose ids survive a restart.
 *
 * <p>A new schema is on disk before its id is handed out: no record can carry an id that a later start does not know.
 * A schema that cannot read what any earlier one of its subject wrote is refused.
 */
public final class EmbeddedRegistry {

    /** What is asked of a new schema of any subject, in the words of Confluent's registry. */
    public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private static final int INCOMPATIBLE_STATUS = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A schema under a subject, as Confluent's registry answers it. */
    public record Registered(int id, String subject, int version, String schema) {}

    private final List<Registered> registered = new ArrayList<>();
    private final @Nullable Path file;
    private final RegisteringClient client = new RegisteringClient();

    private EmbeddedRegistry(@Nullable Path file) {
        this.file = file;
    }

    /** A registry that forgets all when the JVM ends. */
    public static EmbeddedRegistry inMemory() {
        return opened(null);
    }

    /** The registry kept in that file, which is made when it is missing. */
    public static EmbeddedRegistry open(Path file) {
        return opened(file);
    }

    private static EmbeddedRegistry opened(@Nullable Path file) {
        EmbeddedRegistry registry = new EmbeddedRegistry(file);
        try {
            registry.load();
            for (Topic<?> topic : Topics.inUse()) {
                registry.register(topic.name() + "-value", new AvroSchema(AvroSerdes.schemaOf(topic.valueType())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the schema registry file " + file + ": " + e.getMessage(), e);
        } catch (RestClientException e) {
            throw new IllegalStateException("schema registry " + file + ": " + e.getMessage(), e);
        }
        return registry;
    }

    /** The client for serdes of this JVM. */
    public SchemaRegistryClient client() {
        return client;
    }

    /** Subjects in alphabetical order. */
    public synchronized List<String> subjects() {
        TreeSet<String> subjects = new TreeSet<>();
        registered.forEach(entry -> subjects.add(entry.subject()));
        return List.copyOf(subjects);
    }

    /** A subject's schemas, oldest first. */
    public synchronized List<Registered> versions(String subject) {
        return registered.stream()
                .filter(entry -> entry.subject().equals(subject))
                .toList();
    }

    /** The schema of that id. */
    public synchronized Optional<String> schema(int id) {
        return registered.stream()
                .filter(entry -> entry.id() == id)
                .map(Registered::schema)
                .findFirst();
    }

    private synchronized int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
        String text = schema.canonicalString();
        List<Registered> before = versions(subject);
        for (Registered entry : before) {
            if (entry.schema().equals(text)) {
                return entry.id();
            }
        }
        for (Registered entry : before) {
            refuseIncompatible(subject, schema, entry);
        }
        Registered entry = new Registered(idOf(text), subject, before.size() + 1, text);
        registered.add(entry);
        try {
            save();
        } catch (IOException e) {
            registered.remove(entry);
            throw e;
        }
        client.learn(entry);
        return entry.id();
    }

    /** The same schema has one id under all subjects, as with Confluent's registry. */
    private int idOf(String schema) {
        int highest = 0;
        for (Registered entry : registered) {
            if (entry.schema().equals(schema)) {
                return entry.id();
            }
            highest = Math.max(highest, entry.id());
        }
        return highest + 1;
    }

    private static void refuseIncompatible(String subject, ParsedSchema schema, Registered earlier)
            throws RestClientException {
        List<String> complaints = schema.isBackwardCompatible(new AvroSchema(earlier.schema()));
        if (!complaints.isEmpty()) {
            throw new RestClientException(
                    "the new schema of subject " + subject + " cannot read records written with version "
                            + earlier.version() + ": " + complaints,
                    INCOMPATIBLE_STATUS,
                    INCOMPATIBLE_STATUS);
        }
    }

    private void load() throws IOException, RestClientException {
        if (file == null || !Files.exists(file)) {
            return;
        }
        Registered[] entries;
        try {
            entries = JSON.readValue(file.toFile(), Registered[].class);
        } catch (JsonProcessingException e) {
            throw new IOException("it is not a list of schemas (" + e.getOriginalMessage() + ")", e);
        }
        for (Registered entry : entries) {
            registered.add(entry);
            client.learn(entry);
        }
    }

    private void save() throws IOException {
        if (file == null) {
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.createDirectories(file.toAbsolutePath().getParent());
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(registered));
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Confluent's in-memory client for reading; registering goes through the file. */
    private final class RegisteringClient extends MockSchemaRegistryClient {

        void learn(Registered entry) throws IOException, RestClientException {
            super.register(entry.subject(), new AvroSchema(entry.schema()), entry.version(), entry.id());
        }

        @Override
        public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
            return EmbeddedRegistry.this.register(subject, schema);
        }

        @Override
        public int register(String subject, ParsedSchema schema, boolean normalize)
                throws IOException, RestClientException {
            return EmbeddedRegistry.this.register(subject, normalize ? schema.normalize() : schema);
        }

        /** The registry numbers versions and ids itself. */
        @Override
        public int register(String subject, ParsedSchema schema, int version, int id)
                throws IOException, RestClientException {
            return EmbeddedRegistry.this.register(subject, schema);
        }

        @Override
        public RegisterSchemaResponse registerWithResponse(
                String subject, ParsedSchema schema, boolean normalize, boolean propagateSchemaTags)
                throws RestClientException {
            try {
                return new RegisterSchemaResponse(register(subject, schema, normalize));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
