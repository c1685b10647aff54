package io.plimsoll.connectors.deribit;

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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A local venue that speaks Deribit's JSON-RPC: credits, heartbeats that must be answered, numbered changes of books. */
final class DeribitVenue extends FaultyVenue {

    static final double POOL = 50_000;

    private static final double REFILL_PER_MS = 10;
    private static final int PAGE = 25;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GARBAGE = List.of(
            "<html>busy</html>",
            "",
            "[]",
            "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"book.BTC-PERPETUAL.100ms\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"trades.future.BTC.100ms\",\"data\":[{}]}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"ticker.ETH-PERPETUAL.100ms\",\"data\":{}}}");

    private static final class Beat {

        private long everyMs;
        private long testedMs;
        private boolean isWaiting;
    }

    private final DeribitState state;
    private final Map<Client, Beat> beats = new IdentityHashMap<>();
    private double credits = POOL;
    private long creditedMs;
    private int said;
    private int answersRefused;
    private boolean refusesAll;

    DeribitVenue(DeribitState state, TestClock clock, long connectionLifeMs, long seed) {
        super(clock, Set.of(), Set.of("/ws/api/v2"), connectionLifeMs, Long.MAX_VALUE, seed);
        this.state = state;
        this.creditedMs = clock.millis();
    }

    /** Runs the connector against this venue. */
    TaskDriver driver() {
        return new TaskDriver(DeribitSourceConnector::new, DeribitSourceTask::new, this)
                .with("websocket.url", ws() + "/ws/api/v2")
                .with("currencies", "BTC,ETH,USDC");
    }

    /** Whether every request is answered with too_many_requests. */
    synchronized void refuseAll(boolean refuses) {
        refusesAll = refuses;
    }

    synchronized int answersRefused() {
        return answersRefused;
    }

    @Override
    protected Reply answer(Request request) {
        throw new IllegalStateException("nothing is asked for over HTTP");
    }

    @Override
    protected Limit limit(Request request) {
        throw new IllegalStateException("nothing is asked for over HTTP");
    }

    @Override
    protected List<String> garbage() {
        return GARBAGE;
    }

    @Override
    protected void said(Client client, String text) {
        JsonNode message = read(text);
        long id = message.path("id").longValue();
        String method = message.path("method").asText();
        JsonNode params = message.path("params");
        credits = Math.min(POOL, credits + (clock.millis() - creditedMs) * REFILL_PER_MS);
        creditedMs = clock.millis();
        double costs = method.equals(Rpc.INSTRUMENTS) ? 10_000 : 500;
        if (refusesAll || credits < costs) {
            if (!refusesAll) {
                complain("more than the credits allow: " + text);
            }
            answersRefused++;
            ObjectNode refusal = object().put("jsonrpc", "2.0").put("id", id);
            refusal.putObject("error").put("code", 10028).put("message", "too_many_requests");
            send(client, refusal.toString(), false);
            return;
        }
        credits -= costs;
        switch (method) {
            case Rpc.HEARTBEAT -> {
                Beat beat = new Beat();
                beat.everyMs = params.path("interval").longValue() * 1_000;
                beat.testedMs = clock.millis();
                if (beat.everyMs < 10_000) {
                    complain(text);
                }
                beats.put(client, beat);
                result(client, id, JsonNodeFactory.instance.textNode("ok"));
            }
            case Rpc.TEST -> {
                Beat beat = beats.get(client);
                if (beat != null) {
                    beat.isWaiting = false;
                }
                result(client, id, object().put("version", "1.2.26"));
            }
            case Rpc.INSTRUMENTS ->
                result(client, id, state.instruments(params.path("currency").asText()));
            case Rpc.TRADES ->
                result(
                        client,
                        id,
                        state.trades(
                                params.path("currency").asText(),
                                params.path("start_timestamp").longValue(),
                                PAGE));
            case Rpc.SUBSCRIBE, Rpc.UNSUBSCRIBE -> {
                result(client, id, params.path("channels"));
                params.path("channels").forEach(channel -> subscribe(client, method, channel.asText()));
            }
            default -> complain(text);
        }
    }

    private void subscribe(Client client, String method, String channel) {
        if (method.equals(Rpc.UNSUBSCRIBE)) {
            client.subscriptions.remove(channel);
            return;
        }
        if (client.subscriptions.add(channel) && channel.startsWith("book.")) {
            DeribitState.Market market =
                    state.markets.get(channel.substring("book.".length(), channel.lastIndexOf('.')));
            send(client, notification(channel, state.book(market, clock.millis())), false);
        }
    }

    private void result(Client client, long id, JsonNode result) {
        ObjectNode answer =
                object().put("jsonrpc", "2.0").put("id", id).put("usIn", 1).put("usOut", 2);
        answer.set("result", result);
        send(client, answer.toString(), false);
    }

    /** Says what has changed since the last time; with time, connections are tested. */
    synchronized void publish() {
        expire();
        test();
        for (DeribitState.Market market : state.markets.values()) {
            String ticker = "ticker." + market.name + ".100ms";
            tell(ticker, notification(ticker, state.ticker(market, clock.millis())), true);
            String book = "book." + market.name + ".100ms";
            tell(book, notification(book, state.moveBook(market, clock.millis())), true);
        }
        for (String currency : List.of("BTC", "ETH", "USDC")) {
            ArrayNode fresh = JSON.createArrayNode();
            state.trades.subList(said, state.trades.size()).stream()
                    .filter(trade -> state.markets
                            .get(trade.get("instrument_name").textValue())
                            .settle
                            .equals(currency))
                    .forEach(fresh::add);
            if (!fresh.isEmpty()) {
                String channel = "trades.future." + currency + ".100ms";
                tell(channel, notification(channel, fresh), false);
            }
        }
        said = state.trades.size();
    }

    private void test() {
        beats.keySet().retainAll(clients());
        beats.forEach((client, beat) -> {
            if (clock.millis() - beat.testedMs >= beat.everyMs) {
                if (beat.isWaiting) {
                    end(client, true);
                } else {
                    beat.testedMs = clock.millis();
                    beat.isWaiting = true;
                    ObjectNode message = object().put("jsonrpc", "2.0").put("method", "heartbeat");
                    message.putObject("params").put("type", "test_request");
                    send(client, message.toString(), false);
                }
            }
        });
    }

    private static String notification(String channel, JsonNode data) {
        ObjectNode message = object().put("jsonrpc", "2.0").put("method", "subscription");
        message.putObject("params").put("channel", channel).set("data", data);
        return message.toString();
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
