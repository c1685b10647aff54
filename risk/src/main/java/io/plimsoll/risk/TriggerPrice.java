package io.plimsoll.risk;

/** Kind of price that sets off a venue's liquidations. */
public enum TriggerPrice {
    MARK,
    INDEX,
    ORACLE,
    LAST
}
