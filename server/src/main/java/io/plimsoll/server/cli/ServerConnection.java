package io.plimsoll.server.cli;

import io.plimsoll.server.access.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a running Plimsoll is, and what proves to it who asks. */
final class ServerConnection {

    /** Holds an API key or a token where no file does: on a command line others would see it. */
    static final String KEY_VARIABLE = "PLIMSOLL_API_KEY";

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:8080",
            paramLabel = "URL",
            description = "Where Plimsoll answers (${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "File with an API key or a token; else the environment's " + KEY_VARIABLE + ".")
    private @Nullable Path keyFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file with the certificates that the server's is checked with; else those of the JVM.")
    private @Nullable Path trusted;

    private final Map<String, String> environment;
    private @Nullable HttpClient client;

    ServerConnection() {
        this(System.getenv());
    }

    ServerConnection(Map<String, String> environment) {
        this.environment = environment;
    }

    String server() {
        return server;
    }

    HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
            made = (trusted == null ? builder : builder.sslContext(TlsContexts.client(trusted))).build();
            client = made;
        }
        return made;
    }

    /** A request for a path, in the name of whoever runs this. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(server + path));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--server is \"" + server + "\", allowed is an http or https address");
        }
        String key = key();
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private String key() {
        String key =
                keyFile == null ? environment.getOrDefault(KEY_VARIABLE, "").strip() : inFile(keyFile);
        String from = keyFile == null ? "the environment's " + KEY_VARIABLE : "--api-key-file";
        if (!key.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
            throw new UsageException(from + " holds no key, allowed is one line of letters, digits and signs");
        }
        return key;
    }

    private static String inFile(Path file) {
        try {
            String key = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (key.isEmpty()) {
                throw new UsageException("--api-key-file is " + file + ", which is empty");
            }
            return key;
        } catch (IOException e) {
            throw new UsageException("--api-key-file is " + file + ", which cannot be read: " + e);
        }
    }
}
