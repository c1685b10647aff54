package io.plimsoll.connectors.okx;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A local venue that speaks OKX's protocol: channels by market, lists by type, tiers by family. */
final class OkxVenue extends FaultyVenue {

    static final int ALLOWED_REQUESTS = 70;

    private static final Limit LIMIT = new Limit("requests", ALLOWED_REQUESTS, 60_000);
    private static final long SILENCE_MS = 30_000;
    private static final int OPERATIONS_PER_HOUR = 480;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"BTC-USDT-SWAP\"},\"data\":[{\"markPx\":\"a lot\",\"ts\":\"1\"}]}",
            "{\"arg\":{\"channel\":\"books\",\"instId\":\"ETH-USDT-SWAP\"},\"action\":\"update\",\"data\":[{\"seqId\":\"x\"}]}",
            "{\"arg\":{\"channel\":\"books\",\"instId\":\"ETH-USDT-SWAP\"},\"data\":[{}]}",
            "{\"arg\":{\"channel\":\"open-interest\",\"instId\":\"BTC-USDT-SWAP\"},\"data\":{}}",
            "{\"arg\":{\"channel\":\"liquidation-orders\"},\"data\":[{\"instId\":\"BTC-USDT-SWAP\",\"details\":[{\"posSide\":\"net\"}]}]}",
            "<html>busy</html>",
            "",
            "[]");

    final OkxState state;
    /** Liquidations that a client was told of while it could read them. */
    final List<String> toldLiquidations = new ArrayList<>();

    private final Map<Client, Integer> operations = new HashMap<>();
    private boolean canBeRead = true;

    OkxVenue(OkxState state, TestClock clock, long connectionLifeMs, long seed) {
        super(
                clock,
                Set.of("/api/v5/public/instruments", "/api/v5/public/position-tiers"),
                Set.of("/ws/v5/public"),
                connectionLifeMs,
                SILENCE_MS,
                seed);
        this.state = state;
    }

    TaskDriver driver() {
        return new TaskDriver(OkxSourceConnector::new, OkxSourceTask::new, this)
                .with("rest.url", http())
                .with("websocket.url", ws() + "/ws/v5/public");
    }

    @Override
    public synchronized void streams(StreamFault fault) {
        canBeRead = fault != StreamFault.GARBAGE && fault != StreamFault.LOSSY;
        super.streams(fault);
    }

    /** Says what there is to say now. */
    synchronized void publish() {
        expire();
        long nowMs = clock.millis();
        for (OkxState.Market market : state.markets.values()) {
            say(state.markPrice(market, nowMs));
            say(state.openInterest(market, nowMs));
            say(state.ticker(market, nowMs));
            say(state.indexTicker(market, nowMs));
            if (market.isSwap()) {
                say(state.fundingRate(market, nowMs));
            }
            say(state.bookUpdate(market, nowMs));
        }
    }

    private void say(ObjectNode message) {
        tell(message.get("arg").toString(), message.toString(), true);
    }

    /** Says that connections will be closed, and closes them a moment later. */
    synchronized void upgrade() {
        for (String subscription : List.of("{\"channel\":\"liquidation-orders\",\"instType\":\"SWAP\"}")) {
            tell(
                    subscription,
                    "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"The connection will soon be closed for a service"
                            + " upgrade. Please reconnect.\",\"connId\":\"a4d3ae55\"}",
                    false);
        }
    }

    /** Reports liquidations of one market. */
    synchronized void liquidate(String symbol) {
        OkxState.Market market = state.markets.get(symbol);
        ObjectNode message = state.liquidations(market, clock.millis());
        int before = sent();
        if (canBeRead) {
            tell(message.get("arg").toString(), message.toString(), false);
        }
        if (sent() > before) {
            JsonNode detail = message.at("/data/0/details/0");
            double size = Double.parseDouble(detail.get("sz").asText()) * Double.parseDouble(market.face);
            double price = Double.parseDouble(detail.get("bkPx").asText());
            toldLiquidations.add(String.format(
                    "%s %s %.9f at %s %s",
                    symbol,
                    detail.get("side").asText().equals("sell") ? "LONG" : "SHORT",
                    market.isInverse ? size / price : size,
                    price,
                    detail.get("ts").asText()));
        }
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void said(Client client, String text) {
        if (text.equals("ping")) {
            send(client, "pong", false);
            return;
        }
        JsonNode message = read(text);
        if (operations.merge(client, 1, Integer::sum) > OPERATIONS_PER_HOUR) {
            complain("more than " + OPERATIONS_PER_HOUR + " operations on one connection");
        }
        boolean isSubscribed = message.path("op").asText().equals("subscribe");
        if (!isSubscribed && !message.path("op").asText().equals("unsubscribe")) {
            complain("unknown operation in " + text);
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (JsonNode argument : message.get("args")) {
            if (!seen.add(argument.toString())) {
                complain("twice in one message: " + argument);
            }
            if (isSubscribed) {
                subscribe(client, argument, message.path("id").asText());
            } else {
                client.subscriptions.remove(argument.toString());
                acknowledge(client, "unsubscribe", argument, message.path("id").asText());
            }
        }
    }

    private void subscribe(Client client, JsonNode argument, String id) {
        String channel = argument.path("channel").asText();
        String instrument = argument.path("instId").asText();
        OkxState.Market market = state.markets.get(instrument);
        boolean isIndex = channel.equals("index-tickers")
                && state.markets.values().stream().anyMatch(one -> one.underlying.equals(instrument));
        boolean isLiquidations = channel.equals("liquidation-orders") && argument.has("instType");
        if (market == null && !isIndex && !isLiquidations) {
            send(
                    client,
                    "{\"event\":\"error\",\"id\":\"" + id + "\",\"code\":\"60018\",\"msg\":\"Wrong URL or channel:"
                            + channel + ",instId:" + instrument + " doesn't exist.\"}",
                    false);
            return;
        }
        if (!client.subscriptions.add(argument.toString())) {
            complain("already subscribed: " + argument);
        }
        acknowledge(client, "subscribe", argument, id);
        long nowMs = clock.millis();
        JsonNode first = market == null
                ? null
                : switch (channel) {
                    case "mark-price" -> state.markPrice(market, nowMs);
                    case "open-interest" -> state.openInterest(market, nowMs);
                    case "tickers" -> state.ticker(market, nowMs);
                    case "funding-rate" -> state.fundingRate(market, nowMs);
                    case "books" -> state.bookSnapshot(market, nowMs);
                    default -> null;
                };
        if (first != null) {
            send(client, first.toString(), false);
        } else if (market != null) {
            complain("unknown channel " + channel);
        }
    }

    private void acknowledge(Client client, String event, JsonNode argument, String id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", id).put("event", event);
        answer.set("arg", argument);
        send(client, answer.put("connId", "a4d3ae55").toString(), false);
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected Reply answer(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("code", "0").put("msg", "");
        String type = request.query().get("instType");
        if (request.path().endsWith("instruments")) {
            ArrayNode list = body.putArray("data");
            state.markets.values().stream()
                    .filter(market -> market.type().equals(type))
                    .forEach(market -> list.add(state.listing(market)));
        } else {
            if (!"cross".equals(request.query().get("tdMode"))) {
                complain("no margin mode in " + request);
            }
            body.set("data", state.tiers(request.query().get("instFamily")));
        }
        return Reply.ok(body, 1);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
