package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A local venue that speaks Hyperliquid's protocol: the info endpoint with its weights, and the WebSocket with its
 * subscriptions, pings and limits. It fails as it is told to.
 */
final class VenueServer implements AutoCloseable {

    /** What the info endpoint does. */
    enum RequestFault {
        NONE,
        ERROR,
        HTML,
        TRUNCATED,
        THROTTLED,
        /** Answers for accounts from a server that is behind. */
        STALE,
        /** Does not answer until told otherwise. */
        HANGING
    }

    /** What connections do. */
    enum StreamFault {
        NONE,
        /** Says nothing any more, but does not close. */
        MUTE,
        GARBAGE,
        TWICE,
        /** Books and quotes come a moment later, after newer ones. */
        OUT_OF_ORDER,
        /** Every second message is lost. */
        LOSSY
    }

    static final int ALLOWED_WEIGHT = 1200;
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

    /** One connection. */
    private static final class Client {

        final WsContext socket;
        final Set<String> subscriptions = new LinkedHashSet<>();
        final List<String> late = new ArrayList<>();
        long heardMs;
        final long openedMs;
        boolean isMute;

        Client(WsContext socket, long nowMs) {
            this.socket = socket;
            this.heardMs = nowMs;
            this.openedMs = nowMs;
        }
    }

    private final VenueState state;
    private final TestClock clock;
    private final long connectionLifeMs;
    private final Random random;
    private final Javalin javalin;
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, ObjectNode> old = new HashMap<>();
    private final Set<String> complaints = new LinkedHashSet<>();

    private RequestFault requestFault = RequestFault.NONE;
    private StreamFault streamFault = StreamFault.NONE;
    private CountDownLatch hanging = new CountDownLatch(0);
    private long minute;
    private double weight;
    private double mostWeight;
    private int refused;
    private int connections;
    private int sent;

