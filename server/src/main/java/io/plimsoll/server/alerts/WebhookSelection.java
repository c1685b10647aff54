package io.plimsoll.server.alerts;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.util.function.Predicate;

/** What of the alerts topic is for the webhook, and why the rest is not. */
public enum WebhookSelection {

    /** It goes out. */
    SENT,

    /** It has not fired, or never did. */
    NOT_FIRED,

    /** Somebody has silenced it. */
    SILENCED,

    /** Somebody has taken it up: what he knows is not said again. */
    ACKNOWLEDGED,

    /** It goes under the alert of a larger subject, which fires. */
    FOLDED;

    /**
     * Judges a record. An end is always told: the receiver would else take the alert for firing until its validity runs
     * out, and of an alert that it never heard of it wakes nobody.
     *
     * @param nowMs the clock's time, in which silences are given
     * @param isFiring whether the alert of an id fires
     */
    static WebhookSelection of(Alert alert, long nowMs, Predicate<String> isFiring) {
        if (alert.getStatus() == AlertStatus.PENDING || alert.getFiredMs() == null) {
            return NOT_FIRED;
        }
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return SENT;
        }
        if (alert.getSilencedUntilMs() != null && alert.getSilencedUntilMs() > nowMs) {
            return SILENCED;
        }
        if (alert.getAcknowledgedBy() != null) {
            return ACKNOWLEDGED;
        }
        return alert.getParent() != null && isFiring.test(alert.getParent()) ? FOLDED : SENT;
    }
}
