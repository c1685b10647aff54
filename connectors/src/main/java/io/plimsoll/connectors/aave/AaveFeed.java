package io.plimsoll.connectors.aave;

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
import io.plimsoll.connectors.feed.WeightBudget;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aave's feed: one question at a time to the subgraph; answers of an older block than one before are not taken. */
final class AaveFeed implements VenueFeed {

    private static final double BURST = 0.1;
    private static final double LATE_INTERVALS = 3;

    private final AaveConfig config;
    private final HttpCalls calls;
    private final WeightBudget budget;
    private final Backoff pause;
    private final Queries queries;
    private final FeedHealth health;
    private final Reserves reserves;
    private final Borrowers borrowers;
    private final @Nullable Liquidations liquidations;
    private final long reservesMs;

    private boolean isInFlight;
    private long askFromMs = Long.MIN_VALUE;
    private long reservesDueMs = Long.MIN_VALUE;
    private long reservesHeardMs;
    private long blockMs;
    private boolean hasIndexingErrors;
    private String lastProblem = "nothing has come yet";

    AaveFeed(AaveConfig config, FeedRuntime runtime) {
        this.config = config;
        long startMs = runtime.startMs();
        double perMinute =
                (double) config.getInt(AaveConfig.REQUESTS) / runtime.slice().count();
        this.budget = new WeightBudget(perMinute, Math.max(1, perMinute * BURST), startMs);
        this.calls = new HttpCalls(runtime.http(), runtime.inbox(), config.subgraphUrl(), config.requestTimeout());
        this.pause = new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
        this.queries = new Queries(config.headers(), config.getInt(AaveConfig.PAGE));
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        this.reserves = new Reserves(config, runtime.slice(), runtime.offsets(), health);
        this.borrowers = new Borrowers(config, runtime.slice(), queries, runtime.offsets(), health, startMs);
        this.reservesMs = config.getLong(AaveConfig.RESERVES_INTERVAL);
        long knownMs = FeedHealth.completeToMs(runtime.offsets(), AaveSourceConnector.MOST_TASKS);
        // They are few: one task asks for all.
        this.liquidations = runtime.slice().index() == 0
                ? new Liquidations(config, queries, runtime.offsets(), health, knownMs == 0 ? startMs : knownMs)
                : null;
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        if (!isInFlight && nowMs >= askFromMs) {
            Optional<HttpCall> next = next(nowMs);
            if (next.isPresent() && budget.take(next.get().weight(), nowMs)) {
                asked(next.get(), true);
                isInFlight = true;
                calls.send(next.get());
            }
        }
        judge(nowMs, output);
    }

    private Optional<HttpCall> next(long nowMs) {
        if (nowMs >= reservesDueMs) {
            return Optional.of(queries.reserves(nowMs));
        }
        if (!reserves.isKnown()) {
            return Optional.empty();
        }
        Optional<HttpCall> call = liquidations == null ? Optional.empty() : liquidations.next(nowMs);
        return call.isPresent() ? call : borrowers.next(nowMs);
    }

    private void asked(HttpCall call, boolean asked) {
        if (call.kind().equals(Queries.BORROWERS)) {
            borrowers.asked(asked);
        } else if (call.kind().equals(Queries.LIQUIDATIONS) && liquidations != null) {
            liquidations.asked(asked);
        }
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Answer answer) {
            isInFlight = false;
            answer(answer, nowMs, output);
        } else if (event instanceof FeedEvent.Unanswered unanswered) {
            isInFlight = false;
            failed(unanswered.call(), unanswered.reason(), nowMs);
        }
    }

    private void answer(FeedEvent.Answer answer, long nowMs, FeedOutput output) {
        HttpCall call = answer.call();
        health.message(nowMs);
        if (answer.status() == 429) {
            health.throttled();
            Long venueSays = answer.retryAfterMs();
            budget.refused(nowMs + (venueSays == null ? pause.nextMs() : venueSays), nowMs);
            lastProblem = "the subgraph refuses requests for being too many";
            asked(call, false);
            return;
        }
        if (answer.status() != 200) {
            failed(call, "status " + answer.status(), nowMs);
            return;
        }
        try {
            JsonNode body = VenueJson.parse(answer.body());
            JsonNode errors = body.get("errors");
            if (errors != null && !VenueJson.isAbsent(errors)) {
                failed(call, "the subgraph says " + VenueJson.shown(errors.toString()), nowMs);
                return;
            }
            taken(call, VenueJson.object(body, "data"), nowMs, output);
            pause.succeeded();
        } catch (FeedFormatException e) {
            health.malformed(call.kind(), e, new String(answer.body(), StandardCharsets.UTF_8), nowMs);
            failed(call, "an answer that cannot be read: " + e.getMessage(), nowMs);
        }
    }

    private void taken(HttpCall call, JsonNode data, long nowMs, FeedOutput output) {
        JsonNode meta = VenueJson.object(data, "_meta");
        long timeMs = VenueJson.whole(VenueJson.object(meta, "block"), "timestamp") * 1_000;
        hasIndexingErrors = VenueJson.flag(meta, "hasIndexingErrors");
        health.venueTime(timeMs, nowMs);
        if (timeMs < blockMs) {
            // Another of the subgraph's servers, which is behind.
            health.outOfOrder();
            asked(call, false);
            askFromMs = nowMs + pause.nextMs();
            return;
        }
        blockMs = timeMs;
        switch (call.kind()) {
            case Queries.RESERVES -> {
                reserves.take(VenueJson.list(data, "reserves"), timeMs, nowMs, output);
                reservesDueMs = nowMs + reservesMs;
                reservesHeardMs = nowMs;
            }
            case Queries.BORROWERS ->
                borrowers.take(VenueJson.list(data, "users"), reserves.byId(), timeMs, nowMs, output);
            default -> {
                if (liquidations != null) {
                    liquidations.take(VenueJson.list(data, "liquidationCalls"), reserves.byId(), timeMs, nowMs, output);
                }
            }
        }
    }

    private void failed(HttpCall call, String reason, long nowMs) {
        lastProblem = "a request for " + call.kind() + " failed: " + reason;
        askFromMs = nowMs + pause.nextMs();
        asked(call, false);
    }

    private void judge(long nowMs, FeedOutput output) {
        boolean silent = !reserves.isKnown() || nowMs - reservesHeardMs > LATE_INTERVALS * reservesMs;
        int accountsLate = borrowers.late(nowMs);
        health.judge(silent ? lastProblem : null, partial(accountsLate, nowMs), nowMs);
        health.publish(
                new FeedHealth.Coverage(
                        reserves.count(), silent ? reserves.count() : 0, borrowers.count(), accountsLate),
                liquidations == null ? nowMs : liquidations.completeToMs(),
                nowMs,
                output);
    }

    private @Nullable String partial(int accountsLate, long nowMs) {
        if (hasIndexingErrors) {
            return "the subgraph says that it has met errors when it indexed";
        }
        if (nowMs - blockMs > config.getLong(AaveConfig.BLOCK_LATE)) {
            return "the subgraph's newest block is " + (nowMs - blockMs) + " ms old";
        }
        if (reserves.unread() > 0) {
            return reserves.unread() + " reserves cannot be read, and whoever holds some of them is left as he was";
        }
        if (borrowers.withUnknownReserves() > 0) {
            return borrowers.withUnknownReserves() + " borrowers hold reserves that are not listed";
        }
        if (borrowers.isSomeoneUnread()) {
            return "some borrowers cannot be read, and are left as they were";
        }
        return accountsLate > 0 ? "no round through all borrowers was finished in twice its time" : null;
    }

    @Override
    public void close() {}
}
