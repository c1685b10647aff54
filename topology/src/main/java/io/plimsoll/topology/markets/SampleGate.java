package io.plimsoll.topology.markets;

import io.plimsoll.risk.Ladder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples of markets on a grid of one second of event time, at moments that all account slices have reached.
 *
 * <p>Prices and books come to a market by different ways, and in a replay one way may be hours of event time ahead. What
 * comes is held here until every slice has come as far, and then put together in order of event time: a sample at noon
 * never joins noon's price with the book of the morning. A slice that is silent for long no longer holds the others back.
 */
final class SampleGate {

    private static final long SECOND_MS = 1_000;
    private static final Ladder NO_LADDER = new Ladder();

    /** A quote, or a slice's part of a book, that came in. */
    private record Event(
            long timeMs,
            long order,
            String market,
            int slice,
            Valuation.@Nullable Quote quote,
            MarketBook.@Nullable Part part) {}

    /** A market as of the events let through. */
    private static final class View {
        Valuation.@Nullable Quote quote;
        final MarketBook book = new MarketBook();
        long second = Long.MIN_VALUE;
        boolean sampleDue;
    }

    private final long[] reachedMs;
    private final long[] reportedAtMs;
    private final long idleMs;
    private final PriorityQueue<Event> held =
            new PriorityQueue<>(Comparator.comparingLong(Event::timeMs).thenComparingLong(Event::order));
    private final Map<String, View> views = new HashMap<>();
    private long order;

    SampleGate(int slices, long idleMs, long nowMs) {
        this.reachedMs = new long[slices];
        this.reportedAtMs = new long[slices];
        this.idleMs = idleMs;
        Arrays.fill(reportedAtMs, nowMs);
    }

    /** Notes how far a slice has come in event time; {@code nowMs} is wall-clock time. */
    void reached(int slice, long eventTimeMs, long nowMs) {
        reachedMs[slice] = Math.max(reachedMs[slice], eventTimeMs);
        reportedAtMs[slice] = nowMs;
    }

    void quote(String market, Valuation.Quote quote) {
        held.add(new Event(quote.priceTimeMs(), order++, market, 0, quote, null));
    }

    /** A slice's part of a book, as of the newest account change in it. */
    void part(String market, int slice, MarketBook.Part part) {
        held.add(new Event(part.bookTimeMs(), order++, market, slice, null, part));
    }

    /** Samples that are due now, oldest first. */
    List<Valuation> takeSamples(long nowMs) {
        List<Valuation> samples = new ArrayList<>();
        long upToMs = releasedUpToMs(nowMs);
        while (!held.isEmpty() && held.peek().timeMs() <= upToMs) {
            apply(held.poll(), samples);
        }
        boolean allSilent = upToMs == Long.MAX_VALUE;
        for (View view : views.values()) {
            if (view.sampleDue && (allSilent || (view.second + 1) * SECOND_MS <= upToMs)) {
                sample(view, samples);
            }
        }
        return samples;
    }

    /** Event time that every slice has reached which is not silent. */
    private long releasedUpToMs(long nowMs) {
        long upToMs = Long.MAX_VALUE;
        for (int slice = 0; slice < reachedMs.length; slice++) {
            if (nowMs - reportedAtMs[slice] < idleMs) {
                upToMs = Math.min(upToMs, reachedMs[slice]);
            }
        }
        return upToMs;
    }

    private void apply(Event event, List<Valuation> samples) {
        View view = views.computeIfAbsent(event.market(), m -> new View());
        long second = event.timeMs() / SECOND_MS;
        if (view.sampleDue && second > view.second) {
            sample(view, samples);
        }
        view.second = Math.max(view.second, second);
        if (event.quote() != null) {
            view.quote = event.quote();
        }
        if (event.part() != null) {
            view.book.put(event.slice(), event.part());
        }
        view.sampleDue = true;
    }

    private static void sample(View view, List<Valuation> samples) {
        Valuation.Quote quote = view.quote;
        if (quote == null) {
            return;
        }
        Valuation valuation = Valuation.of(quote, view.book.sums(), NO_LADDER, view.book.bookTimeMs());
        if (valuation != null) {
            samples.add(valuation);
        }
        view.sampleDue = false;
    }
}
