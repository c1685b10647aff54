package io.plimsoll.server.http;

import static io.plimsoll.server.http.StateRoundTest.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StateFollowerTest {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final long NEVER_MS = 1_000_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicInteger price = new AtomicInteger(1);
    private final AtomicInteger made = new AtomicInteger();
    private volatile @Nullable Problem trouble;
    private final StateRounds rounds = new StateRounds(this::next, OFTEN, System::nanoTime);
    private @Nullable StateFollower follower;
    private @Nullable Thread thread;

    private StateRound next(StateRound before) {
        made.incrementAndGet();
        if (trouble != null) {
            throw trouble;
        }
        return before.next(
                list(
                        "markets",
                        "{'id': 'v:A', 'price': " + price + ", 'ageMs': 9}, {'id': 'v:B', 'price': 5, 'ageMs': 9}",
                        ""),
                list("subjects", "{'id': 'system', 'ageMs': 9}, {'id': 'venue:v', 'ageMs': 9}", ""));
    }

    @AfterEach
    void leave() throws InterruptedException {
        if (follower != null && thread != null) {
            follower.end("the test is over");
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void shouldGiveAllAndThenWhatChanges() {
        follow(Set.of(), Set.of(), written, NEVER_MS);
        await().until(() -> count("event: tick") == 1);
        price.set(2);
        await().until(() -> count("event: tick") == 2);

        assertThat(count("event: subject")).isEqualTo(2);
        assertThat(count("\"id\":\"v:B\"")).isEqualTo(1);
        assertThat(text())
                .contains("\"id\":\"v:A\",\"price\":1", "\"id\":\"v:A\",\"price\":2")
                .endsWith("}\n\n");
    }

    @Test
    void shouldGiveOnlyWhatIsAskedFor() {
        follow(Set.of("v:A"), Set.of("system"), written, NEVER_MS);
        await().until(() -> count("event: tick") == 1);

        assertThat(text()).contains("v:A", "\"id\":\"system\"").doesNotContain("v:B", "venue:v");
    }

    @Test
    void shouldSayNothingWhileNothingThatIsAskedForChanges() {
        follow(Set.of("v:B"), Set.of("system"), written, NEVER_MS);
        await().until(() -> count("event: tick") == 1);
        int before = made.get();
        price.set(2);
        await().until(() -> made.get() > before + 10);

        assertThat(count("event: tick")).isEqualTo(1);
    }

    @Test
    void shouldGiveASlowReaderTheNewestAndNothingElse() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int each) {
                written.write(each);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                written.write(bytes);
                if (new String(bytes, StandardCharsets.UTF_8).startsWith("event: tick") && goOn.getCount() > 0) {
                    stuck.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }
        };
        follow(Set.of(), Set.of(), slow, NEVER_MS);
        await().until(() -> stuck.getCount() == 0);
        for (int each = 2; each <= 20; each++) {
            price.set(each);
            int wanted = each;
            await().until(() ->
                    text(rounds.newest().markets().get("v:A").text()).contains("\"price\":" + wanted));
        }
        goOn.countDown();
        await().until(() -> count("event: tick") == 2);

        assertThat(count("\"id\":\"v:A\"")).isEqualTo(2);
        assertThat(text()).contains("\"price\":1,", "\"price\":20,");
    }

    @Test
    void shouldGoOnWhenRoundsCanBeMadeAgain() {
        follow(Set.of(), Set.of(), written, NEVER_MS);
        await().until(() -> count("event: tick") == 1);
        trouble = Problem.moving();
        int before = made.get();
        await().until(() -> made.get() > before + 3);
        price.set(2);
        trouble = null;

        await().until(() -> count("event: tick") == 2);
    }

    @Test
    void shouldShowThatItIsAliveAndSayWhyItEnds() throws InterruptedException {
        follow(Set.of(), Set.of(), written, 1);
        await().until(() -> count(": still here\n\n") > 1);
        leave();

        assertThat(text()).endsWith("event: end\ndata: {\"reason\":\"the test is over\"}\n\n");
    }

    private void follow(Set<String> markets, Set<String> subjects, OutputStream out, long heartbeatMs) {
        StateFollower reader = new StateFollower(rounds, markets, subjects, out, heartbeatMs);
        follower = reader;
        thread = new Thread(reader);
        thread.start();
    }

    private int count(String what) {
        return text().split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    private String text() {
        return text(written.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
