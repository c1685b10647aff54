package io.plimsoll.connectors.hyperliquid;

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
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hyperliquid's feed: one connection for what markets say, and requests within the weight budget for lists, accounts and
 * fills. Contexts and books are whole in each message, so what was missed is made good by the next one; that something was
 * missed shows in a cut or in silence, and then everything is asked for anew.
 */
final class HyperliquidFeed implements VenueFeed {

    /** The venue closes a connection on which it has heard nothing for 60 s. */
    private static final long PING_EVERY_MS = 20_000;

    private static final long SILENT_MS = 45_000;

    /** A request that is due for longer than this is late. */
    private static final long LATE_MS = 60_000;

    /** So many intervals of the list of markets without a context, and a market is late. */
    private static final double LATE_INTERVALS = 1.5;

    /** An account that could not be read is left out for so long, lest it hold up the others. */
    private static final long RETRY_MS = 15_000;

    private static final int MOST_IN_FLIGHT = 10;
    private static final int MOST_SUBSCRIPTIONS = 1_000;
    private static final double BURST = 0.1;

    private final HyperliquidConfig config;
    private final FeedRuntime runtime;
    private final Wire wire;
    private final HttpCalls calls;
    private final WeightBudget budget;
    private final Backoff requestPause;
    private final long marketLateMs;
    private final FeedConnection connection;
    private final FeedHealth health;
    private final Reference reference;
    private final Markets markets;
    private final Accounts accounts;
    private final Liquidations liquidations;
    private final Channels channels;

    private final Set<String> subscribed = new HashSet<>();
    private int subscriptionsLeftOut;
    private int inFlight;
    private long requestsFromMs = Long.MIN_VALUE;
    private long downSinceMs;
    private boolean isReconnected;
    private String lastProblem = "nothing has come yet";

    HyperliquidFeed(HyperliquidConfig config, FeedRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
        this.wire = new Wire(config.dex());
        long startMs = runtime.startMs();
        double perMinute = (double) config.getInt(HyperliquidConfig.WEIGHT)
                / runtime.slice().count();
        this.budget = new WeightBudget(perMinute, perMinute * BURST, startMs);
        this.calls = new HttpCalls(runtime.http(), runtime.inbox(), config.infoUrl(), config.requestTimeout());
        this.requestPause = backoff();
        this.marketLateMs = (long) (LATE_INTERVALS * config.getLong(HyperliquidConfig.REFERENCE_INTERVAL));
        this.connection = new FeedConnection(
                () -> WebSocketLink.open(
                        runtime.http(), config.webSocketUrl(), config.requestTimeout(), runtime.inbox()),
                backoff(),
                new Heartbeat(PING_EVERY_MS, SILENT_MS),
                Wire.PING);
        this.health = new FeedHealth(config.venue(), runtime, config.getLong(FeedConfig.STATUS_INTERVAL));
        this.reference = new Reference(config, wire, runtime.slice(), runtime.offsets());
        this.markets = new Markets(config, runtime.offsets(), health);
        this.accounts = new Accounts(
                config, runtime.slice(), new AccountMemory(runtime.offsets()), health, markets::mark, startMs);
        long lastSeenMs = FeedHealth.lastSeenMs(runtime.offsets(), HyperliquidSourceConnector.MOST_TASKS);
        this.downSinceMs = lastSeenMs == 0 ? startMs : lastSeenMs;
        this.liquidations = new Liquidations(
                config.venue(),
                runtime.offsets(),
                config.liquidationUsers().stream()
                        .filter(runtime.slice()::holds)
                        .collect(Collectors.toSet()),
                downSinceMs);
        this.channels = new Channels(markets, accounts, liquidations, health);
        accounts.shrunkSince(downSinceMs - 2 * Liquidations.SECOND_LOOK_MS)
                .forEach(account -> liquidations.shrunk(account.address, account.shrunkSinceMs, startMs));
    }

    private Backoff backoff() {
        return new Backoff(
                config.getLong(FeedConfig.RECONNECT_FIRST),
                config.getLong(FeedConfig.RECONNECT_LONGEST),
                runtime.random());
    }

    @Override
    public void step(long nowMs, FeedOutput output) {
        connection.step(nowMs);
        request(nowMs);
        markets.step(nowMs, output);
        judge(nowMs, output);
    }

