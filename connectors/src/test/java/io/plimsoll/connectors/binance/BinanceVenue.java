package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.binance.BinanceState.Market;
import io.plimsoll.connectors.feed.FaultyVenue;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A local venue that speaks Binance's futures protocol: requests with their weights and signatures, and the routed streams
 * with their limits.
 */
final class BinanceVenue extends FaultyVenue {

    static final int ALLOWED_WEIGHT = 2_400;
    static final String KEY = "the-key-of-the-test";
    static final String SECRET = "the-secret-of-the-test";

    private static final Limit LIMIT = new Limit("weight", ALLOWED_WEIGHT, 60_000);
    private static final int MOST_MESSAGES_A_SECOND = 10;
    private static final int MOST_STREAMS = 1_024;
    private static final int LONGEST_MESSAGE = 4_096;
    private static final long PING_EVERY_MS = 180_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "{\"stream\":\"btcusdt@depth@500ms\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\"}}",
            "{\"stream\":\"!markPrice@arr@1s\",\"data\":[{\"e\":\"markPriceUpdate\",\"s\":\"BTCUSDT\",\"E\":1,\"p\":\"a lot\"}]}",
            "{\"stream\":\"!forceOrder@arr\",\"data\":{\"e\":\"forceOrder\"}}",
            "{\"stream\":\"x\"}",
            "<html>busy</html>",
            "",
            "[]",
            "{}");

    private final BinanceState state;
    private final Map<String, JsonNode> old = new HashMap<>();
    private final Map<String, String> forcedByText = new HashMap<>();
    private final Set<String> deliveredForced = new LinkedHashSet<>();
    private final Map<String, Integer> saidWithin = new HashMap<>();
    private long pingedMs;

    BinanceVenue(BinanceState state, TestClock clock, long connectionLifeMs, long seed) {
        super(
                clock,
                Set.of("/fapi/v1/{what}", "/dapi/v1/{what}", "/dapi/v2/{what}"),
                Set.of("/public/stream", "/market/stream", "/stream"),
                connectionLifeMs,
                Long.MAX_VALUE,
                seed);
        this.state = state;
    }

    /** Runs the connector against this venue. */
    TaskDriver driver() {
        boolean inverse = state.product == Product.COINM;
        TaskDriver driver = inverse
                ? new TaskDriver(BinanceCoinmSourceConnector::new, BinanceCoinmSourceTask::new, this)
                : new TaskDriver(BinanceUsdmSourceConnector::new, BinanceUsdmSourceTask::new, this);
        return driver.with("rest.url", http())
                .with("websocket.market.url", ws() + (inverse ? "/stream" : "/market/stream"))
                .with("websocket.depth.url", ws() + (inverse ? "/stream" : "/public/stream"));
    }

    /** Forced orders that went out whole to someone, by their ids. */
    synchronized Set<String> deliveredForced() {
        return new LinkedHashSet<>(deliveredForced);
    }

    @Override
    public synchronized void requests(RequestFault fault) {
        if (fault == RequestFault.STALE) {
            for (Market market : state.markets.values()) {
                old.put("depth" + market.symbol, state.book(market, 500, clock.millis()));
                old.put("openInterest" + market.symbol, openInterest(market));
            }
        }
        super.requests(fault);
    }

    /** Says what there is to say now. */
    synchronized void publish(List<ObjectNode> forced) {
        long nowMs = clock.millis();
        expire();
        if (nowMs - pingedMs >= PING_EVERY_MS) {
            pingedMs = nowMs;
            ping();
        }
        ArrayNode marks = JSON.createArrayNode();
        ArrayNode volumes = JSON.createArrayNode();
        for (Market market : state.markets.values()) {
            ObjectNode mark = state.mark(market, nowMs);
            marks.add(mark);
            volumes.addObject()
                    .put("e", "24hrMiniTicker")
                    .put("E", nowMs)
                    .put("s", market.symbol)
                    .put("v", market.dayVolume.toPlainString());
            tell(lower(market.symbol) + "@markPrice@1s", mark, true);
            tell(
                    lower(market.pair) + "@indexPrice@1s",
                    object().put("e", "indexPriceUpdate")
                            .put("E", nowMs)
                            .put("i", market.pair)
                            .put("p", state.index(market).toPlainString()),
                    false);
            ObjectNode change = state.change(market);
            if (change != null) {
                tell(
                        lower(market.symbol) + "@depth@500ms",
                        change.put("E", nowMs).put("T", nowMs - 9),
                        true);
            }
        }
        ArrayNode assets = JSON.createArrayNode();
        assets.addObject()
                .put("e", "assetIndexUpdate")
                .put("E", nowMs)
                .put("s", "USDTUSD")
                .put("i", state.usdt.toPlainString());
        assets.addObject()
                .put("e", "assetIndexUpdate")
                .put("E", nowMs)
                .put("s", "BTCUSD")
                .put("i", state.btc.toPlainString());
        tell("!assetIndex@arr", assets, false);
        tell("!miniTicker@arr", volumes, false);
        tell("!markPrice@arr@1s", marks, true);
        for (ObjectNode order : forced) {
            forcedByText.put(
                    message("!forceOrder@arr", order),
                    state.forced.entrySet().stream()
                            .filter(entry -> entry.getValue() == order)
                            .findFirst()
                            .orElseThrow()
                            .getKey());
            tell("!forceOrder@arr", order, true);
        }
    }

    private void tell(String stream, JsonNode data, boolean mayBeLate) {
        tell(stream, message(stream, data), mayBeLate);
    }

    private static String message(String stream, JsonNode data) {
        ObjectNode message = object().put("stream", stream);
        message.set("data", data);
        return message.toString();
    }

    @Override
    protected void delivered(String text) {
        String id = forcedByText.get(text);
        if (id != null) {
            deliveredForced.add(id);
        }
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void said(Client client, String text) {
        String second = System.identityHashCode(client) + " " + clock.millis() / 1_000;
        if (saidWithin.merge(second, 1, Integer::sum) > MOST_MESSAGES_A_SECOND || text.length() > LONGEST_MESSAGE) {
            complain("too many messages, or one of " + text.length());
            end(client, true);
            return;
        }
        JsonNode message = read(text);
        ObjectNode answer = object().putNull("result");
        switch (message.path("method").asText()) {
            case "SUBSCRIBE" -> message.get("params").forEach(stream -> subscribe(client, stream.asText()));
            case "UNSUBSCRIBE" -> message.get("params").forEach(stream -> client.subscriptions.remove(stream.asText()));
            case "LIST_SUBSCRIPTIONS" -> client.subscriptions.forEach(answer.putArray("result")::add);
            default -> complain("unknown method in " + text);
        }
        answer.set("id", message.get("id"));
        send(client, answer.toString(), false);
    }

    private void subscribe(Client client, String stream) {
        boolean isDepth = stream.contains("@depth");
        boolean isRouted = client.path.equals("/stream") || client.path.equals("/public/stream") == isDepth;
        String of = stream.substring(0, stream.indexOf('@'));
        boolean isKnown = of.startsWith("!")
                || state.markets.values().stream()
                        .anyMatch(market -> of.equals(lower(market.symbol)) || of.equals(lower(market.pair)));
        if (!isRouted || !isKnown || (state.product == Product.COINM && stream.startsWith("!markPrice"))) {
            complain("no stream " + stream + " at " + client.path);
            return;
        }
        client.subscriptions.add(stream);
        if (client.subscriptions.size() > MOST_STREAMS) {
            complain("more than " + MOST_STREAMS + " streams");
        }
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected void refuse(Context response) {
        response.status(random.nextInt(3) == 0 ? 418 : 429).result("{\"code\":-1003,\"msg\":\"Too many requests\"}");
        if (random.nextBoolean()) {
            response.header("Retry-After", "10");
        }
    }

    @Override
    protected Reply answer(Request request) {
        String what = request.path().substring(request.path().lastIndexOf('/') + 1);
        Market market = state.markets.get(request.query().getOrDefault("symbol", ""));
        JsonNode before = requestFault() == RequestFault.STALE && random.nextBoolean() && market != null
                ? old.get(what + market.symbol)
                : null;
        return switch (what) {
            case "exchangeInfo" -> Reply.ok(state.exchangeInfo(), 1);
            case "fundingInfo" ->
                Reply.ok(
                        JSON.createArrayNode()
                                .add(object().put("symbol", "1000PEPEUSDT").put("fundingIntervalHours", 4)),
                        1);
            case "openInterest" ->
                market == null ? invalid() : Reply.ok(before == null ? openInterest(market) : before, 1);
            case "depth" -> {
                int limit = Integer.parseInt(request.query().get("limit"));
                yield market == null
                        ? invalid()
                        : Reply.ok(before == null ? state.book(market, limit, clock.millis()) : before, weight(limit));
            }
            case "leverageBracket" -> brackets(request);
            default -> new Reply(404, "no such request", 1);
        };
    }

    private static double weight(int limit) {
        return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
    }

    private static Reply invalid() {
        return new Reply(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", 1);
    }

    private JsonNode openInterest(Market market) {
        return object().put("symbol", market.symbol)
                .put("openInterest", market.openInterest.toPlainString())
                .put("time", clock.millis());
    }

    /** Only for the key's owner. */
    private Reply brackets(Request request) {
        Map<String, String> signed = new LinkedHashMap<>(request.query());
        String signature = signed.remove("signature");
        StringBuilder text = new StringBuilder();
        signed.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(value));
        boolean isKey = request.headers().entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("X-MBX-APIKEY")
                        && header.getValue().equals(KEY));
        if (!isKey || !signature(text.toString()).equals(signature)) {
            return new Reply(401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"}", 1);
        }
        ArrayNode all = JSON.createArrayNode();
        String floor = state.product == Product.COINM ? "qtylFloor" : "notionalFloor";
        for (Market market : state.markets.values()) {
            ArrayNode brackets = all.addObject().put("symbol", market.symbol).putArray("brackets");
            brackets.addObject()
                    .put("bracket", 1)
                    .put("initialLeverage", 125)
                    .put(floor, 0)
                    .put("maintMarginRatio", 0.004)
                    .put("cum", 0.0);
            brackets.addObject()
                    .put("bracket", 2)
                    .put("initialLeverage", 100)
                    .put(floor, 50_000)
                    .put("maintMarginRatio", 0.005)
                    .put("cum", 50.0);
        }
        return Reply.ok(all, 1);
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lower(String symbol) {
        return symbol.toLowerCase(Locale.ROOT);
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
