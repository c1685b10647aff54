package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedHealthTest {

    private static final FeedHealth.Coverage COVERAGE = new FeedHealth.Coverage(3, 0, 5, 1);

    private final SourceOffsets offsets = new SourceOffsets("v", partitions -> Map.of());
    private final FeedHealth health = new FeedHealth(
            "v",
            new FeedRuntime(
                    "feed", new Slice(0, 2), offsets, HttpClient.newHttpClient(), new Inbox(), new Random(1), 1_000),
            10_000);
    private final FeedOutput output = new FeedOutput();

    @Test
    void shouldSayAtOnceWhatHasChangedAndOtherwiseAtIntervals() {
        assertThat(published(1_000)).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(FeedState.STALE);
            assertThat(status.getSinceMs()).isEqualTo(1_000);
            assertThat(status.getPart()).isEqualTo("0-of-2");
        });
        health.judge(null, null, 2_000);
        assertThat(published(2_000)).extracting(FeedStatus::getState).containsExactly(FeedState.LIVE);
        health.judge(null, null, 11_999);
        assertThat(published(11_999)).isEmpty();
        assertThat(published(12_000)).singleElement().satisfies(status -> {
            assertThat(status.getSinceMs()).isEqualTo(2_000);
            assertThat(status.getReason()).isEmpty();
            assertThat(status.getAccountsLate()).isEqualTo(1);
        });
    }

    @Test
    void shouldSayTheWorst() {
        health.judge(null, "late", 2_000);
        assertThat(health.state()).isEqualTo(FeedState.PARTIAL);
        health.venueTime(2_000 + FeedHealth.CLOCK_AHEAD_MS + 1, 2_000);
        health.judge(null, "late", 3_000);
        assertThat(health.state()).isEqualTo(FeedState.DRIFT);
        health.judge("cut", "late", 4_000);
        assertThat(health.state()).isEqualTo(FeedState.STALE);
        health.judge(null, null, 2_000 + FeedHealth.MALFORMED_WITHIN_MS);
        assertThat(health.state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void shouldTakeAFewUnreadableMessagesWithinAMinuteForAChangedFormat() {
        for (int i = 1; i < FeedHealth.MALFORMED_FOR_DRIFT; i++) {
            malformed(2_000);
        }
        health.judge(null, null, 2_000);
        assertThat(health.state()).isEqualTo(FeedState.LIVE);

        malformed(2_001);
        health.judge(null, null, 2_001);
        assertThat(health.state()).isEqualTo(FeedState.DRIFT);
        assertThat(published(2_001).get(0).getReason()).contains("3 messages within a minute", "bbo: no JSON");

        health.judge(null, null, 2_001 + FeedHealth.MALFORMED_WITHIN_MS);
        assertThat(health.state()).isEqualTo(FeedState.LIVE);
    }

    private void malformed(long nowMs) {
        health.malformed("bbo", new FeedFormatException("no JSON"), "<html>", nowMs);
    }

    private List<FeedStatus> published(long nowMs) {
        health.publish(COVERAGE, nowMs, output);
        return output.drain().stream()
                .map(record -> (FeedStatus) record.value())
                .toList();
    }
}
