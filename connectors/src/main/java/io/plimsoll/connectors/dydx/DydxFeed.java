package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.Backoff;
import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedEvent;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.HttpCalls;
import io.plimsoll.connectors.feed.VenueFeed;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WebSocketLink;
import io.plimsoll.connectors.feed.WeightBudget;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * dYdX's feed: connections for everything that changes, and requests within the venue's limit for trades that came while
 * there was none.
 */
final class DydxFeed implements VenueFeed {

    /** So many intervals without an oracle price, and a market is late. */
    private static final double LATE_INTERVALS = 1.5;

    /** Trades that are missing for longer than this are said to be. */
    private static final long TRADES_LATE_MS = 60_000;

    private static final int MOST_IN_FLIGHT = 4;
    private static final double PERIODS_PER_MINUTE = 6;
    private static final double BURST = 0.1;

    private final FeedRuntime runtime;
    private final HttpCalls calls;
    private final WeightBudget budget;
    private final Backoff requestPause;
    private final long marketLateMs;
    private final FeedHealth health;
    private final Markets markets;
    private final Accounts accounts;
    private final Trades trades;
    private final Lines lines;
    private final Channels channels;

    private int inFlight;
    private long requestsFromMs = Long.MIN_VALUE;
    private String lastProblem = "nothing has come yet";

