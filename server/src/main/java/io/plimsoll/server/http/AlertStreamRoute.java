package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.alerts.StreamPosition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The board and then every change of it, as server-sent events. */
final class AlertStreamRoute implements AutoCloseable {

    private static final int MOST_WAITING = 1_000;

    private final Supplier<AlertDelivery> delivery;
    private final EventStreams streams;

    /**
     * The route.
     *
     * @param delivery may be a problem until the board is read
     */
    AlertStreamRoute(Supplier<AlertDelivery> delivery, int mostReaders) {
        this.delivery = delivery;
        this.streams = new EventStreams("plimsoll-alert-reader", mostReaders, "alerts.streamClients");
    }

    void addTo(Operations routes) {
        routes.add(AlertOperations.STREAM, this::open);
    }

    private void open(Context context) {
        AlertQuery query = AlertQuery.of(context);
        StreamPosition position = position(context);
        ReadersView view = ReadersView.of(context);
        // Here a problem is still an answer.
        view.of("");
        AlertDelivery from = delivery.get();
        streams.open(
                context,
                out -> new AlertReader(from.feed(), query, position, view, out, MOST_WAITING, EventText.HEARTBEAT_MS));
    }

    private static @Nullable StreamPosition position(Context context) {
        String header = context.header("Last-Event-ID");
        String text = header == null ? context.queryParam("lastEventId") : header;
        try {
            return text == null || text.isBlank() ? null : StreamPosition.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.badBody(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
