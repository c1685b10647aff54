package io.plimsoll.connectors.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A feed of a venue's markets: one connection that is kept up and subscribed, requests within a budget, and a status. What is
 * said on them is the venue's own.
 */
public abstract class MarketFeed implements VenueFeed {

    /**
     * What a venue wants to hear, and how often one may call.
     *
     * @param ping text of a ping
     * @param silentMs how long a connection on which nothing comes is kept
     * @param connectionsPerMinute connections that may be opened in the long run
     * @param connectionsAtOnce connections that may be opened one after the other without a wait
     */
    public record Manners(
            String ping, long pingEveryMs, long silentMs, double connectionsPerMinute, double connectionsAtOnce) {}

    private static final int MOST_IN_FLIGHT = 8;
    private static final double BURST = 0.05;

    protected final MarketFeedConfig config;
    protected final FeedRuntime runtime;
    protected final FeedHealth health;
    protected final Subscriptions subscriptions;
    protected final MarketRecords records;

    private final FeedConnection connection;
    private final WeightBudget connects;
    private final HttpCalls calls;
    private final WeightBudget requests;
    private final Backoff requestPause;
    private final long lateMs;

    private int inFlight;
    private long requestsFromMs = Long.MIN_VALUE;
    private boolean wasOpen;
    private String lastProblem = "nothing has come yet";

    protected MarketFeed(MarketFeedConfig config, FeedRuntime runtime, Manners manners, Subscriptions subscriptions) {
        this.config = config;
        this.runtime = runtime;
        this.subscriptions = subscriptions;
        long startMs = runtime.startMs();
        int tasks = runtime.slice().count();
        double perMinute = (double) config.getInt(MarketFeedConfig.REQUESTS) / tasks;
        this.requests = new WeightBudget(perMinute, Math.max(1, perMinute * BURST), startMs);
        this.requestPause = backoff();
        this.calls = new HttpCalls(runtime.http(), runtime.inbox(), config.restUrl(), config.requestTimeout());
        this.connects = new WeightBudget(
                manners.connectionsPerMinute() / tasks, Math.max(1, manners.connectionsAtOnce() / tasks), startMs);
        this.connection = new FeedConnection(
                () -> WebSocketLink.open(
                        runtime.http(), config.webSocketUrl(), config.requestTimeout(), runtime.inbox()),
                backoff(),
                new Heartbeat(manners.pingEveryMs(), manners.silentMs()),
                manners.ping());
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        this.records = new MarketRecords(config, runtime.offsets());
        this.lateMs = config.getLong(MarketFeedConfig.LATE);
    }

    /** Whether the venue has said which markets there are. */
    protected abstract boolean isKnown();

    /** How many markets are this task's. */
    protected abstract int markets();

    /** What is to be asked for next; an empty one: nothing now. */
    protected abstract Optional<HttpCall> nextCall(long nowMs);

    /** A call is on its way. */
    protected abstract void asked(HttpCall call);

    /** A call has brought nothing: it is to be made again. */
    protected abstract void unanswered(HttpCall call);

    /**
     * Takes what a call has brought.
     *
     * @throws FeedFormatException if it is not as the venue documents it
     */
    protected abstract void taken(HttpCall call, JsonNode body, long nowMs, FeedOutput output);

    /**
     * Whether an answer says that there were too many requests: how long to wait, milliseconds; 0: the venue does not say.
     *
     * @param body null: none that could be read
     */
    protected abstract OptionalLong tooMany(int status, @Nullable JsonNode body);

    /** What the venue says is wrong with a request; null: nothing. */
    protected abstract @Nullable String refusal(JsonNode body);

    /** Takes a text that the connection has brought; one that cannot be read is counted and passed over. */
    protected abstract void said(String text, long nowMs, FeedOutput output);

    /** The connection has opened. */
    protected abstract void opened(boolean isFirst, long nowMs);

    /** The connection has closed. */
    protected abstract void closed(long nowMs);

    /** Does what is due beside requests and subscriptions. */
    protected abstract void due(long nowMs, FeedOutput output);

    /** What is missing, null where nothing is. */
    protected abstract @Nullable String missing(long nowMs);

    @Override
    public final void step(long nowMs, FeedOutput output) {
        if (!connection.isDue(nowMs) || connects.take(1, nowMs)) {
            connection.step(nowMs);
        }
        request(nowMs);
        due(nowMs, output);
        records.step(nowMs, output);
        if (connection.isOpen()) {
            subscriptions.step(nowMs, connection::send);
        }
        judge(nowMs, output);
    }