    DydxFeed(DydxConfig config, FeedRuntime runtime) {
        this.runtime = runtime;
        long startMs = runtime.startMs();
        double perPeriod =
                (double) config.getInt(DydxConfig.REQUESTS) / runtime.slice().count();
        this.budget = new WeightBudget(perPeriod * PERIODS_PER_MINUTE, Math.max(1, perPeriod * BURST), startMs);
        this.calls = new HttpCalls(runtime.http(), runtime.inbox(), config.restUrl(), config.requestTimeout());
        this.requestPause = new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
        this.marketLateMs = (long) (LATE_INTERVALS * config.getLong(DydxConfig.REFERENCE_INTERVAL));
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        long knownMs = FeedHealth.completeToMs(runtime.offsets(), DydxSourceConnector.MOST_TASKS);
        this.markets = new Markets(config, runtime.slice(), runtime.offsets(), health);
        this.accounts = new Accounts(config, runtime.slice(), runtime.offsets(), startMs);
        this.trades = new Trades(config.venue(), runtime.offsets(), knownMs == 0 ? startMs : knownMs);
        this.lines = new Lines(config, runtime, startMs);
        this.channels = new Channels(markets, accounts, trades, health);
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        lines.arrange(markets.streamed(), accounts.ids(), trades, nowMs);
        lines.step(nowMs);
        request(nowMs);
        accounts.step(nowMs, output);
        markets.step(nowMs, output);
        judge(nowMs, output);
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Answer answer) {
            inFlight--;
            answer(answer, nowMs, output);
        } else if (event instanceof FeedEvent.Unanswered unanswered) {
            inFlight--;
            failed(unanswered.call(), unanswered.reason(), nowMs);
        } else if (event instanceof FeedEvent.Opened opened) {
            opened(opened.link(), nowMs);
        } else if (event instanceof FeedEvent.Closed closed) {
            closed(closed.link(), closed.reason(), nowMs);
        } else if (event instanceof FeedEvent.Message message) {
            Line line = lines.of(message.link());
            if (line != null && !line.isBroken()) {
                line.connection.heard(nowMs);
                message(line, message.text(), nowMs, output);
            }
        }
    }

    private void opened(WebSocketLink link, long nowMs) {
        Line line = lines.of(link);
        if (line != null) {
            health.connected();
            if (line.opened(nowMs)) {
                health.gap();
            }
        }
    }

    private void closed(WebSocketLink link, String reason, long nowMs) {
        Line line = lines.of(link);
        if (line != null) {
            lastProblem = "a connection ended: " + reason;
            lost(line, nowMs);
            line.connection.closed(nowMs);
        }
    }

    /** What was subscribed to on a connection is not known any more. */
    private void lost(Line line, long nowMs) {
        for (Line.Subscription subscription : line.subscriptions()) {
            switch (subscription.channel()) {
                case Line.BOOK -> markets.forgetBook(subscription.id());
                case Line.TRADES -> trades.interrupted(subscription.id(), nowMs);
                case Line.ACCOUNT -> accounts.forget(subscription.id());
                default -> {
                    // Markets come whole again.
                }
            }
        }
    }

    private void message(Line line, String text, long nowMs, FeedOutput output) {
        health.message(nowMs);
        JsonNode message;
        Line.Order order;
        try {
            message = VenueJson.parse(text);
            order = line.order(message);
        } catch (FeedFormatException e) {
            // Whatever it was about is missing now.
            health.malformed("a message", e, text, nowMs);
            lost(line, nowMs);
            line.broken("a message that cannot be read");
            return;
        }
        switch (order) {
            case KNOWN -> health.outOfOrder();
            case GAP -> {
                lost(line, nowMs);
                line.broken("a message is missing before number " + message.path("message_id"));
            }
            case NEXT -> channels.take(line, message, nowMs, output);
        }
    }

    private void request(long nowMs) {
        while (inFlight < MOST_IN_FLIGHT && nowMs >= requestsFromMs) {
            Optional<HttpCall> next = trades.next(nowMs);
            if (next.isEmpty() || !budget.take(next.get().weight(), nowMs)) {
                return;
            }
            trades.asked(next.get().subject(), true);
            inFlight++;
            calls.send(next.get());
        }
    }

    private void answer(FeedEvent.Answer answer, long nowMs, FeedOutput output) {
        HttpCall call = answer.call();
        health.message(nowMs);
        if (answer.status() == 429) {
            health.throttled();
            Long venueSays = answer.retryAfterMs();
            budget.refused(nowMs + (venueSays == null ? requestPause.nextMs() : venueSays), nowMs);
            trades.asked(call.subject(), false);
            return;
        }
        if (answer.status() != 200) {
            failed(call, "status " + answer.status(), nowMs);
            return;
        }
        try {
            trades.answered(call.subject(), Trade.all(VenueJson.parse(answer.body())), call.sentMs(), nowMs, output);
            requestPause.succeeded();
        } catch (FeedFormatException e) {
            health.malformed(call.kind(), e, new String(answer.body(), StandardCharsets.UTF_8), nowMs);
            failed(call, "an answer that cannot be read: " + e.getMessage(), nowMs);
        }
    }

    private void failed(HttpCall call, String reason, long nowMs) {
        lastProblem = "a request for " + call.kind() + " failed: " + reason;
        requestsFromMs = nowMs + requestPause.nextMs();
        trades.asked(call.subject(), false);
    }

    private void judge(long nowMs, FeedOutput output) {
        int count = markets.count();
        int late = markets.late(marketLateMs, nowMs);
        int accountsLate = accounts.late(nowMs);
        boolean silent = !markets.isKnown() || (count > 0 && late == count);
        health.judge(silent ? lastProblem : null, partial(late, accountsLate, nowMs), nowMs);
        health.publish(
                new FeedHealth.Coverage(count, late, accounts.ids().size(), accountsLate),
                trades.completeToMs(nowMs),
                nowMs,
                output);
    }

    private @Nullable String partial(int late, int accountsLate, long nowMs) {
        if (lines.closed() > 0) {
            return lines.closed() + " of " + lines.count() + " connections are not there: " + lastProblem;
        }
        if (!markets.missing().isEmpty()) {
            return "the venue does not list " + String.join(", ", markets.missing());
        }
        if (late > 0) {
            return late + " markets have had no oracle price for " + marketLateMs + " ms";
        }
        if (channels.lastError() != null) {
            return "the venue says " + channels.lastError();
        }
        if (markets.withoutBook() > 0) {
            return markets.withoutBook() + " markets have no book";
        }
        if (accountsLate > 0) {
            return accountsLate + " accounts have not come whole for twice the time that they should";
        }
        int missing = trades.missing(nowMs - TRADES_LATE_MS, nowMs);
        if (missing > 0) {
            return "trades of " + missing + " markets that may hold liquidations are not answered for";
        }
        return accounts.withOtherAssets() == 0
                ? null
                : accounts.withOtherAssets() + " accounts hold assets whose worth as margin the venue does not say";
    }

    @Override
    public void close() {
        lines.close();
    }
}
