package io.plimsoll.risk.alert;

/** What a subject is. */
public enum SubjectKind {
    MARKET,
    VENUE,
    ASSET,
    SYSTEM,
    ACCOUNT,
    FEED,
    WINDOW
}