    @Override
    public final void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Opened opened && connection.isCurrent(opened.link())) {
            connection.opened(nowMs);
            health.connected();
            if (wasOpen) {
                health.gap();
            }
            subscriptions.opened(nowMs);
            opened(!wasOpen, nowMs);
            wasOpen = true;
        } else if (event instanceof FeedEvent.Closed closed && connection.isCurrent(closed.link())) {
            lastProblem = "the connection ended: " + closed.reason();
            boolean isCut = connection.isOpen();
            connection.closed(nowMs);
            if (isCut) {
                closed(nowMs);
            }
        } else if (event instanceof FeedEvent.Message message && connection.isCurrent(message.link())) {
            connection.heard(nowMs);
            health.message(nowMs);
            said(message.text(), nowMs, output);
        } else if (event instanceof FeedEvent.Answer answer) {
            inFlight--;
            answer(answer, nowMs, output);
        } else if (event instanceof FeedEvent.Unanswered unanswered) {
            inFlight--;
            failed(unanswered.call(), unanswered.reason(), nowMs);
        }
    }

    protected final boolean isOpen() {
        return connection.isOpen();
    }

    /** Gives the connection up and opens another. */
    protected final void renewConnection(String reason) {
        connection.renew(reason);
    }

    private Backoff backoff() {
        return new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
    }

    private void request(long nowMs) {
        while (inFlight < MOST_IN_FLIGHT && nowMs >= requestsFromMs) {
            Optional<HttpCall> next = nextCall(nowMs);
            if (next.isEmpty() || !requests.take(next.get().weight(), nowMs)) {
                return;
            }
            asked(next.get());
            inFlight++;
            calls.send(next.get());
        }
    }

    private void answer(FeedEvent.Answer answer, long nowMs, FeedOutput output) {
        HttpCall call = answer.call();
        health.message(nowMs);
        JsonNode body = null;
        FeedFormatException problem = null;
        try {
            body = VenueJson.parse(answer.body());
        } catch (FeedFormatException e) {
            problem = e;
        }
        OptionalLong wait = tooMany(answer.status(), body);
        if (wait.isPresent()) {
            health.throttled();
            Long venueSays = answer.retryAfterMs();
            long told = venueSays == null ? wait.getAsLong() : venueSays;
            requests.refused(nowMs + (told > 0 ? told : requestPause.nextMs()), nowMs);
            lastProblem = "the venue says that there are too many requests";
            unanswered(call);
            return;
        }
        if (answer.status() != 200) {
            failed(call, "status " + answer.status(), nowMs);
            return;
        }
        try {
            if (body == null || problem != null) {
                throw problem == null ? new FeedFormatException("an empty answer") : problem;
            }
            String refusal = refusal(body);
            if (refusal != null) {
                failed(call, refusal, nowMs);
                return;
            }
            taken(call, body, nowMs, output);
            requestPause.succeeded();
        } catch (FeedFormatException e) {
            health.malformed(call.kind(), e, new String(answer.body(), StandardCharsets.UTF_8), nowMs);
            failed(call, "an answer that cannot be read: " + e.getMessage(), nowMs);
        }
    }

    private void failed(HttpCall call, String reason, long nowMs) {
        lastProblem = "a request for " + call.kind() + " failed: " + reason;
        requestsFromMs = nowMs + requestPause.nextMs();
        unanswered(call);
    }

    private void judge(long nowMs, FeedOutput output) {
        int count = markets();
        int late = records.late(lateMs, nowMs);
        boolean isSilent = !isKnown() || (count > 0 && late == count);
        health.judge(isSilent ? lastProblem : null, partial(late, nowMs), nowMs);
        health.publish(new FeedHealth.Coverage(count, late, 0, 0), nowMs, output);
    }

    private @Nullable String partial(int late, long nowMs) {
        if (!connection.isOpen()) {
            return "no connection: " + lastProblem;
        }
        if (late > 0) {
            return late + " markets have had no price for " + lateMs + " ms";
        }
        if (!subscriptions.refused().isEmpty()) {
            return "the venue refuses " + String.join(", ", subscriptions.refused());
        }
        String missing = missing(nowMs);
        if (missing != null) {
            return missing;
        }
        int leftOut = subscriptions.leftOut();
        return leftOut > 0 ? leftOut + " subscriptions are above what the venue allows; more tasks share them" : null;
    }

    @Override
    public final void close() {
        connection.close();
    }
}
