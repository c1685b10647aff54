package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.FaultyVenue;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A local venue that speaks Hyperliquid's protocol: the info endpoint with its weights, and the WebSocket with its
 * subscriptions, pings and limits.
 */
final class VenueServer extends FaultyVenue {

    static final int ALLOWED_WEIGHT = 1200;
    private static final Limit LIMIT = new Limit("weight", ALLOWED_WEIGHT, 60_000);
    private static final long SILENCE_MS = 60_000;
    private static final int MOST_SUBSCRIPTIONS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"levels\":\"none\"}}",
            "{\"channel\":\"activeAssetCtx\",\"data\":{\"coin\":\"BTC\",\"ctx\":{\"markPx\":\"a lot\"}}}",
            "{\"channel\":\"trades\",\"data\":[{\"coin\":\"ETH\"",
            "<html>busy</html>",
            "",
            "[]",
            "{\"channel\":\"userFills\",\"data\":{}}",
            "{\"channel\":\"bbo\",\"data\":{\"coin\":\"ETH\",\"time\":1,\"bbo\":[{}]}}");

    private final VenueState state;
    private final Map<String, ObjectNode> old = new HashMap<>();

    /** @param connectionLifeMs after which the venue cuts a connection, whatever happens on it */
    VenueServer(VenueState state, TestClock clock, long connectionLifeMs, long seed) {
        super(clock, Set.of("/info"), Set.of("/ws"), connectionLifeMs, SILENCE_MS, seed);
        this.state = state;
    }

    /** Runs the connector against this venue. */
    TaskDriver driver() {
        return new TaskDriver(HyperliquidSourceConnector::new, HyperliquidSourceTask::new, this)
                .with("info.url", http() + "/info")
                .with("websocket.url", ws() + "/ws");
    }

    @Override
    public synchronized void requests(RequestFault fault) {
        if (fault == RequestFault.STALE) {
            state.accounts.keySet().forEach(address -> old.put(address, state.clearinghouse(address, clock.millis())));
        }
        super.requests(fault);
    }

    /** Says what there is to say now: all contexts, books and quotes, and the trades given. */
    synchronized void publish(List<ObjectNode> trades) {
        long nowMs = clock.millis();
        expire();
        for (VenueState.Market market : state.markets.values()) {
            ObjectNode context = object().put("coin", market.coin);
            context.set("ctx", state.context(market));
            tell("activeAssetCtx " + market.coin, "activeAssetCtx", context);
            tell("bbo " + market.coin, "bbo", state.quote(market, nowMs));
            tell("l2Book " + market.coin, "l2Book", state.book(market, nowMs));
            ArrayNode list = JSON.createArrayNode();
            trades.stream()
                    .filter(trade -> trade.get("coin").textValue().equals(market.coin))
                    .forEach(list::add);
            if (!list.isEmpty()) {
                tell("trades " + market.coin, "trades", list);
            }
        }
        for (VenueState.Account account : state.accounts.values()) {
            List<ObjectNode> fresh = account.fills.stream()
                    .filter(fill -> fill.get("time").longValue() == nowMs)
                    .toList();
            if (!fresh.isEmpty()) {
                tell("userFills " + account.address, "userFills", fills(account, fresh));
            }
        }
    }

    /** Books and quotes may come late. */
    private void tell(String subscription, String channel, JsonNode data) {
        ObjectNode message = object().put("channel", channel);
        message.set("data", data);
        tell(subscription, message.toString(), channel.equals("l2Book") || channel.equals("bbo"));
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void said(Client client, String text) {
        JsonNode message = read(text);
        switch (message.path("method").asText()) {
            case "ping" -> send(client, "{\"channel\":\"pong\"}", false);
            case "subscribe" -> subscribe(client, message.get("subscription"));
            default -> complain(client, "unknown method in " + text);
        }
    }

    private void subscribe(Client client, JsonNode subscription) {
        String type = subscription.path("type").asText();
        String of =
                subscription.path(type.equals("userFills") ? "user" : "coin").asText();
        boolean known =
                List.of("activeAssetCtx", "l2Book", "bbo", "trades").contains(type) && state.markets.containsKey(of);
        if (!known && !(type.equals("userFills") && of.startsWith("0x"))) {
            complain(client, "Invalid subscription " + subscription);
            return;
        }
        if (!client.subscriptions.add(type + " " + of) || client.subscriptions.size() > MOST_SUBSCRIPTIONS) {
            complain(client, "Already subscribed, or too often: " + subscription);
            return;
        }
        ObjectNode response = object().put("channel", "subscriptionResponse");
        response.putObject("data").put("method", "subscribe").set("subscription", subscription);
        send(client, response.toString(), false);
        if (type.equals("userFills")) {
            VenueState.Account account = state.account(of);
            ObjectNode message = object().put("channel", "userFills");
            message.set("data", fills(account, account.fills).put("isSnapshot", true));
            send(client, message.toString(), false);
        }
    }

    private void complain(Client client, String what) {
        complain(what);
        send(client, object().put("channel", "error").put("data", what).toString(), false);
    }

    private static ObjectNode fills(VenueState.Account account, List<ObjectNode> fills) {
        ObjectNode data = object().put("user", account.address);
        data.putArray("fills").addAll(fills);
        return data;
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected Reply answer(Request request) {
        JsonNode body = read(request.body());
        return switch (body.path("type").asText()) {
            case "metaAndAssetCtxs" -> Reply.ok(state.metaAndContexts(), 20);
            case "clearinghouseState" -> {
                String user = body.path("user").asText();
                yield Reply.ok(
                        requestFault() == RequestFault.STALE && random.nextBoolean() && old.containsKey(user)
                                ? old.get(user)
                                : state.clearinghouse(user, clock.millis()),
                        2);
            }
            case "userFillsByTime" -> {
                ArrayNode list = JSON.createArrayNode();
                state.account(body.path("user").asText()).fills.stream()
                        .filter(fill -> fill.get("time").longValue()
                                >= body.path("startTime").longValue())
                        .limit(2_000)
                        .forEach(list::add);
                yield Reply.ok(list, 20 + list.size() / 20);
            }
            default -> throw new IllegalArgumentException("no such request: " + body);
        };
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
