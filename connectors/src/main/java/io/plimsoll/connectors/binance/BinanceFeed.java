package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.Backoff;
import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedConnection;
import io.plimsoll.connectors.feed.FeedEvent;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.Heartbeat;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.HttpCalls;
import io.plimsoll.connectors.feed.VenueFeed;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WebSocketLink;
import io.plimsoll.connectors.feed.WeightBudget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binance's feed: one connection for prices and liquidations, one for order books, and requests within the weight budget for
 * lists, open interest and the snapshots that books begin with.
 */
final class BinanceFeed implements VenueFeed {

    private static final long PING_EVERY_MS = 20_000;
    private static final long SILENT_MS = 45_000;

    private static final int MOST_IN_FLIGHT = 10;
    private static final double BURST = 0.1;
    private static final int TOO_MANY = 429;

    /** The venue's word for an address that went on after that. */
    private static final int BANNED = 418;

    private static final int OK = 200;
    private static final int FIRST_OF_OURS = 400;
    private static final int FIRST_OF_THEIRS = 500;

    private final BinanceConfig config;
    private final FeedRuntime runtime;
    private final Wire wire;
    private final HttpCalls calls;
    private final WeightBudget budget;
    private final Backoff requestPause;
    private final FeedHealth health;
    private final Reference reference;
    private final Markets markets;
    private final Books books;
    private final ForcedOrders forced;
    private final Channels channels;
    private final Subscriptions marketStreams;
    private final Subscriptions depthStreams;
    private final Coverage coverage;

    private int inFlight;
    private long requestsFromMs = Long.MIN_VALUE;
    private boolean isBooksTurn;
    private String lastProblem = "nothing has come yet";

    BinanceFeed(BinanceConfig config, FeedRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
        this.wire = new Wire(config);
        double perMinute =
                (double) config.getInt(BinanceConfig.WEIGHT) / runtime.slice().count();
        this.budget = new WeightBudget(perMinute, perMinute * BURST, runtime.startMs());
        this.calls = new HttpCalls(runtime.http(), runtime.inbox(), config.restUrl(), config.requestTimeout());
        this.requestPause = backoff();
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        this.reference = new Reference(config, wire, runtime.slice(), runtime.offsets(), health);
        this.markets = new Markets(config, reference, runtime.offsets(), health);
        this.books = new Books(config, runtime.offsets(), health);
        this.forced = new ForcedOrders(config, runtime.offsets(), health);
        this.channels = new Channels(markets, books, forced, health);
        this.marketStreams = streams(config.marketUrl());
        this.depthStreams = streams(config.depthUrl());
        this.coverage = new Coverage(marketStreams, depthStreams, markets, books, reference, channels);
    }

    private Subscriptions streams(URI uri) {
        return new Subscriptions(new FeedConnection(
                () -> WebSocketLink.open(runtime.http(), uri, config.requestTimeout(), runtime.inbox()),
                backoff(),
                new Heartbeat(PING_EVERY_MS, SILENT_MS),
                Subscriptions.PING));
    }

