package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.FaultyVenue;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A local indexer: numbered messages, snapshots on subscription, changes after, the venue's limits. */
final class Indexer extends FaultyVenue {

    static final double ALLOWED_REQUESTS = 100;

    private static final Limit LIMIT = new Limit("requests", ALLOWED_REQUESTS, 10_000);
    private static final int TRADES_AT_ONCE = 20;
    private static final long BEHIND_MS = 40_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "<html>busy</html>",
            "",
            "[]",
            "{\"type\":\"channel_data\",\"channel\":\"v4_orderbook\",\"id\":\"BTC-USD\"}",
            "{\"type\":\"channel_data\",\"message_id\":\"many\"}");

    private final IndexerState state;
    private final Map<Client, Integer> nextId = new IdentityHashMap<>();
    private final Map<String, Map<BigDecimal, BigDecimal>> saidBids = new HashMap<>();
    private final Map<String, Map<BigDecimal, BigDecimal>> saidAsks = new HashMap<>();
    private final Map<String, Integer> saidTrades = new HashMap<>();

    Indexer(IndexerState state, TestClock clock, long connectionLifeMs, long seed) {
        super(
                clock,
                Set.of("/v4/trades/perpetualMarket/{ticker}"),
                Set.of("/v4/ws"),
                connectionLifeMs,
                Long.MAX_VALUE,
                seed);
        this.state = state;
    }

    /** Runs the connector against this venue. */
    TaskDriver driver() {
        return new TaskDriver(DydxSourceConnector::new, DydxSourceTask::new, this)
                .with("rest.url", http() + "/v4")
                .with("websocket.url", ws() + "/v4/ws");
    }

    @Override
    protected Reply answer(Request request) {
        String ticker = request.path().substring(request.path().lastIndexOf('/') + 1);
        Instant notAfter = Instant.parse(request.query()
                .getOrDefault("createdBeforeOrAt", clock.instant().toString()));
        if (requestFault() == RequestFault.STALE && random.nextBoolean()) {
            Instant behind = clock.instant().minusMillis(BEHIND_MS);
            notAfter = notAfter.isBefore(behind) ? notAfter : behind;
        }
        // Smaller pages than asked for, so that several are needed.
        return Reply.ok(state.trades(state.markets.get(ticker), notAfter, 2 * TRADES_AT_ONCE), 1);
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void connected(Client client) {
        nextId.keySet().retainAll(clients());
        nextId.put(client, 0);
        say(client, object().put("type", "connected"), false);
    }

    @Override
    protected void said(Client client, String text) {
        JsonNode message = read(text);
        String channel = message.path("channel").asText();
        String id = message.path("id").asText();
        String subscription = channel + " " + id;
        switch (message.path("type").asText()) {
            case "subscribe" -> {
                ObjectNode contents = contents(channel, id);
                boolean tooMany = client.subscriptions.stream()
                                .filter(known -> known.startsWith(channel + " "))
                                .count()
                        >= (channel.equals(Line.ACCOUNT) ? 256 : 32);
                if (contents == null || tooMany || !client.subscriptions.add(subscription)) {
                    complain(text);
                    say(client, object().put("type", "error").put("message", "Invalid: " + text), false);
                    return;
                }
                ObjectNode answer = object().put("type", "subscribed")
                        .put("channel", channel)
                        .put("id", id);
                answer.set("contents", contents);
                say(client, answer, false);
            }
            case "unsubscribe" -> {
                client.subscriptions.remove(subscription);
                say(
                        client,
                        object().put("type", "unsubscribed")
                                .put("channel", channel)
                                .put("id", id),
                        false);
            }
            default -> complain(text);
        }
    }

    private ObjectNode contents(String channel, String id) {
        return switch (channel) {
            case Line.MARKETS -> state.list();
            case Line.BLOCKS ->
                object().put("height", "1").put("time", clock.instant().toString());
            case Line.BOOK -> state.markets.containsKey(id) ? state.book(state.markets.get(id)) : null;
            case Line.TRADES ->
                state.markets.containsKey(id) ? state.trades(state.markets.get(id), Instant.MAX, TRADES_AT_ONCE) : null;
            case Line.ACCOUNT -> state.accounts.containsKey(id) ? state.subaccount(state.accounts.get(id)) : null;
            default -> null;
        };
    }

    /** Says what has changed since the last time, of these accounts and of all markets. */
    synchronized void publish(List<IndexerState.Account> changed) {
        expire();
        change(
                Line.BLOCKS,
                "",
                object().put("blockHeight", "2").put("time", clock.instant().toString()),
                false);
        change(Line.MARKETS, "", state.marketChanges(clock.instant()), false);
        for (IndexerState.Market market : state.markets.values()) {
            ObjectNode book = IndexerState.bookChanges(
                    market,
                    saidBids.getOrDefault(market.ticker, Map.of()),
                    saidAsks.getOrDefault(market.ticker, Map.of()));
            saidBids.put(market.ticker, new TreeMap<>(market.bids));
            saidAsks.put(market.ticker, new TreeMap<>(market.asks));
            change(Line.BOOK, market.ticker, book, true);
            int from = saidTrades.getOrDefault(market.ticker, 0);
            if (from < market.trades.size()) {
                ObjectNode trades = object();
                trades.putArray("trades").addAll(market.trades.subList(from, market.trades.size()));
                change(Line.TRADES, market.ticker, trades, false);
            }
            saidTrades.put(market.ticker, market.trades.size());
        }
        changed.forEach(account -> change(Line.ACCOUNT, account.id, state.accountChange(account), false));
    }

    private void change(String channel, String id, ObjectNode contents, boolean isBook) {
        for (Client client : clients()) {
            if (client.subscriptions.contains(channel + " " + id)) {
                ObjectNode message =
                        object().put("channel", channel).put("id", id).put("version", "1.0.0");
                if (isBook) {
                    message.put("type", "channel_batch_data")
                            .putArray("contents")
                            .add(contents);
                } else {
                    message.put("type", "channel_data").set("contents", contents);
                }
                say(client, message, isBook);
            }
        }
    }

    private void say(Client client, ObjectNode message, boolean mayBeLate) {
        int id = nextId.merge(client, 1, Integer::sum) - 1;
        send(
                client,
                message.put("connection_id", "004a1efa").put("message_id", id).toString(),
                mayBeLate);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
