package io.plimsoll.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorType;
import org.junit.jupiter.api.Test;

class ConnectorWatchTest {

    private static final long SECOND = 1_000;

    private final List<Long> restartsAtMs = new ArrayList<>();
    private String taskState = "RUNNING";
    private String trace;
    private long nowMs = 1_000_000;

    private final ConnectorWatch watch = new ConnectorWatch(
            List.of("feed"),
            new ConnectorWatch.Worker() {
                @Override
                public ConnectorStateInfo state(String connector) {
                    return taskState == null
                            ? null
                            : new ConnectorStateInfo(
                                    connector,
                                    new ConnectorStateInfo.ConnectorState("RUNNING", "w", null, "1"),
                                    List.of(new ConnectorStateInfo.TaskState(0, taskState, "w", trace, "1")),
                                    ConnectorType.SOURCE);
                }

                @Override
                public void restart(String connector) {
                    restartsAtMs.add(nowMs);
                }
            },
            text -> text.replace("hunter2", "(hidden)"),
            new Random(3));

    private void pass(long seconds) {
        for (int i = 0; i < seconds; i++) {
            nowMs += SECOND;
            watch.look(nowMs);
        }
    }

    @Test
    void shouldSayNothingOfWhatHasNotBegun() {
        taskState = null;

        pass(3);

        assertThat(watch.health().get("feed").isUp()).isFalse();
        assertThat(watch.health().get("feed").state()).isEqualTo("STARTING");
    }

    @Test
    void shouldStartWhatHasDiedAgainAfterPausesThatGrow() {
        pass(2);
        assertThat(watch.health().get("feed").isUp()).isTrue();

        taskState = "FAILED";
        trace = "org.apache.Wrapped: it failed\n\tat a.b\nCaused by: x.Y: no place for hunter2\n\tat c.d\n";
        pass(900);

        assertThat(restartsAtMs).hasSizeGreaterThan(5);
        for (int i = 2; i < 6; i++) {
            long before = restartsAtMs.get(i - 1) - restartsAtMs.get(i - 2);
            assertThat(restartsAtMs.get(i) - restartsAtMs.get(i - 1))
                    .describedAs("pause %d", i)
                    .isGreaterThanOrEqualTo(before / 2 + 1)
                    .isLessThanOrEqualTo(130 * SECOND);
        }
        assertThat(restartsAtMs.get(5) - restartsAtMs.get(4)).isGreaterThan(20 * SECOND);
        ConnectorHealth health = watch.health().get("feed");
        assertThat(health.state()).isEqualTo("FAILED");
        assertThat(health.failedTasks()).isEqualTo(1);
        assertThat(health.restarts()).isEqualTo(restartsAtMs.size());
        assertThat(health.trouble()).isEqualTo("x.Y: no place for (hidden)");
    }

    @Test
    void shouldBeginWithAShortPauseAgainAfterALongLife() {
        taskState = "FAILED";
        trace = "x.Y: gone";
        pass(600);
        taskState = "RUNNING";
        trace = null;
        pass(400);
        restartsAtMs.clear();

        taskState = "FAILED";
        trace = "x.Y: gone again";
        long diedAtMs = nowMs;
        pass(5);

        assertThat(restartsAtMs).hasSize(1);
        assertThat(restartsAtMs.get(0) - diedAtMs).isLessThanOrEqualTo(4 * SECOND);
    }

    @Test
    void shouldTellPrometheus() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        watch.bindTo(meters);
        pass(1);
        assertThat(meters.get("plimsoll.connector.up")
                        .tag("connector", "feed")
                        .gauge()
                        .value())
                .isEqualTo(1);

        taskState = "FAILED";
        pass(10);

        assertThat(meters.get("plimsoll.connector.up").gauge().value()).isZero();
        assertThat(meters.get("plimsoll.connector.failed.tasks").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("plimsoll.connector.restarts").functionCounter().count())
                .isEqualTo(restartsAtMs.size())
                .isPositive();
    }
}
