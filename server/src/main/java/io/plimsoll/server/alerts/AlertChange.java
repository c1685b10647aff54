package io.plimsoll.server.alerts;

import io.plimsoll.schemas.avro.Alert;
import org.jspecify.annotations.Nullable;

/**
 * One record of the alerts topic.
 *
 * @param key rule|subject
 * @param partition where it is
 * @param offset where it is
 * @param timestampMs event time, epoch milliseconds
 * @param alert where the alert stands now; null: it is off the board
 */
public record AlertChange(
        String key,
        int partition,
        long offset,
        long timestampMs,
        @Nullable Alert alert) {}