    /** @param connectionLifeMs after which the venue cuts a connection, whatever happens on it */
    VenueServer(VenueState state, TestClock clock, long connectionLifeMs, long seed) {
        this.state = state;
        this.clock = clock;
        this.connectionLifeMs = connectionLifeMs;
        this.random = new Random(seed);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.routes.post("/info", this::info);
            config.routes.ws("/ws", socket -> {
                socket.onConnect(this::connected);
                socket.onMessage(message -> said(message.sessionId(), message.message()));
                socket.onClose(closed -> forget(closed.sessionId()));
            });
        });
        javalin.start("127.0.0.1", 0);
    }

    String infoUrl() {
        return "http://127.0.0.1:" + javalin.port() + "/info";
    }

    String webSocketUrl() {
        return "ws://127.0.0.1:" + javalin.port() + "/ws";
    }

    synchronized void requests(RequestFault fault) {
        if (fault == RequestFault.STALE) {
            state.accounts.keySet().forEach(address -> old.put(address, state.clearinghouse(address, clock.millis())));
        }
        hanging.countDown();
        hanging = new CountDownLatch(fault == RequestFault.HANGING ? 1 : 0);
        requestFault = fault;
    }

    synchronized void streams(StreamFault fault) {
        streamFault = fault;
        clients.values().forEach(client -> client.isMute |= fault == StreamFault.MUTE);
    }

    /** Ends all connections, with or without saying so. */
    synchronized void cut(boolean politely) {
        clients.values().forEach(client -> end(client, politely));
        clients.clear();
    }

    synchronized double mostWeight() {
        return mostWeight;
    }

    synchronized int refused() {
        return refused;
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int sent() {
        return sent;
    }

    /** What a client has done that the venue does not allow. */
    synchronized Set<String> complaints() {
        return new LinkedHashSet<>(complaints);
    }

    /** Lets something happen at the venue while nobody looks. */
    synchronized void happen(Runnable what) {
        what.run();
    }

    /** Says what there is to say now: all contexts, books and quotes, and the trades given. */
    synchronized void publish(List<ObjectNode> trades) {
        long nowMs = clock.millis();
        for (Client client : List.copyOf(clients.values())) {
            if (nowMs - client.heardMs >= SILENCE_MS || nowMs - client.openedMs >= connectionLifeMs) {
                end(client, true);
                clients.remove(client.socket.sessionId());
            }
        }
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

    private void tell(String subscription, String channel, JsonNode data) {
        ObjectNode message = object().put("channel", channel);
        message.set("data", data);
        for (Client client : List.copyOf(clients.values())) {
            if (client.subscriptions.contains(subscription)) {
                send(client, message.toString(), channel);
            }
        }
    }

    private void send(Client client, String text, String channel) {
        if (client.isMute) {
            return;
        }
        switch (streamFault) {
            case GARBAGE -> put(client, random.nextBoolean() ? text : garbled(text));
            case TWICE -> {
                put(client, text);
                put(client, text);
            }
            case LOSSY -> {
                if (random.nextBoolean()) {
                    put(client, text);
                }
            }
            case OUT_OF_ORDER -> {
                List<String> late = List.copyOf(client.late);
                client.late.clear();
                if ((channel.equals("l2Book") || channel.equals("bbo")) && random.nextBoolean()) {
                    client.late.add(text);
                } else {
                    put(client, text);
                }
                late.forEach(before -> put(client, before));
            }
            default -> {
                client.late.forEach(before -> put(client, before));
                client.late.clear();
                put(client, text);
            }
        }
    }

    private String garbled(String text) {
        return random.nextBoolean()
                ? text.substring(0, random.nextInt(text.length()))
                : GARBAGE.get(random.nextInt(GARBAGE.size()));
    }

    private void put(Client client, String text) {
        if (client.socket.session.isOpen()) {
            client.socket.send(text);
            sent++;
        }
    }

    private static void end(Client client, boolean politely) {
        if (politely) {
            client.socket.closeSession(1000, "Expired");
        } else {
            client.socket.session.disconnect();
        }
    }

    private synchronized void connected(WsContext socket) {
        connections++;
        clients.put(socket.sessionId(), new Client(socket, clock.millis()));
    }

    private synchronized void forget(String session) {
        clients.remove(session);
    }

    private synchronized void said(String session, String text) {
        Client client = clients.get(session);
        if (client == null) {
            return;
        }
        client.heardMs = clock.millis();
        JsonNode message = read(text);
        switch (message.path("method").asText()) {
            case "ping" -> send(client, "{\"channel\":\"pong\"}", "pong");
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
        send(client, response.toString(), "subscriptionResponse");
        if (type.equals("userFills")) {
            VenueState.Account account = state.account(of);
            ObjectNode message = object().put("channel", "userFills");
            message.set("data", fills(account, account.fills).put("isSnapshot", true));
            send(client, message.toString(), "userFills");
        }
    }

    private void complain(Client client, String what) {
        complaints.add(what);
        send(client, object().put("channel", "error").put("data", what).toString(), "error");
    }

    private static ObjectNode fills(VenueState.Account account, List<ObjectNode> fills) {
        ObjectNode data = object().put("user", account.address);
        data.putArray("fills").addAll(fills);
        return data;
    }

    private void info(Context request) throws InterruptedException {
        CountDownLatch wait;
        JsonNode body = read(request.body());
        boolean tooMuch;
        synchronized (this) {
            double costs = weight(body, answer(body));
            long now = clock.millis() / 60_000;
            weight = now == minute ? weight + costs : costs;
            minute = now;
            mostWeight = Math.max(mostWeight, weight);
            tooMuch = weight > ALLOWED_WEIGHT;
            wait = hanging;
        }
        wait.await();
        synchronized (this) {
            respond(request, answer(body), tooMuch);
        }
    }

    private void respond(Context request, JsonNode answer, boolean tooMuch) {
        String text = answer.toString();
        if (requestFault == RequestFault.THROTTLED || tooMuch) {
            refused++;
            request.status(429);
            if (random.nextBoolean()) {
                request.header("Retry-After", "10");
            }
        } else if (requestFault == RequestFault.ERROR) {
            request.status(random.nextBoolean() ? 500 : 503).result("overloaded");
        } else if (requestFault == RequestFault.HTML) {
            request.contentType("text/html").result("<html><body>Bad gateway</body></html>");
        } else if (requestFault == RequestFault.TRUNCATED) {
            request.contentType("application/json").result(text.substring(0, random.nextInt(text.length())));
        } else {
            request.contentType("application/json").result(text);
        }
    }

    private JsonNode answer(JsonNode body) {
        return switch (body.path("type").asText()) {
            case "metaAndAssetCtxs" -> state.metaAndContexts();
            case "clearinghouseState" -> {
                String user = body.path("user").asText();
                yield requestFault == RequestFault.STALE && random.nextBoolean() && old.containsKey(user)
                        ? old.get(user)
                        : state.clearinghouse(user, clock.millis());
            }
            case "userFillsByTime" -> {
                ArrayNode list = JSON.createArrayNode();
                state.account(body.path("user").asText()).fills.stream()
                        .filter(fill -> fill.get("time").longValue()
                                >= body.path("startTime").longValue())
                        .limit(2_000)
                        .forEach(list::add);
                yield list;
            }
            default -> throw new IllegalArgumentException("no such request: " + body);
        };
    }

    private static double weight(JsonNode body, JsonNode answer) {
        return switch (body.path("type").asText()) {
            case "clearinghouseState" -> 2;
            case "userFillsByTime" -> 20 + answer.size() / 20;
            default -> 20;
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

    @Override
    public void close() {
        requests(RequestFault.NONE);
        javalin.stop();
    }
}
