package io.plimsoll.server.http;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Answers that were made a moment ago, for others who ask for the same. Who asks while one is being made waits for that: its
 * maker began before him and has the same time, so it is there within his, too.
 */
final class AnswerMemory {

    /** What all answers together may take; those asked for least recently go first. */
    static final long MOST_BYTES = 32 << 20;
    /** Of the question and of what keeps it, about. */
    private static final int OVERHEAD_BYTES = 500;

    private final Duration time;
    private final Ticker ticker;
    private final Cache<Question, Kept> kept;

    /**
     * A memory.
     *
     * @param time for which an answer is given again, from the moment at which it was begun; zero: never
     */
    AnswerMemory(Duration time, Ticker ticker) {
        this.time = time;
        this.ticker = ticker;
        this.kept = CacheBuilder.newBuilder()
                // In one piece, so that a single long answer may take all of it.
                .concurrencyLevel(1)
                // At that age it may still be given.
                .expireAfterWrite(time.plusNanos(1))
                .maximumWeight(MOST_BYTES)
                .weigher(AnswerMemory::bytes)
                .ticker(ticker)
                .build();
    }

    private static int bytes(Question question, Kept kept) {
        return OVERHEAD_BYTES
                + question.pathAndQuery().length()
                + kept.answer().map(RenderedAnswer::mostBytes).orElse(0);
    }

    /**
     * What an answer depends on.
     *
     * @param type media type
     * @param seenBy the same for all who may see the same
     */
    record Question(String pathAndQuery, String type, Object seenBy) {

        static Question of(Context context, String type) {
            return new Question(
                    context.path() + "?" + context.queryString(),
                    type,
                    ReadersView.of(context).whose());
        }
    }

    /**
     * An answer that may be given again.
     *
     * @param answer empty: there was one, but none to be given again
     * @param begunNs when its making began, on the ticker's scale
     */
    private record Kept(Optional<RenderedAnswer> answer, long begunNs) {}

    /** An answer, and how old it is: zero where it was made for this request. */
    record Remembered(RenderedAnswer answer, Duration age) {}

    /**
     * The answer to a question: remembered, or made.
     *
     * @param maker makes it; empty: it has answered by itself, as nobody else is to be answered
     * @return empty: as the maker
     */
    Optional<Remembered> answer(Question question, Callable<Optional<RenderedAnswer>> maker) throws Exception {
        if (time.isZero()) {
            return made(maker.call());
        }
        long askedNs = ticker.read();
        while (true) {
            Making making = new Making(maker);
            Kept found = get(question, making);
            if (making.ran) {
                if (found.answer().filter(AnswerMemory::isToBeKept).isEmpty()) {
                    kept.asMap().remove(question, found);
                }
                return made(found.answer());
            }
            if (found.answer().isEmpty()) {
                return made(maker.call());
            }
            if (askedNs - found.begunNs() <= time.toNanos()) {
                RenderedAnswer answer = found.answer().get();
                return Optional.of(new Remembered(answer, Duration.ofNanos(ticker.read() - found.begunNs())));
            }
            // Its making took longer than it may be kept: it is for those who asked in time.
            kept.asMap().remove(question, found);
        }
    }

    private static Optional<Remembered> made(Optional<RenderedAnswer> answer) {
        return answer.map(made -> new Remembered(made, Duration.ZERO));
    }

    /** What is accepted and not yet done is done in a moment. */
    private static boolean isToBeKept(RenderedAnswer answer) {
        return answer.status() == Peers.OK;
    }

    private Kept get(Question question, Making making) throws Exception {
        try {
            return kept.get(question, making);
        } catch (ExecutionException | UncheckedExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Knows whether it was it that made the answer. */
    private final class Making implements Callable<Kept> {

        private final Callable<Optional<RenderedAnswer>> maker;
        private boolean ran;

        Making(Callable<Optional<RenderedAnswer>> maker) {
            this.maker = maker;
        }

        @Override
        public Kept call() throws Exception {
            ran = true;
            long begunNs = ticker.read();
            return new Kept(maker.call(), begunNs);
        }
    }
}
