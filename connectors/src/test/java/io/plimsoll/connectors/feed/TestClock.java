package io.plimsoll.connectors.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is moved by hand. */
public final class TestClock implements InstantSource {

    private final AtomicLong nowMs =
            new AtomicLong(Instant.parse("2026-06-22T12:00:00Z").toEpochMilli());

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMs.get());
    }

    @Override
    public long millis() {
        return nowMs.get();
    }

    public void move(long ms) {
        nowMs.addAndGet(ms);
    }
}