    private Backoff backoff() {
        return new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        marketStreams.step(nowMs);
        if (!books.symbols().isEmpty()) {
            depthStreams.step(nowMs);
        }
        request(nowMs);
        books.step(nowMs, output);
        judge(nowMs, output);
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Opened opened) {
            opened(opened.link(), nowMs);
        } else if (event instanceof FeedEvent.Closed closed) {
            closed(closed, nowMs);
        } else if (event instanceof FeedEvent.Message message) {
            Subscriptions from = of(message.link());
            if (from != null) {
                from.connection.heard(nowMs);
                channels.take(message.text(), from, nowMs, output);
            }
        } else if (event instanceof FeedEvent.Answer answer) {
            inFlight--;
            answer(answer, nowMs, output);
        } else if (event instanceof FeedEvent.Unanswered unanswered) {
            inFlight--;
            failed(unanswered.call(), unanswered.reason(), nowMs);
        }
    }

    /** The connection that a link is the current one of; null: it was given up. */
    private @Nullable Subscriptions of(WebSocketLink link) {
        if (marketStreams.connection.isCurrent(link)) {
            return marketStreams;
        }
        return depthStreams.connection.isCurrent(link) ? depthStreams : null;
    }

    private void opened(WebSocketLink link, long nowMs) {
        Subscriptions streams = of(link);
        if (streams == null) {
            return;
        }
        streams.opened(nowMs);
        health.connected();
        channels.opened();
        if (streams == depthStreams) {
            books.opened(nowMs);
        } else {
            // Markets may have come or gone while nobody listened.
            reference.askNow();
        }
    }

    private void closed(FeedEvent.Closed closed, long nowMs) {
        Subscriptions streams = of(closed.link());
        if (streams == null) {
            return;
        }
        lastProblem = "the connection ended: " + closed.reason();
        if (streams.connection.isOpen()) {
            health.gap();
        }
        streams.connection.closed(nowMs);
        if (streams == depthStreams) {
            books.cut();
        }
    }

    private void request(long nowMs) {
        while (inFlight < MOST_IN_FLIGHT && nowMs >= requestsFromMs) {
            Optional<HttpCall> next = nextCall(nowMs);
            if (next.isEmpty() || !budget.take(next.get().weight(), nowMs)) {
                return;
            }
            HttpCall call = next.get();
            switch (call.kind()) {
                case Wire.OPEN_INTEREST -> markets.openInterestAsked(call.subject(), nowMs);
                case Wire.BOOK -> books.asked(call.subject(), nowMs);
                default -> reference.asked(call.kind());
            }
            isBooksTurn = !isBooksTurn;
            inFlight++;
            calls.send(call);
        }
    }

    /** Lists first; then open interest and books in turn, so that neither takes all there is. */
    private Optional<HttpCall> nextCall(long nowMs) {
        Optional<HttpCall> call = reference.next(nowMs);
        if (call.isPresent()) {
            return call;
        }
        Optional<HttpCall> book = books.snapshotDue(nowMs).map(symbol -> wire.book(symbol, nowMs));
        Optional<HttpCall> openInterest =
                markets.openInterestDue(nowMs).map(symbol -> wire.openInterest(symbol, nowMs));
        return isBooksTurn ? book.or(() -> openInterest) : openInterest.or(() -> book);
    }

    private void answer(FeedEvent.Answer answer, long nowMs, FeedOutput output) {
        HttpCall call = answer.call();
        health.message(nowMs);
        if (answer.status() == TOO_MANY || answer.status() == BANNED) {
            health.throttled();
            Long venueSays = answer.retryAfterMs();
            budget.refused(nowMs + (venueSays == null ? requestPause.nextMs() : venueSays), nowMs);
            unanswered(call, nowMs, true);
        } else if (answer.status() == OK) {
            try {
                taken(call, VenueJson.parse(answer.body()), nowMs, output);
                requestPause.succeeded();
            } catch (FeedFormatException e) {
                health.malformed(call.kind(), e, new String(answer.body(), StandardCharsets.UTF_8), nowMs);
                failed(call, "an answer that cannot be read: " + e.getMessage(), nowMs);
            }
        } else if (answer.status() >= FIRST_OF_OURS && answer.status() < FIRST_OF_THEIRS) {
            refused(call, answer, nowMs);
        } else {
            failed(call, "status " + answer.status(), nowMs);
        }
    }

    private void taken(HttpCall call, JsonNode body, long nowMs, FeedOutput output) {
        switch (call.kind()) {
            case Wire.OPEN_INTEREST -> markets.openInterest(body, nowMs);
            case Wire.BOOK -> books.snapshot(call.subject(), body, nowMs);
            default -> {
                reference.take(call.kind(), body, nowMs, output);
                if (call.kind().equals(Wire.MARKETS)) {
                    markets.set(reference.own(), nowMs);
                    books.set(reference.own());
                    forced.set(reference.own());
                    marketStreams.want(Streams.market(config.product(), reference.own()));
                    depthStreams.want(Streams.depth(books.symbols()));
                }
            }
        }
    }

    /** The question itself is not allowed, such as for a market that is no more: others are no worse for it. */
    private void refused(HttpCall call, FeedEvent.Answer answer, long nowMs) {
        String why =
                "status " + answer.status() + " " + VenueJson.shown(new String(answer.body(), StandardCharsets.UTF_8));
        lastProblem = "a request for " + call + " was refused: " + why;
        switch (call.kind()) {
            case Wire.OPEN_INTEREST -> {
                // Asked for again when it is due.
            }
            case Wire.BOOK -> books.unanswered(call.subject(), nowMs, false);
            default -> reference.refused(call.kind(), why, nowMs);
        }
    }

    private void failed(HttpCall call, String reason, long nowMs) {
        lastProblem = "a request for " + call + " failed: " + reason;
        requestsFromMs = nowMs + requestPause.nextMs();
        unanswered(call, nowMs, false);
    }

    private void unanswered(HttpCall call, long nowMs, boolean atOnce) {
        switch (call.kind()) {
            case Wire.OPEN_INTEREST -> markets.openInterestUnanswered(call.subject(), nowMs);
            case Wire.BOOK -> books.unanswered(call.subject(), nowMs, atOnce);
            default -> reference.unanswered();
        }
    }

    private void judge(long nowMs, FeedOutput output) {
        int late = markets.late(Coverage.LATE_MS, nowMs);
        boolean silent = !reference.isKnown() || (markets.count() > 0 && late == markets.count());
        health.judge(silent ? lastProblem : null, coverage.missing(late, lastProblem, nowMs), nowMs);
        health.publish(new FeedHealth.Coverage(markets.count(), late, 0, 0), nowMs, output);
    }

    @Override
    public void close() {
        marketStreams.connection.close();
        depthStreams.connection.close();
    }
}
