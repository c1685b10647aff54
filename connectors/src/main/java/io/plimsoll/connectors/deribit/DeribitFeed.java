package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.deribit.Rpc.Request;
import io.plimsoll.connectors.feed.Backoff;
import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedConnection;
import io.plimsoll.connectors.feed.FeedEvent;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.Heartbeat;
import io.plimsoll.connectors.feed.VenueFeed;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WebSocketLink;
import io.plimsoll.connectors.feed.WeightBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deribit's feed: one connection a task, for requests and for what changes. */
final class DeribitFeed implements VenueFeed {

    /** The venue asks for a sign of life this often, and sends one of its own. */
    private static final int HEARTBEAT_S = 15;

    private static final long UNUSED_PING_MS = 20_000;
    private static final long SILENT_MS = 45_000;
    private static final double LATE_INTERVALS = 1.5;

    private static final long TRADES_LATE_MS = 60_000;
    private static final int TOO_MANY_REQUESTS = 10_028;

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double BURST_SECONDS = 4;

    private final DeribitConfig config;
    private final FeedConnection connection;
    private final FeedHealth health;
    private final Markets markets;
    private final Options options;
    private final Trades trades;
    private final Rpc rpc;
    private final Subscriptions subscriptions;
    private final Backoff requestPause;
    private final long everyMs;

    private long listDueMs;
    private boolean wasOpen;
    private String lastProblem = "nothing has come yet";
    private @Nullable String lastError;

    DeribitFeed(DeribitConfig config, FeedRuntime runtime) {
        this.config = config;
        long startMs = runtime.startMs();
        this.everyMs = config.getLong(DeribitConfig.REFERENCE_INTERVAL);
        double perSecond =
                (double) config.getInt(DeribitConfig.CREDITS) / runtime.slice().count();
        this.rpc = new Rpc(
                new WeightBudget(perSecond * SECONDS_PER_MINUTE, perSecond * BURST_SECONDS, startMs),
                config.getLong(FeedConfig.REQUEST_TIMEOUT));
        this.subscriptions = new Subscriptions(rpc);
        this.requestPause = backoff(config, runtime);
        this.connection = new FeedConnection(
                () -> WebSocketLink.open(
                        runtime.http(), config.webSocketUrl(), config.requestTimeout(), runtime.inbox()),
                backoff(config, runtime),
                new Heartbeat(UNUSED_PING_MS, SILENT_MS),
                null);
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        this.markets = new Markets(config, runtime.slice(), runtime.offsets(), health);
        this.options = new Options(config, runtime, health, rpc, subscriptions);
        long knownMs = FeedHealth.completeToMs(runtime.offsets(), DeribitSourceConnector.MOST_TASKS);
        this.trades = new Trades(
                config,
                config.currencies().stream().filter(runtime.slice()::holds).toList(),
                markets,
                health,
                runtime.offsets(),
                knownMs == 0 ? startMs : knownMs);
    }

    private static Backoff backoff(DeribitConfig config, FeedRuntime runtime) {
        return new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        connection.step(nowMs);
        if (connection.isOpen()) {
            plan(nowMs);
            rpc.step(nowMs, connection::send);
        }
        markets.step(nowMs, output);
        options.step(nowMs, output);
        judge(nowMs, output);
    }

