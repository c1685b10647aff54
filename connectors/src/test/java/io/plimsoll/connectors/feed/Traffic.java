package io.plimsoll.connectors.feed;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is under way between the tasks of a test and its venue. The test's clock stands still as long as something is:
 * however busy the machine, no time passes over a message that is still on its way.
 */
final class Traffic {

    /** The header by which the venue knows a request or connection. */
    static final String ID = "Plimsoll-Test-Id";

    private final Set<String> requests = new LinkedHashSet<>();
    private final Set<String> handshakes = new LinkedHashSet<>();
    private final Map<String, WebSocket> open = new LinkedHashMap<>();
    private final Map<String, String> pings = new HashMap<>();
    private int texts;
    private long begun;
    private long activity;
    private long arrivals;
    private long ids;

    /** A request goes out; answers its id. */
    synchronized String request() {
        String id = nextId();
        requests.add(id);
        begins();
        return id;
    }

    /** A request has its answer, or will have none, and the task has it before it. */
    synchronized void answered(String id) {
        requests.remove(id);
        changed();
    }

    /** A connection is being opened; answers its id. */
    synchronized String handshake() {
        String id = nextId();
        handshakes.add(id);
        begins();
        return id;
    }

    /** A connection is there, but the task has not been told. */
    synchronized void connected(String id, WebSocket socket) {
        open.put(id, socket);
    }

    /** The task has been told that a connection is there, or could not be opened. */
    synchronized void told(String id) {
        handshakes.remove(id);
        changed();
    }

    synchronized void closed(String id) {
        open.remove(id);
        pings.remove(id);
        begun++;
        changed();
    }

    synchronized void sending() {
        texts++;
        begins();
    }

    /** A text is with the network, and the one that waited for it has begun. */
    synchronized void sent() {
        texts--;
        changed();
    }

    /** The task has a text before it. */
    synchronized void received() {
        activity++;
    }

    synchronized void ponged(String id, ByteBuffer payload) {
        pings.remove(id, StandardCharsets.US_ASCII.decode(payload.slice()).toString());
        arrived();
    }

    /** Rises with everything that goes out, and with every end of a connection: the other side is to know. */
    synchronized long begun() {
        return begun;
    }

    /** Rises with everything that goes or comes. */
    synchronized long activity() {
        return activity;
    }

    /**
     * Pings over every open connection. Each side reads in order: with the pong the venue has dealt with all that the task
     * said before, and the task has before it all that the venue said until then.
     */
    void ping() {
        Map<String, WebSocket> pinged = new LinkedHashMap<>();
        synchronized (this) {
            open.forEach((id, socket) -> {
                pings.put(id, nextId());
                pinged.put(id, socket);
            });
        }
        // One that cannot be sent belongs to a connection whose end is under way.
        pinged.forEach((id, socket) -> socket.sendPing(ByteBuffer.wrap(payload(id))));
    }

    /**
     * Says what is under way, pings aside; empty: nothing is.
     *
     * @param hanging requests that the venue keeps waiting
     * @param connected connections that the venue knows
     */
    synchronized String underWay(Set<String> hanging, Set<String> connected) {
        Set<String> awaited = new LinkedHashSet<>(requests);
        awaited.removeAll(hanging);
        Set<String> oneSided = new LinkedHashSet<>(open.keySet());
        oneSided.removeAll(connected);
        connected.stream().filter(id -> !open.containsKey(id)).forEach(oneSided::add);
        if (awaited.isEmpty() && handshakes.isEmpty() && texts == 0 && oneSided.isEmpty()) {
            return "";
        }
        return "requests " + awaited + ", handshakes " + handshakes + ", " + texts
                + " texts, connections that one side has only " + oneSided;
    }

    /** Connections whose last ping is not answered; empty: there are none. */
    synchronized String unanswered() {
        return pings.isEmpty() ? "" : "pings of connections " + pings.keySet();
    }

    /** How often something has ceased to be under way. */
    synchronized long arrivals() {
        return arrivals;
    }

    /** Waits for more of them than so many, for a moment at most. */
    synchronized void await(long seen) throws InterruptedException {
        if (arrivals == seen) {
            wait(1);
        }
    }

    private synchronized byte[] payload(String id) {
        return pings.getOrDefault(id, "").getBytes(StandardCharsets.US_ASCII);
    }

    private String nextId() {
        return Long.toString(++ids);
    }

    private void begins() {
        begun++;
        activity++;
    }

    private void changed() {
        activity++;
        arrived();
    }

    private void arrived() {
        arrivals++;
        notifyAll();
    }
}
