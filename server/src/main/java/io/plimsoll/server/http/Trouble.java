package io.plimsoll.server.http;

/** Why an instance's part is missing. */
enum Trouble {
    /** It did not answer in time. */
    TIMEOUT,
    /** No connection to it, or the connection ended. */
    UNREACHABLE,
    /** It was not asked, as it did not answer in time a moment ago. */
    NOT_ASKED,
    /** It was not asked, as too many requests wait for it. */
    BUSY,
    /** It answered, but is starting or moving its state. */
    MOVING,
    /** It reads its part back from Kafka at present. */
    RESTORING,
    /** It answered with something else than was asked for. */
    BAD_ANSWER
}