    private void plan(long nowMs) {
        if (nowMs >= listDueMs) {
            listDueMs = nowMs + everyMs;
            for (String currency : config.currencies()) {
                rpc.askOnce(Rpc.INSTRUMENTS, currency, Rpc.FUTURE, unused -> {});
            }
        }
        options.ask(nowMs);
        if (markets.isKnown()) {
            trades.ask(rpc, nowMs);
        }
        subscriptions.step(nowMs);
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Opened opened) {
            if (connection.isCurrent(opened.link())) {
                opened(nowMs);
            }
        } else if (event instanceof FeedEvent.Closed closed) {
            if (connection.isCurrent(closed.link())) {
                lastProblem = "the connection ended: " + closed.reason();
                markets.forgetBooks();
                trades.interrupted(nowMs);
                connection.closed(nowMs);
            }
        } else if (event instanceof FeedEvent.Message message && connection.isCurrent(message.link())) {
            connection.heard(nowMs);
            message(message.text(), nowMs, output);
        }
    }

    private void opened(long nowMs) {
        connection.opened(nowMs);
        health.connected();
        if (wasOpen) {
            health.gap();
        }
        wasOpen = true;
        lastError = null;
        rpc.clear();
        subscriptions.clear();
        listDueMs = nowMs;
        rpc.ask(Rpc.HEARTBEAT, "", params -> params.put("interval", HEARTBEAT_S));
        subscriptions.trades(trades.currencies());
        subscriptions.markets(markets.names());
        options.connected(nowMs);
    }

    private void message(String text, long nowMs, FeedOutput output) {
        health.message(nowMs);
        String what = "a message";
        try {
            JsonNode message = VenueJson.parse(text);
            if (!VenueJson.isAbsent(message.get("id"))) {
                answer(message, nowMs, output);
                return;
            }
            String method = VenueJson.text(message, "method");
            JsonNode params = VenueJson.object(message, "params");
            if (method.equals("heartbeat")) {
                if ("test_request".equals(VenueJson.optionalText(params, "type"))) {
                    rpc.ask(Rpc.TEST, "", unused -> {});
                }
            } else if (method.equals("subscription")) {
                what = VenueJson.text(params, "channel");
                notification(what, params, nowMs, output);
            }
        } catch (FeedFormatException e) {
            health.malformed(what, e, text, nowMs);
            unread(what, nowMs);
        }
    }

    private void notification(String channel, JsonNode params, long nowMs, FeedOutput output) {
        String subject = Subscriptions.subject(channel);
        if (channel.startsWith(Subscriptions.TICKER)) {
            JsonNode data = VenueJson.object(params, "data");
            if (!options.ticker(subject, data, nowMs)) {
                markets.ticker(data, nowMs, output);
            }
        } else if (channel.startsWith(Subscriptions.BOOK)) {
            switch (markets.book(subject, VenueJson.object(params, "data"), nowMs)) {
                case GAP -> subscriptions.renew(channel, nowMs);
                case CHANGED -> subscriptions.whole(channel);
                case KNOWN -> {
                    // It is as it was.
                }
            }
        } else if (channel.startsWith(Subscriptions.TRADES)) {
            trades.came(subject, VenueJson.list(params, "data"), nowMs, output);
        }
    }

    /** Trades may have been in what could not be read; a book's gap shows by itself unless it is known whose it is. */
    private void unread(String channel, long nowMs) {
        if (channel.startsWith(Subscriptions.BOOK)) {
            markets.forgetBook(Subscriptions.subject(channel));
            health.gap();
            subscriptions.renew(channel, nowMs);
        } else if (!channel.startsWith(Subscriptions.TICKER)) {
            trades.interrupted(nowMs);
        }
    }

    private void answer(JsonNode message, long nowMs, FeedOutput output) {
        Request request = rpc.answered(VenueJson.whole(message, "id"));
        if (request == null) {
            return;
        }
        JsonNode error = message.get("error");
        if (error != null && !VenueJson.isAbsent(error)) {
            refused(request, error, nowMs);
            return;
        }
        try {
            if (request.method().equals(Rpc.INSTRUMENTS)) {
                JsonNode list = VenueJson.list(message, "result");
                if (request.kind().equals(Rpc.OPTION)) {
                    options.list(request.subject(), list);
                } else {
                    subscriptions.leave(markets.list(request.subject(), list, nowMs, output));
                    subscriptions.markets(markets.names());
                }
            } else if (request.method().equals(Rpc.TRADES)) {
                trades.answered(
                        request.subject(),
                        VenueJson.object(message, "result"),
                        request.params().path("start_timestamp").longValue(),
                        request.askedMs(),
                        nowMs,
                        output);
            } else if (request.method().equals(Rpc.UNSUBSCRIBE)) {
                subscriptions.unsubscribed(request.params().path("channels"));
            }
            requestPause.succeeded();
        } catch (FeedFormatException e) {
            health.malformed(request.method(), e, message.toString(), nowMs);
            lastProblem = request.method() + " was answered with what cannot be read: " + e.getMessage();
        }
    }

    private void refused(Request request, JsonNode error, long nowMs) {
        String text = VenueJson.shown(error.toString());
        if (error.path("code").asInt() == TOO_MANY_REQUESTS) {
            health.throttled();
            rpc.refused(nowMs + requestPause.nextMs(), nowMs);
            rpc.again(request);
        } else {
            lastError = request.method() + " was refused: " + text;
        }
        lastProblem = "the venue refused " + request.method() + ": " + text;
    }

    private void judge(long nowMs, FeedOutput output) {
        int count = markets.names().size();
        long lateMs = (long) (LATE_INTERVALS * everyMs);
        int late = markets.late(lateMs, nowMs);
        boolean silent = !markets.isKnown() || (count > 0 && late == count);
        health.judge(silent ? lastProblem : null, partial(late, lateMs, nowMs), nowMs);
        health.publish(new FeedHealth.Coverage(count, late, 0, 0), trades.completeToMs(nowMs), nowMs, output);
    }

    private @Nullable String partial(int late, long lateMs, long nowMs) {
        if (!connection.isOpen()) {
            return "no connection: " + lastProblem;
        }
        List<String> missing = markets.missing();
        missing.removeIf(options::isListed);
        if (!missing.isEmpty()) {
            return "the venue does not list " + String.join(", ", missing);
        }
        if (late > 0) {
            return late + " markets have said nothing for " + lateMs + " ms";
        }
        if (lastError != null) {
            return lastError;
        }
        if (nowMs - trades.completeToMs(nowMs) > TRADES_LATE_MS) {
            return "trades that may hold liquidations are not answered for";
        }
        return markets.unrated().isEmpty()
                ? null
                : "the feed does not say the maintenance margin of " + String.join(", ", markets.unrated()) + ", and "
                        + DeribitConfig.MARGIN_RATES + " does not either";
    }

    @Override
    public void close() {
        connection.close();
    }
}
