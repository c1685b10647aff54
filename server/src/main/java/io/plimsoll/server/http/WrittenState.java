package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.Bytes;
import io.plimsoll.server.openapi.Answer;
import java.nio.charset.StandardCharsets;

/** A state as JSON, written, hashed and compressed; its age, the last member, is added for each answer. */
final class WrittenState {

    /** Member that says how long before the answer a state was as it says, milliseconds. */
    static final String AGE = "ageMs";

    private static final String AS_OF = "asOfMs";

    private final GzipStart start;
    private final String tag;
    private final long asOfMs;

    private WrittenState(GzipStart start, String tag, long asOfMs) {
        this.start = start;
        this.tag = tag;
        this.asOfMs = asOfMs;
    }

    /** Writes a state that has no age yet. */
    static WrittenState of(JsonNode ageless) {
        byte[] json = RenderedAnswer.json(ageless);
        json[json.length - 1] = ',';
        return new WrittenState(
                GzipStart.of(json), Fingerprint.of(Bytes.concat(json, end(0)), Answer.JSON), asOfMs(ageless));
    }

    /** Epoch milliseconds at which a state was as it says. */
    static long asOfMs(JsonNode state) {
        return state.path(AS_OF).asLong();
    }

    private static byte[] end(long ageMs) {
        return ("\"" + AGE + "\":" + ageMs + "}").getBytes(StandardCharsets.US_ASCII);
    }

    /** The same whatever its age. */
    String tag() {
        return tag;
    }

    /** Bytes that it takes. */
    int bytes() {
        return start.bytes();
    }

    /** What it says at a moment. Those who take nothing compressed are few: it is unpacked for them. */
    RenderedAnswer.Text at(long nowMs) {
        byte[] end = end(nowMs - asOfMs);
        return new RenderedAnswer.Text() {
            @Override
            public byte[] plain() {
                return start.plain(end);
            }

            @Override
            public byte[] compressed() {
                return start.endedBy(end);
            }

            @Override
            public boolean isLong() {
                return true;
            }

            @Override
            public int mostBytes() {
                return start.bytes();
            }
        };
    }
}
