package io.plimsoll.connectors.feed;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A local venue over HTTP and WebSocket, for tests. It fails as it is told to; what it says and what it allows is its
 * venue's to add. All of a venue's methods are called one at a time.
 */
public abstract class FaultyVenue implements AutoCloseable {

    /** What requests meet with. */
    public enum RequestFault {
        NONE,
        ERROR,
        HTML,
        TRUNCATED,
        THROTTLED,
        /** Answers as a server that is behind, where the venue knows how to. */
        STALE,
        /** Does not answer until told otherwise. */
        HANGING
    }

    /** What connections do. */
    public enum StreamFault {
        NONE,
        /** Says nothing any more, but does not close. */
        MUTE,
        GARBAGE,
        TWICE,
        /** What the venue says may be late comes a moment later, after what is newer. */
        OUT_OF_ORDER,
        /** Every second message is lost. */
        LOSSY
    }

    /** A request, its query by name. */
    public record Request(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {}

    /**
     * What is answered to a request.
     *
     * @param weight that the venue counts for it
     */
    public record Reply(int status, String text, double weight) {

        public static Reply ok(Object json, double weight) {
            return new Reply(200, json.toString(), weight);
        }
    }

    /** How much may be asked for within a time; each name is counted by itself. */
    public record Limit(String name, double weight, long withinMs) {}

    /** One connection. */
    public static final class Client {

        public final String path;
        /** What it is subscribed to, in the venue's own words. */
        public final Set<String> subscriptions = new LinkedHashSet<>();

        private final String id;
        private final WsContext socket;
        private final List<String> late = new ArrayList<>();
        private final long openedMs;
        private long heardMs;
        private boolean isMute;

        private Client(String path, WsContext socket, long nowMs) {
            this.path = path;
            this.id = socket.header(Traffic.ID);
            this.socket = socket;
            this.openedMs = nowMs;
            this.heardMs = nowMs;
        }
    }

    private static final class Used {

        private long period;
        private double weight;
    }

    protected final TestClock clock;
    protected final Random random;

    private final long connectionLifeMs;
    private final long silenceMs;
    private final Javalin javalin;
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, Used> used = new HashMap<>();
    private final Set<String> complaints = new LinkedHashSet<>();
    private final Set<String> hanging = new LinkedHashSet<>();

    private RequestFault requestFault = RequestFault.NONE;
    private StreamFault streamFault = StreamFault.NONE;
    private CountDownLatch answering = new CountDownLatch(0);
    private double mostWeight;
    private int requests;
    private int refused;
    private int connections;
    private int sent;

    /**
     * @param requestPaths where requests are answered
     * @param socketPaths where connections are taken
     * @param connectionLifeMs after which the venue cuts a connection, whatever happens on it
     * @param silenceMs after which the venue cuts a connection on which it has heard nothing
     */
    protected FaultyVenue(
            TestClock clock,
            Set<String> requestPaths,
            Set<String> socketPaths,
            long connectionLifeMs,
            long silenceMs,
            long seed) {
        this.clock = clock;
        this.connectionLifeMs = connectionLifeMs;
        this.silenceMs = silenceMs;
        this.random = new Random(seed);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            for (String path : requestPaths) {
                config.routes.get(path, this::requested);
                config.routes.post(path, this::requested);
            }
            for (String path : socketPaths) {
                config.routes.ws(path, socket -> {
                    socket.onConnect(opened -> connected(path, opened));
                    socket.onMessage(message -> heard(message.sessionId(), message.message()));
                    socket.onClose(closed -> forget(closed.sessionId()));
                });
            }
        });
        javalin.start("127.0.0.1", 0);
    }

    /** The answer to a request as the venue gives it when nothing is wrong. */
    protected abstract Reply answer(Request request);

    /** What may be asked for: of all requests, or of one kind. */
    protected abstract Limit limit(Request request);

    /** A client has said something. */
    protected abstract void said(Client client, String text);

    /** A client has connected. */
    protected void connected(Client client) {}

    /** A message has gone out whole, if it is one of the venue's own. */
    protected void delivered(String text) {}

    /** Messages that no client can read; at times the beginning of a good one is sent instead. */
    protected abstract List<String> garbage();

    /** How the venue refuses a request that is one too many. */
    protected void refuse(Context response) {
        response.status(429);
        if (random.nextBoolean()) {
            response.header("Retry-After", "10");
        }
    }

    public final String http() {
        return "http://127.0.0.1:" + javalin.port();
    }

    public final String ws() {
        return "ws://127.0.0.1:" + javalin.port();
    }

    public synchronized void requests(RequestFault fault) {
        answering.countDown();
        answering = new CountDownLatch(fault == RequestFault.HANGING ? 1 : 0);
        hanging.clear();
        requestFault = fault;
    }

    public synchronized void streams(StreamFault fault) {
        streamFault = fault;
        clients.values().forEach(client -> client.isMute |= fault == StreamFault.MUTE);
    }

    /** Ends all connections, with or without saying so. */
    public synchronized void cut(boolean politely) {
        clients.values().forEach(client -> end(client, politely));
        clients.clear();
    }

    /** Lets something happen at the venue while nobody looks. */
    public synchronized void happen(Runnable what) {
        what.run();
    }

    /** The most weight that was used within the time of a limit. */
    public synchronized double mostWeight() {
        return mostWeight;
    }

    public synchronized int requests() {
        return requests;
    }

    public synchronized int refused() {
        return refused;
    }

    public synchronized int connections() {
        return connections;
    }

    public synchronized int sent() {
        return sent;
    }

    /** Requests that are kept waiting until the venue is told otherwise, by their ids. */
    final synchronized Set<String> hanging() {
        return Set.copyOf(hanging);
    }

    /** Who is connected, by the ids of the connections. */
    final synchronized Set<String> connected() {
        return clients.values().stream()
                .map(client -> client.id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    final TestClock clock() {
        return clock;
    }

    /** What a client has done that the venue does not allow. */
    public synchronized Set<String> complaints() {
        return new LinkedHashSet<>(complaints);
    }

    protected final RequestFault requestFault() {
        return requestFault;
    }

    /** Cuts connections that have come of age, or on which too long nothing was heard. */
    protected final synchronized void expire() {
        long nowMs = clock.millis();
        for (Client client : List.copyOf(clients.values())) {
            if (nowMs - client.heardMs >= silenceMs || nowMs - client.openedMs >= connectionLifeMs) {
                end(client, true);
                clients.remove(client.socket.sessionId());
            }
        }
    }

    /** Who is connected now, for venues that say something else to each. */
    protected final List<Client> clients() {
        return List.copyOf(clients.values());
    }

    /** Says something to everyone who is subscribed to it. */
    protected final void tell(String subscription, String text, boolean mayBeLate) {
        for (Client client : List.copyOf(clients.values())) {
            if (client.subscriptions.contains(subscription)) {
                send(client, text, mayBeLate);
            }
        }
    }

    /** Says something to one client, as well as the fault allows. */
    protected final void send(Client client, String text, boolean mayBeLate) {
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
                if (mayBeLate && random.nextBoolean()) {
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

    /** Pings all clients in the way of the protocol itself. */
    protected final void ping() {
        clients.values().stream()
                .filter(client -> client.socket.session.isOpen())
                .forEach(client -> client.socket.sendPing());
    }

    protected final void complain(String what) {
        complaints.add(what);
    }

    private String garbled(String text) {
        List<String> garbage = garbage();
        return random.nextBoolean()
                ? text.substring(0, random.nextInt(text.length()))
                : garbage.get(random.nextInt(garbage.size()));
    }

    private void put(Client client, String text) {
        if (client.socket.session.isOpen()) {
            client.socket.send(text);
            sent++;
            delivered(text);
        }
    }

    /** Ends one connection, with or without saying so. */
    protected static void end(Client client, boolean politely) {
        if (politely) {
            client.socket.closeSession(1000, "Expired");
        } else {
            client.socket.session.disconnect();
        }
    }

    private synchronized void connected(String path, WsContext socket) {
        connections++;
        Client client = new Client(path, socket, clock.millis());
        clients.put(socket.sessionId(), client);
        connected(client);
    }

    private synchronized void forget(String session) {
        clients.remove(session);
    }

    private synchronized void heard(String session, String text) {
        Client client = clients.get(session);
        if (client != null) {
            client.heardMs = clock.millis();
            said(client, text);
        }
    }

    private void requested(Context context) throws InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
        Request request =
                new Request(context.method().name(), context.path(), query, context.headerMap(), context.body());
        CountDownLatch wait;
        boolean tooMuch;
        synchronized (this) {
            requests++;
            tooMuch = count(limit(request), answer(request).weight());
            wait = answering;
            if (wait.getCount() > 0 && context.header(Traffic.ID) != null) {
                hanging.add(context.header(Traffic.ID));
            }
        }
        wait.await();
        synchronized (this) {
            respond(context, answer(request), tooMuch);
        }
    }

    private boolean count(Limit limit, double weight) {
        Used spent = used.computeIfAbsent(limit.name(), name -> new Used());
        long period = clock.millis() / limit.withinMs();
        spent.weight = period == spent.period ? spent.weight + weight : weight;
        spent.period = period;
        mostWeight = Math.max(mostWeight, spent.weight);
        return spent.weight > limit.weight();
    }

    private void respond(Context response, Reply reply, boolean tooMuch) {
        String text = reply.text();
        if (requestFault == RequestFault.THROTTLED || tooMuch) {
            refused++;
            refuse(response);
        } else if (requestFault == RequestFault.ERROR) {
            response.status(random.nextBoolean() ? 500 : 503).result("overloaded");
        } else if (requestFault == RequestFault.HTML) {
            response.contentType("text/html").result("<html><body>Bad gateway</body></html>");
        } else if (requestFault == RequestFault.TRUNCATED) {
            response.contentType("application/json").result(text.substring(0, random.nextInt(text.length())));
        } else {
            response.status(reply.status()).contentType("application/json").result(text);
        }
    }

    @Override
    public void close() {
        requests(RequestFault.NONE);
        javalin.stop();
    }
}
