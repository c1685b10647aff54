package io.plimsoll.risk.alert;

/** Where an episode stands. */
public enum AlertStatus {
    /** The conditions hold, not long enough yet. */
    PENDING,
    /** They have held long enough. */
    FIRING,
    /** It is over. Where it never fired, the conditions did not hold long enough. */
    RESOLVED
}
