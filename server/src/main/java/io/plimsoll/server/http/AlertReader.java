package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.server.alerts.AlertChange;
import io.plimsoll.server.alerts.AlertFeed;
import io.plimsoll.server.alerts.StreamPosition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of the stream of alerts. The feed puts changes into its queue and never waits for it; its own thread writes
 * them. A reader that falls behind by more than the queue holds is sent away, with a reason: he comes back with the id of
 * his last event.
 */
final class AlertReader implements AlertFeed.Listener, EventStreams.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);

    private final AlertFeed feed;
    private final AlertQuery query;
    private final @Nullable StreamPosition asked;
    private final ReadersView view;
    private final OutputStream out;
    private final long heartbeatMs;
    private final BlockingQueue<AlertChange> queue;
    private volatile @Nullable String end;

    AlertReader(
            AlertFeed feed,
            AlertQuery query,
            @Nullable StreamPosition asked,
            ReadersView view,
            OutputStream out,
            int mostWaiting,
            long heartbeatMs) {
        this.feed = feed;
        this.query = query;
        this.asked = asked;
        this.view = view;
        this.out = out;
        this.heartbeatMs = heartbeatMs;
        this.queue = new ArrayBlockingQueue<>(mostWaiting);
    }

    @Override
    public void changed(AlertChange change) {
        if (end == null && query.takes(change) && !queue.offer(change)) {
            end = "too slow: more than " + queue.size() + " changes waited";
        }
    }

    @Override
    public void end(String reason) {
        end = reason;
    }

    @Override
    public void run() {
        try {
            AlertFeed.Backlog backlog = feed.listen(this, asked);
            StreamPosition position = backlog.whole() || asked == null ? StreamPosition.start() : asked;
            long matching = backlog.changes().stream().filter(query::takes).count();
            out.write(EventText.event(
                    backlog.whole() ? "board" : "resumed",
                    null,
                    JsonNodeFactory.instance.objectNode().put("alerts", matching)));
            out.flush();
            for (AlertChange change : backlog.changes()) {
                if (end != null) {
                    break;
                }
                if (query.takes(change)) {
                    write(change, position);
                }
            }
            out.flush();
            follow(position);
            out.write(EventText.end(end));
            out.flush();
        } catch (IOException e) {
            LOG.debug("A reader of alerts has gone: {}", e.toString());
        } finally {
            feed.leave(this);
        }
    }

    private void follow(StreamPosition position) throws IOException {
        while (end == null) {
            try {
                AlertChange change = queue.poll(heartbeatMs, TimeUnit.MILLISECONDS);
                if (change == null) {
                    out.write(EventText.heartbeat());
                } else {
                    write(change, position);
                }
                if (queue.isEmpty()) {
                    out.flush();
                }
            } catch (InterruptedException e) {
                // Sent away; the reason is still to be written.
                if (end == null) {
                    end = "interrupted";
                }
            }
        }
    }

    private void write(AlertChange change, StreamPosition position) throws IOException {
        if (position.has(change)) {
            return;
        }
        position.advance(change.partition(), change.offset());
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("key", change.key());
        if (change.alert() != null) {
            data.setAll(PlainJson.toJson(change.alert()));
        }
        out.write(EventText.event(change.alert() == null ? "removed" : "alert", position.toString(), view.of(data)));
    }
}
