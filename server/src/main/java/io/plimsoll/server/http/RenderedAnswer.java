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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An answer as it is sent, for all who ask for the same. */
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
    private final Text text;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** What it says. */
    interface Text {

        byte[] plain();

        byte[] compressed();

        /** Whether it is long enough to be compressed. */
        boolean isLong();

        /** Bytes that it may come to take in memory. */
        int mostBytes();
    }

    private RenderedAnswer(int status, String type, Text text) {
        this.status = status;
        this.type = type;
        this.text = text;
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
        byte[] json = columns == null || tagged ? json(body) : new byte[0];
        RenderedAnswer answer = columns == null
                ? new RenderedAnswer(status, Answer.JSON, new PlainText(json))
                : new RenderedAnswer(
                        status,
                        Columns.CSV + "; charset=utf-8; header=present",
                        new PlainText(columns.csv(body).getBytes(StandardCharsets.UTF_8)));
        if (next != null) {
            answer.headers.put(LINK, "<" + next + ">; rel=\"next\"");
        }
        if (tagged && status == OK) {
            answer.tag(Fingerprint.of(json, columns == null ? Answer.JSON : Columns.CSV));
        }
        if (columns != null && !body.path("missing").isEmpty()) {
            Set<String> instances = new TreeSet<>();
            body.path("missing")
                    .forEach(part -> instances.add(part.path("instance").asText()));
            answer.headers.put(MISSING, String.join(", ", instances));
        }
        return answer;
    }

    /** A state that is written already, at its age of this moment. */
    static RenderedAnswer of(WrittenState state, long nowMs) {
        RenderedAnswer answer = new RenderedAnswer(OK, Answer.JSON, state.at(nowMs));
        answer.tag(state.tag());
        return answer;
    }

    private void tag(String tag) {
        headers.put(TAG, tag);
        headers.put("Cache-Control", "no-cache");
    }

    /** A body as JSON, without white space. */
    static byte[] json(JsonNode body) {
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

    /** Bytes that it may come to take in memory. */
    int mostBytes() {
        return text.mostBytes();
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
        if (text.isLong() && Accept.takesGzip(context.header("Accept-Encoding"))) {
            context.header("Content-Encoding", "gzip").result(text.compressed());
        } else {
            context.result(text.plain());
        }
    }

    /** A text that is compressed when it is first asked for. */
    private static final class PlainText implements Text {

        private final byte[] plain;
        private volatile byte @Nullable [] compressed;

        PlainText(byte[] plain) {
            this.plain = plain;
        }

        @Override
        public byte[] plain() {
            return plain;
        }

        /** Two who ask at the same moment may both compress it. */
        @Override
        public byte[] compressed() {
            byte[] known = compressed;
            if (known == null) {
                known = GzipStart.of(plain).endedBy(new byte[0]);
                compressed = known;
            }
            return known;
        }

        @Override
        public boolean isLong() {
            return plain.length >= LEAST_TO_COMPRESS;
        }

        /** What is compressed is no longer than what is not, or hardly. */
        @Override
        public int mostBytes() {
            return 2 * plain.length;
        }
    }
}
