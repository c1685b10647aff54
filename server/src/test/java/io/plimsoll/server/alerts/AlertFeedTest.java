package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertFeedTest {

    private static final Alert FIRING = Alerts.alert("tip", "x:BTC", AlertStatus.FIRING, 1);
    private static final Alert RESOLVED = Alerts.alert("tip", "x:BTC", AlertStatus.RESOLVED, 2);
    private static final Alert OTHER = Alerts.alert("tip", "x:ETH", AlertStatus.FIRING, 1);

    @Test
    void shouldKeepTheNewestOfEachKeyUntilItsTombstone() {
        AlertFeed feed = Alerts.feed(10, 10);

        feed.take(Alerts.change(0, 3, FIRING));
        feed.take(Alerts.change(1, 0, OTHER));
        feed.take(Alerts.change(0, 4, RESOLVED));

        assertThat(alerts(feed)).containsExactly(RESOLVED, OTHER);
        assertThat(feed.alert(FIRING.getId())).contains(RESOLVED);
        feed.take(Alerts.removal(0, 5, FIRING));
        assertThat(alerts(feed)).containsExactly(OTHER);
        assertThat(feed.alert(FIRING.getId())).isEmpty();
        assertThat(feed.board().asOfMs()).isEqualTo(RESOLVED.getAsOfMs());
    }

    @Test
    void shouldForgetTheIdOfAnEarlierEpisode() {
        AlertFeed feed = Alerts.feed(10, 10);
        Alert later = Alert.newBuilder(FIRING).setId("later").build();

        feed.take(Alerts.change(0, 0, FIRING));
        feed.take(Alerts.change(0, 1, later));

        assertThat(feed.alert(FIRING.getId())).isEmpty();
        assertThat(feed.alert("later")).contains(later);
    }

    @Test
    void shouldLeaveOutWhatIsOverFirst() {
        AlertFeed feed = Alerts.feed(2, 10);

        feed.take(Alerts.change(0, 0, FIRING));
        feed.take(Alerts.change(0, 1, Alerts.alert("tip", "x:OLD", AlertStatus.RESOLVED, 9)));
        feed.take(Alerts.change(0, 2, OTHER));

        assertThat(alerts(feed)).containsExactly(FIRING, OTHER);
        assertThat(feed.board().leftOut()).isEqualTo(1);
    }

    @Test
    void shouldTellOfChangesAfterThePositionOnly() {
        AlertFeed feed = Alerts.feed(10, 10);
        List<AlertChange> told = new ArrayList<>();
        feed.take(Alerts.change(0, 0, FIRING));
        feed.take(Alerts.change(1, 7, OTHER));

        AlertFeed.Backlog backlog = feed.listen(told::add, StreamPosition.of("1:7"));
        feed.take(Alerts.change(0, 4, RESOLVED));

        assertThat(backlog.whole()).isFalse();
        assertThat(backlog.changes()).containsExactly(Alerts.change(0, 0, FIRING));
        assertThat(told).containsExactly(Alerts.change(0, 4, RESOLVED));
    }

    @Test
    void shouldGiveTheWholeBoardWhereChangesAreForgottenOrUnheardOf() {
        AlertFeed feed = Alerts.feed(10, 1);
        feed.take(Alerts.change(0, 0, FIRING));
        feed.take(Alerts.change(0, 1, RESOLVED));
        feed.take(Alerts.change(0, 2, OTHER));

        assertThat(feed.listen(change -> {}, null).whole()).isTrue();
        assertThat(feed.listen(change -> {}, StreamPosition.of("0:0")).whole()).isTrue();
        assertThat(feed.listen(change -> {}, StreamPosition.of("0:1")).whole()).isFalse();
        assertThat(feed.listen(change -> {}, StreamPosition.of("0:2,9:1")).whole())
                .describedAs("a position of another topic")
                .isTrue();
    }

    /** Whenever a reader leaves and comes back, he ends up with the board. */
    @Test
    void shouldBringEveryReaderToTheBoard() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            AlertFeed feed = Alerts.feed(1_000, 1 + random.nextInt(20));
            Reader reader = new Reader();
            long[] ends = new long[3];
            for (int i = 0; i < 300; i++) {
                int coin = random.nextInt(12);
                if (coin == 0) {
                    feed.leave(reader);
                } else if (coin == 1) {
                    feed.leave(reader);
                    reader.join(feed);
                } else {
                    feed.take(change(random, ends));
                }
            }
            feed.leave(reader);
            reader.join(feed);

            Map<String, Alert> board = new HashMap<>();
            feed.board().alerts().forEach(change -> board.put(change.key(), change.alert()));
            assertThat(reader.board).describedAs("seed %d", seed).isEqualTo(board);
        }
    }

    private static AlertChange change(Random random, long[] ends) {
        int subject = random.nextInt(10);
        int partition = subject % ends.length;
        ends[partition] += 1 + random.nextInt(3);
        AlertStatus status = AlertStatus.values()[random.nextInt(3)];
        Alert alert = Alerts.alert("r", "s" + subject, status, random.nextInt(1_000));
        return random.nextInt(5) == 0
                ? Alerts.removal(partition, ends[partition], alert)
                : Alerts.change(partition, ends[partition], alert);
    }

    private static final class Reader implements AlertFeed.Listener {

        private final Map<String, Alert> board = new HashMap<>();
        private StreamPosition position = StreamPosition.start();

        void join(AlertFeed feed) {
            AlertFeed.Backlog backlog = feed.listen(this, position);
            if (backlog.whole()) {
                board.clear();
                position = StreamPosition.start();
            }
            backlog.changes().forEach(this::changed);
        }

        @Override
        public void changed(AlertChange change) {
            position.advance(change.partition(), change.offset());
            if (change.alert() == null) {
                board.remove(change.key());
            } else {
                board.put(change.key(), change.alert());
            }
        }
    }

    private static List<Alert> alerts(AlertFeed feed) {
        return feed.board().alerts().stream().map(AlertChange::alert).toList();
    }
}
