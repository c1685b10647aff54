package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.topology.avro.FeedReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a feed comes, over all partitions of its topic. */
class FeedTest {

    private static final long STARTED_MS = 1_000_000_000;

    private final Feed feed = new Feed();

    @Test
    void shouldCountTheRecordsOfTheLastMinute() {
        feed.take(report(0, STARTED_MS + 1_000, 100, 1, null), STARTED_MS + 1_000);
        feed.take(report(1, STARTED_MS + 30_000, 20, 0, null), STARTED_MS + 30_000);

        FeedMoment early = feed.moment(STARTED_MS, STARTED_MS + 30_000);
        FeedMoment later = feed.moment(STARTED_MS, STARTED_MS + 70_000);

        assertThat(early.countedMs()).isEqualTo(30_000);
        assertThat(early.records()).isEqualTo(120);
        assertThat(early.deadLetters()).isEqualTo(1);
        assertThat(later.countedMs()).isEqualTo(60_000);
        assertThat(later.records()).isEqualTo(20);
        assertThat(later.deadLetters()).isZero();
    }

    @Test
    void shouldTakeTheNewestOfAllPartitionsAndAddUpWhatTheyCount() {
        feed.take(report(0, STARTED_MS, 1, 0, 2), STARTED_MS);
        feed.take(report(1, STARTED_MS - 5_000, 1, 0, null), STARTED_MS);
        feed.take(report(2, STARTED_MS - 9_000, 1, 0, 3), STARTED_MS);

        FeedMoment moment = feed.moment(STARTED_MS, STARTED_MS);

        assertThat(moment.asOfMs()).isEqualTo(STARTED_MS - 40);
        assertThat(moment.lastReadMs()).isEqualTo(STARTED_MS);
        assertThat(moment.live()).isTrue();
        assertThat(moment.frozenMarkets()).isEqualTo(5);
        assertThat(moment.crossedMarkets()).isNull();
    }

    private static FeedReport report(
            int partition, long readMs, int records, int deadLetters, @Nullable Integer frozenMarkets) {
        return new FeedReport(
                "prices:test", partition, readMs, readMs - 40, -40L, records, deadLetters, frozenMarkets, null);
    }
}
