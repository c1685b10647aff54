package io.plimsoll.connectors.feed;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the network has brought, in the order in which it came. It stays short: connections ask for more when it is read. */
public final class Inbox {

    private final LinkedBlockingQueue<FeedEvent> events = new LinkedBlockingQueue<>();

    public void put(FeedEvent event) {
        events.add(event);
    }

    /** The next event, or null if there is none within the time. */
    public @Nullable FeedEvent next(long waitMs) throws InterruptedException {
        return waitMs <= 0 ? events.poll() : events.poll(waitMs, TimeUnit.MILLISECONDS);
    }
}
