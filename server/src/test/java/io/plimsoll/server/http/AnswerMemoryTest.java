package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AnswerMemoryTest {

    private static final Object EVERYBODY = "everybody";
    private static final AnswerMemory.Question MARKETS =
            new AnswerMemory.Question("/api/v1/markets?", "application/json", EVERYBODY);

    private final AtomicLong nowNs = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final AnswerMemory memory = new AnswerMemory(Duration.ofMillis(250), ticker());

    private Ticker ticker() {
        return new Ticker() {
            @Override
            public long read() {
                return nowNs.get();
            }
        };
    }

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    @Test
    void shouldGiveAnAnswerAgainUntilItIsTooOld() throws Exception {
        AnswerMemory.Remembered first = ask(MARKETS).orElseThrow();
        passMs(250);
        AnswerMemory.Remembered again = ask(MARKETS).orElseThrow();
        passMs(1);
        AnswerMemory.Remembered later = ask(MARKETS).orElseThrow();

        assertThat(first.age()).isZero();
        assertThat(again.answer()).isSameAs(first.answer());
        assertThat(again.age()).isEqualTo(Duration.ofMillis(250));
        assertThat(later.answer()).isNotSameAs(first.answer());
        assertThat(later.age()).isZero();
        assertThat(made).hasValue(2);
    }

    @Test
    void shouldKeepApartWhatDiffersInAnything() throws Exception {
        ask(MARKETS);
        ask(new AnswerMemory.Question("/api/v1/markets?limit=1", "application/json", EVERYBODY));
        ask(new AnswerMemory.Question("/api/v1/markets?", "text/csv", EVERYBODY));
        ask(new AnswerMemory.Question("/api/v1/markets?", "application/json", "some"));

        assertThat(made).hasValue(4);
    }

    @Test
    void shouldMakeOneAnswerForAllWhoAskMeanwhile() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        List<CompletableFuture<RenderedAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        asked.incrementAndGet();
                        return get(MARKETS, () -> {
                            goOn.await();
                            return plain();
                        });
                    },
                    others));
        }
        await().until(() -> asked.get() == 8 && made.get() == 1);
        goOn.countDown();

        RenderedAnswer first = answers.get(0).join();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(first));
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldNotGiveToWhoCameLaterWhatWasBegunTooLongBefore() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<RenderedAnswer> slow = CompletableFuture.supplyAsync(
                () -> get(MARKETS, () -> {
                    goOn.await();
                    return plain();
                }),
                others);
        await().until(() -> made.get() == 1);
        passMs(251);
        CompletableFuture<RenderedAnswer> late =
                CompletableFuture.supplyAsync(() -> get(MARKETS, AnswerMemoryTest::plain), others);
        goOn.countDown();

        assertThat(late.join()).isNotSameAs(slow.join());
    }

    @Test
    void shouldNotKeepProblemsNorWhatIsNotDoneYet() throws Exception {
        assertThatThrownBy(() -> memory.answer(MARKETS, () -> {
                    throw Problem.moving();
                }))
                .isInstanceOf(Problem.class);
        assertThat(memory.answer(MARKETS, Optional::empty)).isEmpty();
        memory.answer(MARKETS, () -> answer(202));
        RenderedAnswer done = ask(MARKETS).orElseThrow().answer();

        assertThat(done.status()).isEqualTo(200);
        assertThat(ask(MARKETS).orElseThrow().answer()).isSameAs(done);
    }

    @Test
    void shouldKeepNothingWhereItIsTurnedOff() throws Exception {
        AnswerMemory none = new AnswerMemory(Duration.ZERO, ticker());

        none.answer(MARKETS, () -> answer(200));
        none.answer(MARKETS, () -> answer(200));

        assertThat(made).hasValue(2);
    }

    @Test
    void shouldForgetRatherThanGrow() throws Exception {
        String page = "x".repeat(1 << 20);
        for (int i = 0; i < 2 * AnswerMemory.MOST_BYTES / page.length(); i++) {
            memory.answer(
                    new AnswerMemory.Question("/" + i, "application/json", EVERYBODY),
                    () -> Optional.of(RenderedAnswer.of(
                            200, JsonNodeFactory.instance.objectNode().put("text", page), null, null, true)));
        }
        made.set(0);
        memory.answer(new AnswerMemory.Question("/0", "application/json", EVERYBODY), () -> answer(200));

        assertThat(made).hasValue(1);
    }

    private Optional<AnswerMemory.Remembered> ask(AnswerMemory.Question question) throws Exception {
        return memory.answer(question, () -> answer(200));
    }

    private RenderedAnswer get(AnswerMemory.Question question, Callable<Optional<RenderedAnswer>> maker) {
        try {
            return memory.answer(question, () -> {
                        made.incrementAndGet();
                        return maker.call();
                    })
                    .orElseThrow()
                    .answer();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Optional<RenderedAnswer> answer(int status) {
        int number = made.incrementAndGet();
        return Optional.of(RenderedAnswer.of(
                status, JsonNodeFactory.instance.objectNode().put("number", number), null, null, true));
    }

    private static Optional<RenderedAnswer> plain() {
        return Optional.of(RenderedAnswer.of(200, JsonNodeFactory.instance.objectNode(), null, null, true));
    }

    private void passMs(long ms) {
        nowNs.addAndGet(Duration.ofMillis(ms).toNanos());
    }
}
