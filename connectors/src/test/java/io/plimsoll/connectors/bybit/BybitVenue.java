package io.plimsoll.connectors.bybit;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A local venue that speaks Bybit's protocol: snapshots and changes by topic, lists by page, tiers by market. */
final class BybitVenue extends FaultyVenue {

    static final int ALLOWED_REQUESTS = 130;

    private static final Limit LIMIT = new Limit("requests", ALLOWED_REQUESTS, 60_000);
    private static final long SILENCE_MS = 60_000;
    private static final int MOST_CHARACTERS = 21_000;
    private static final int PAGE = 2;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"delta\",\"ts\":1,\"data\":{\"markPrice\":\"a lot\"}}",
            "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"data\":[]}",
            "{\"topic\":\"orderbook.50.ETHUSDT\",\"type\":\"delta\",\"ts\":1,\"data\":{\"u\":\"x\"}}",
            "{\"topic\":\"orderbook.50.ETHUSDT\",\"type\":\"snapshot\",\"ts\":2,\"data\":{\"u\":7,\"b\":[[\"1\"]],\"a\":[]}}",
            "{\"topic\":\"allLiquidation.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1,\"data\":[{\"S\":\"Both\"}]}",
            "<html>busy</html>",
            "",
            "[]");

    final BybitState state;
    /** Liquidations that a client was told of while it could read them. */
    final List<String> toldLiquidations = new ArrayList<>();

    private JsonNode oldTickers;
    private boolean canBeRead = true;

    BybitVenue(BybitState state, TestClock clock, long connectionLifeMs, long seed) {
        super(
                clock,
                Set.of("/v5/market/instruments-info", "/v5/market/risk-limit", "/v5/market/tickers"),
                Set.of("/v5/public/linear"),
                connectionLifeMs,
                SILENCE_MS,
                seed);
        this.state = state;
        this.oldTickers = tickers();
    }

    TaskDriver driver() {
        return new TaskDriver(BybitSourceConnector::new, BybitSourceTask::new, this)
                .with("rest.url", http())
                .with("websocket.url", ws() + "/v5/public")
                .with("depth.levels", Integer.toString(BybitState.WINDOW));
    }

    @Override
    public synchronized void requests(RequestFault fault) {
        oldTickers = tickers();
        super.requests(fault);
    }

    @Override
    public synchronized void streams(StreamFault fault) {
        canBeRead = fault != StreamFault.GARBAGE && fault != StreamFault.LOSSY;
        super.streams(fault);
    }

    /** Says what has changed. */
    synchronized void publish() {
        expire();
        long nowMs = clock.millis();
        for (BybitState.Market market : state.markets.values()) {
            ObjectNode ticker = state.tickerDelta(market, nowMs);
            if (ticker != null) {
                tell("tickers." + market.symbol, ticker.toString(), true);
            }
            String book = "orderbook." + BybitState.WINDOW + "." + market.symbol;
            tell(book, state.bookDelta(market, nowMs).toString(), true);
        }
    }

    /** Reports liquidations of one market. */
    synchronized void liquidate(String symbol) {
        ObjectNode message = state.liquidations(state.markets.get(symbol), clock.millis());
        int before = sent();
        if (canBeRead) {
            tell("allLiquidation." + symbol, message.toString(), false);
        }
        if (sent() > before) {
            message.get("data").forEach(report -> toldLiquidations.add(shown(symbol, report)));
        }
    }

    private static String shown(String symbol, JsonNode report) {
        return symbol + " " + (report.get("S").asText().equals("Buy") ? "LONG" : "SHORT") + " "
                + report.get("v").asDouble() + " at " + report.get("p").asDouble() + " "
                + report.get("T").asLong();
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void said(Client client, String text) {
        JsonNode message = read(text);
        String operation = message.path("op").asText();
        switch (operation) {
            case "ping" -> acknowledge(client, "ping", "", true, "pong");
            case "subscribe" -> subscribe(client, message);
            case "unsubscribe" -> {
                message.get("args").forEach(topic -> {
                    if (!client.subscriptions.remove(topic.asText())) {
                        complain("not subscribed: " + topic);
                    }
                });
                acknowledge(client, operation, message.path("req_id").asText(), true, "");
            }
            default -> complain("unknown operation in " + text);
        }
    }

    private void subscribe(Client client, JsonNode message) {
        String id = message.path("req_id").asText();
        Set<String> topics = new LinkedHashSet<>();
        message.get("args").forEach(topic -> topics.add(topic.asText()));
        for (String topic : topics) {
            if (market(topic) == null) {
                acknowledge(client, "subscribe", id, false, "error:handler not found,topic:" + topic);
                return;
            }
        }
        for (String topic : topics) {
            if (!client.subscriptions.add(topic)) {
                complain("already subscribed: " + topic);
            }
        }
        if (client.subscriptions.stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
            complain("more than " + MOST_CHARACTERS + " characters of topics");
        }
        acknowledge(client, "subscribe", id, true, "");
        for (String topic : topics) {
            if (topic.startsWith("tickers.")) {
                send(client, state.tickerSnapshot(market(topic), clock.millis()).toString(), false);
            } else if (topic.startsWith("orderbook.")) {
                send(client, state.bookSnapshot(market(topic), clock.millis()).toString(), false);
            }
        }
    }

    private BybitState.Market market(String topic) {
        boolean isKnown = topic.startsWith("tickers.")
                || topic.startsWith("orderbook." + BybitState.WINDOW + ".")
                || topic.startsWith("allLiquidation.");
        return isKnown ? state.markets.get(topic.substring(topic.lastIndexOf('.') + 1)) : null;
    }

    private void acknowledge(Client client, String operation, String id, boolean isDone, String text) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("success", isDone)
                .put("ret_msg", text)
                .put("conn_id", "2324d924-aa4d-45b0-a858-7b8be29ab52b")
                .put("req_id", id)
                .put("op", operation);
        send(client, answer.toString(), false);
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected Reply answer(Request request) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", "linear");
        long timeMs = clock.millis();
        if (!"linear".equals(request.query().get("category"))) {
            complain("no category in " + request);
        }
        switch (request.path()) {
            case "/v5/market/instruments-info" -> {
                int from = Integer.parseInt(request.query().getOrDefault("cursor", "0"));
                ArrayNode list = result.putArray("list");
                state.markets.values().stream()
                        .skip(from)
                        .limit(PAGE)
                        .forEach(market -> list.add(state.listing(market)));
                result.put("nextPageCursor", from + PAGE < state.markets.size() ? "" + (from + PAGE) : "");
            }
            case "/v5/market/risk-limit" -> {
                ArrayNode list = result.putArray("list");
                state.tiers(state.markets.get(request.query().get("symbol"))).forEach(list::add);
                result.put("nextPageCursor", "");
            }
            default -> {
                boolean isOld = requestFault() == RequestFault.STALE;
                JsonNode answer = isOld ? oldTickers : tickers();
                result.set("list", answer.get("list"));
                timeMs = answer.get("time").asLong();
            }
        }
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("retCode", 0).put("retMsg", "OK");
        body.set("result", result);
        body.putObject("retExtInfo");
        return Reply.ok(body.put("time", timeMs), 1);
    }

    private JsonNode tickers() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("time", clock.millis());
        ArrayNode list = answer.putArray("list");
        for (BybitState.Market market : state.markets.values()) {
            ObjectNode row = list.addObject().put("symbol", market.symbol);
            market.ticker.forEach(row::put);
        }
        return answer;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