    @Override
    public void take(FeedEvent event, long nowMs, FeedOutput output) {
        if (event instanceof FeedEvent.Opened opened) {
            if (connection.isCurrent(opened.link())) {
                opened(nowMs);
            }
        } else if (event instanceof FeedEvent.Closed closed) {
            if (connection.isCurrent(closed.link())) {
                closed(closed.reason(), nowMs);
            }
        } else if (event instanceof FeedEvent.Message message) {
            if (connection.isCurrent(message.link())) {
                connection.heard(nowMs);
                channels.take(message.text(), nowMs, output);
            }
        } else if (event instanceof FeedEvent.Answer answer) {
            inFlight--;
            answer(answer, nowMs, output);
        } else if (event instanceof FeedEvent.Unanswered unanswered) {
            inFlight--;
            failed(unanswered.call(), unanswered.reason(), nowMs);
        }
    }

    private void opened(long nowMs) {
        connection.opened(nowMs);
        health.connected();
        subscribed.clear();
        if (isReconnected) {
            health.gap();
        }
        // What was said while nobody listened: the lists and prices now, and all fills since.
        reference.askNow();
        liquidations.reconnected(downSinceMs, nowMs);
        subscribe();
    }

    private void closed(String reason, long nowMs) {
        if (connection.isOpen()) {
            downSinceMs = nowMs;
            isReconnected = true;
        }
        lastProblem = "the connection ended: " + reason;
        connection.closed(nowMs);
    }

    private void subscribe() {
        if (!connection.isOpen()) {
            return;
        }
        subscriptionsLeftOut = 0;
        List<String> streamed = markets.coins().stream().filter(config::streams).toList();
        liquidations.subscribed().forEach(user -> subscribeOnce(Wire.fills(user)));
        for (String coin : streamed) {
            subscribeOnce(Wire.market("activeAssetCtx", coin));
        }
        if (config.discovers()) {
            reference.coins(false).stream()
                    .filter(config::streams)
                    .forEach(coin -> subscribeOnce(Wire.market("trades", coin)));
        } else if (config.followsAccounts()) {
            // Who of those followed has traded is looked at sooner.
            streamed.forEach(coin -> subscribeOnce(Wire.market("trades", coin)));
        }
        for (String coin : streamed) {
            subscribeOnce(Wire.book(coin, config.getInt(HyperliquidConfig.DEPTH_FIGURES)));
            subscribeOnce(Wire.market("bbo", coin));
        }
    }

    private void subscribeOnce(String subscription) {
        if (subscribed.contains(subscription)) {
            return;
        }
        if (subscribed.size() >= MOST_SUBSCRIPTIONS / runtime.slice().count()) {
            subscriptionsLeftOut++;
            return;
        }
        subscribed.add(subscription);
        connection.send(subscription);
    }

    private void request(long nowMs) {
        while (inFlight < MOST_IN_FLIGHT && nowMs >= requestsFromMs) {
            Optional<HttpCall> next = nextCall(nowMs);
            if (next.isEmpty() || !budget.take(next.get().weight(), nowMs)) {
                return;
            }
            HttpCall call = next.get();
            switch (call.kind()) {
                case Wire.FILLS -> liquidations.asked(call.subject());
                case Wire.ACCOUNT -> asked(call.subject(), true);
                default -> reference.asked();
            }
            inFlight++;
            calls.send(call);
        }
    }

    private Optional<HttpCall> nextCall(long nowMs) {
        Optional<HttpCall> call = reference.next(nowMs);
        if (call.isEmpty()) {
            call = liquidations.next(nowMs).map(due -> wire.fills(due.user(), due.sinceMs(), nowMs));
        }
        if (call.isEmpty() && reference.isKnown()) {
            call = accounts.next(nowMs).map(account -> wire.account(account.address, nowMs));
        }
        return call;
    }

    private void asked(String address, boolean isAsked) {
        FollowedAccount account = accounts.find(address);
        if (account != null) {
            account.isAsked = isAsked;
        }
    }

