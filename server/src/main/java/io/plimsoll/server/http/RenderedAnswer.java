package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.plimsoll.server.openapi.Answer;
import io.plimsoll.server.openapi.Columns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An answer as it is sent: written once, hashed once and compressed at most once, for all who ask for the same. */
final class RenderedAnswer {

    /** In a table there is no place to name the instances that are missing. */
    static final String MISSING = "Plimsoll-Missing";

    private static final String TAG = "ETag";
    private static final String LINK = "Link";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    /** Shorter ones grow, or fit into one packet as they are. */
    private static final int LEAST_TO_COMPRESS = 1_500;

    private static final ObjectWriter JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .build()
            .writer();

    private final int status;
    private final String type;
    private final byte[] plain;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private volatile byte @Nullable [] compressed;

    private RenderedAnswer(int status, String type, byte[] plain) {
        this.status = status;
        this.type = type;
        this.plain = plain;
    }

    /**
     * Writes an answer.
     *
     * @param columns of the answer as a table; null: it is asked for as JSON
     * @param next address of what follows; null: nothing does
     * @param tagged whether those who have it already may be told so
     */
    static RenderedAnswer of(
            int status, JsonNode body, @Nullable Columns columns, @Nullable String next, boolean tagged) {
        RenderedAnswer answer = columns == null
                ? new RenderedAnswer(status, Answer.JSON, json(body))
                : new RenderedAnswer(
                        status,
                        Columns.CSV + "; charset=utf-8; header=present",
                        columns.csv(body).getBytes(StandardCharsets.UTF_8));
        if (next != null) {
            answer.headers.put(LINK, "<" + next + ">; rel=\"next\"");
        }
        if (tagged && status == OK) {
            answer.headers.put(
                    TAG,
                    columns == null
                            ? Fingerprint.of(answer.plain, Answer.JSON)
                            : Fingerprint.of(json(body), Columns.CSV));
            answer.headers.put("Cache-Control", "no-cache");
        }
        if (columns != null && !body.path("missing").isEmpty()) {
            Set<String> instances = new TreeSet<>();
            body.path("missing")
                    .forEach(part -> instances.add(part.path("instance").asText()));
            answer.headers.put(MISSING, String.join(", ", instances));
        }
        return answer;
    }

    private static byte[] json(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    int status() {
        return status;
    }

    /** Its headers, but for what depends on who asks. */
    Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Bytes that it may come to take in memory: what is compressed is no longer than what is not, or hardly. */
    int mostBytes() {
        return 2 * plain.length;
    }

    /** Sends it, compressed to those who take that; to those who have it already as 304. */
    void sendTo(Context context) {
        context.status(status);
        headers.forEach(context::header);
        String known = context.header("If-None-Match");
        String tag = headers.get(TAG);
        if (known != null && tag != null && Fingerprint.isIn(known, tag)) {
            context.status(NOT_MODIFIED);
            return;
        }
        context.contentType(type);
        if (plain.length >= LEAST_TO_COMPRESS && Accept.takesGzip(context.header("Accept-Encoding"))) {
            context.header("Content-Encoding", "gzip").result(compressed());
        } else {
            context.result(plain);
        }
    }

    /** Two who ask at the same moment may both compress it. */
    private byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            known = gzip(plain);
            compressed = known;
        }
        return known;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream out = new FastGzip(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An answer is old in a moment: time counts for more than the last tenth of its length. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
