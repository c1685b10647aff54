package io.plimsoll.risk.alert;

/** Which side of a threshold fires; the threshold itself does not. */
public enum Comparison {
    ABOVE,
    BELOW
}