    private void answer(FeedEvent.Answer answer, long nowMs, FeedOutput output) {
        HttpCall call = answer.call();
        health.message(nowMs);
        if (answer.status() == 429) {
            health.throttled();
            Long venueSays = answer.retryAfterMs();
            budget.refused(nowMs + (venueSays == null ? requestPause.nextMs() : venueSays), nowMs);
            unanswered(call);
            return;
        }
        if (answer.status() != 200) {
            failed(call, "status " + answer.status(), nowMs);
            return;
        }
        try {
            taken(call, VenueJson.parse(answer.body()), nowMs, output);
            requestPause.succeeded();
        } catch (FeedFormatException e) {
            health.malformed(call.kind(), e, new String(answer.body(), StandardCharsets.UTF_8), nowMs);
            failed(call, "an answer that cannot be read: " + e.getMessage(), nowMs);
        }
    }

    private void taken(HttpCall call, JsonNode body, long nowMs, FeedOutput output) {
        switch (call.kind()) {
            case Wire.REFERENCE -> reference(body, call.sentMs(), nowMs, output);
            case Wire.TOKENS -> {
                JsonNode waited = reference.tokens(body);
                if (waited != null) {
                    reference(waited, call.sentMs(), nowMs, output);
                }
            }
            case Wire.FILLS -> {
                List<Fill> fills = Fill.all(body);
                budget.charge((double) fills.size() / Wire.FILLS_PER_WEIGHT, nowMs);
                liquidations.answered(call.subject(), fills, call.sentMs(), nowMs, output);
                FollowedAccount account = accounts.find(call.subject());
                if (account != null && !liquidations.isWaitingFor(call.subject())) {
                    account.shrunkSinceMs = 0;
                }
            }
            default -> {
                AccountState state = AccountState.of(body);
                asked(call.subject(), false);
                FollowedAccount account = accounts.find(call.subject());
                if (account != null) {
                    accounts.answered(account, state, reference.asset(), reference.leverage(), nowMs, output)
                            .ifPresent(sinceMs -> liquidations.shrunk(account.address, sinceMs, nowMs));
                }
            }
        }
    }

    private void reference(JsonNode body, long askedMs, long nowMs, FeedOutput output) {
        Map<String, AssetContext> contexts = reference.take(body, nowMs, output);
        if (!contexts.isEmpty()) {
            markets.set(reference.coins(true));
            contexts.forEach((coin, context) -> markets.snapshot(coin, context, askedMs, nowMs, output));
            subscribe();
        }
    }

    private void failed(HttpCall call, String reason, long nowMs) {
        lastProblem = "a request for " + call.kind() + " failed: " + reason;
        requestsFromMs = nowMs + requestPause.nextMs();
        FollowedAccount account = accounts.find(call.subject());
        if (account != null) {
            account.leftOutUntilMs = nowMs + RETRY_MS;
        }
        unanswered(call);
    }

    private void unanswered(HttpCall call) {
        switch (call.kind()) {
            case Wire.FILLS -> liquidations.unanswered(call.subject());
            case Wire.ACCOUNT -> asked(call.subject(), false);
            default -> reference.unanswered();
        }
    }

    private void judge(long nowMs, FeedOutput output) {
        int count = markets.coins().size();
        int late = markets.late(marketLateMs, nowMs);
        int accountsLate = accounts.late(runtime.startMs(), nowMs);
        boolean silent = !reference.isKnown() || (count > 0 && late == count);
        health.judge(silent ? lastProblem : null, partial(late, accountsLate, nowMs), nowMs);
        health.publish(new FeedHealth.Coverage(count, late, accounts.count(), accountsLate), nowMs, output);
    }

    private @Nullable String partial(int late, int accountsLate, long nowMs) {
        if (!connection.isOpen()) {
            return "no connection for trades and books: " + lastProblem;
        }
        if (!reference.missing().isEmpty()) {
            return "the venue does not list " + String.join(", ", reference.missing());
        }
        if (late > 0) {
            return late + " markets have said nothing for " + marketLateMs + " ms";
        }
        if (subscriptionsLeftOut > 0) {
            return subscriptionsLeftOut + " subscriptions are above the venue's limit of " + MOST_SUBSCRIPTIONS;
        }
        if (channels.lastError() != null) {
            return "the venue says " + channels.lastError();
        }
        if (accountsLate > 0) {
            return accountsLate + " accounts wait for longer than the weight budget allows";
        }
        if (accounts.isFull()) {
            return "more accounts trade than " + HyperliquidConfig.MOST_ACCOUNTS + " allows";
        }
        return liquidations.isBehind(nowMs - LATE_MS) ? "fills that may hold liquidations are not answered for" : null;
    }

    @Override
    public void close() {
        connection.close();
    }
}
