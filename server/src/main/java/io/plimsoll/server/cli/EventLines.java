package io.plimsoll.server.cli;

import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the lines of server-sent events together; remembers the last id over several streams. */
final class EventLines {

    private final BiConsumer<String, String> events;
    private volatile @Nullable String lastId;
    private String name = "message";
    private final StringBuilder data = new StringBuilder();

    /** Takes whom to tell name and data of each event. */
    EventLines(BiConsumer<String, String> events) {
        this.events = events;
    }

    @Nullable
    String lastId() {
        return lastId;
    }

    /** For one stream. */
    Flow.Subscriber<String> subscriber() {
        name = "message";
        data.setLength(0);
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                take(line);
            }

            @Override
            public void onError(Throwable error) {
                // Whoever sent the request is told as well.
            }

            @Override
            public void onComplete() {
                // An event that was not ended is none.
            }
        };
    }

    void take(String line) {
        if (line.isEmpty()) {
            if (data.length() > 0) {
                events.accept(name, data.toString());
            }
            name = "message";
            data.setLength(0);
            return;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
        switch (field) {
            case "id" -> lastId = value;
            case "event" -> name = value;
            case "data" -> data.append(data.length() > 0 ? "\n" : "").append(value);
            default -> {
                // A comment, which keeps the connection alive.
            }
        }
    }
}
