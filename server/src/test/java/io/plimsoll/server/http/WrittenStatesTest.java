package io.plimsoll.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WrittenStatesTest {

    private static final Object EVERYBODY = "everybody";
    private static final long AS_OF_MS = 1_000_000;

    private final WrittenStates states = new WrittenStates();
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void shouldSayItsAgeAtEachMoment() {
        WrittenState state = WrittenState.of(ladder("v:ÄÖ"));

        assertThat(text(state, AS_OF_MS)).isEqualTo("{\"id\":\"v:ÄÖ\",\"asOfMs\":1000000,\"ageMs\":0}");
        assertThat(text(state, AS_OF_MS + 12)).isEqualTo("{\"id\":\"v:ÄÖ\",\"asOfMs\":1000000,\"ageMs\":12}");
        assertThat(text(state, AS_OF_MS - 5)).endsWith("\"ageMs\":-5}");
    }

    @Test
    void shouldHaveTheTagOfTheSameStateInWhicheverWayItIsWritten() {
        ObjectNode aged = ladder("v:A").put("ageMs", 77);
        RenderedAnswer otherwise = RenderedAnswer.of(200, aged, null, null, true);
        RenderedAnswer answer = RenderedAnswer.of(WrittenState.of(ladder("v:A")), AS_OF_MS);

        assertThat(answer.headers()).isEqualTo(otherwise.headers()).containsKey("ETag");
        assertThat(RenderedAnswer.of(WrittenState.of(ladder("v:B")), AS_OF_MS).headers())
                .isNotEqualTo(otherwise.headers());
    }

    @Test
    void shouldWriteAStateOnceForAllWhoMaySeeTheSame() {
        Object ladder = new Object();

        WrittenState first = write("v:A", EVERYBODY, ladder);

        assertThat(write("v:A", EVERYBODY, ladder)).isSameAs(first);
        assertThat(write("v:A", "readers", ladder)).isNotSameAs(first);
        assertThat(written).hasValue(2);
    }

    @Test
    void shouldWriteTheNextStateAnew() {
        String before = "ladder";
        String next = new String(before);

        write("v:A", EVERYBODY, before);
        WrittenState second = write("v:A", EVERYBODY, next);

        assertThat(write("v:A", EVERYBODY, next)).isSameAs(second);
        assertThat(written).hasValue(2);
    }

    private WrittenState write(String id, Object seenBy, Object value) {
        return states.of("ladders", id, seenBy, value, () -> {
            written.incrementAndGet();
            return WrittenState.of(ladder(id));
        });
    }

    private static String text(WrittenState state, long nowMs) {
        return new String(state.at(nowMs).plain(), UTF_8);
    }

    private static ObjectNode ladder(String id) {
        return new ObjectMapper().createObjectNode().put("id", id).put("asOfMs", AS_OF_MS);
    }
}
