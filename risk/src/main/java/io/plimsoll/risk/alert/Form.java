package io.plimsoll.risk.alert;

/** What of a metric is compared with a threshold. */
public enum Form {
    /** The value. */
    LEVEL,
    /** The value less the value one window before. */
    CHANGE,
    /** The change over the size of the value before. */
    CHANGE_RATIO,
    /** (value - median) / (1.4826 x median absolute deviation) of the window before. */
    ROBUST_Z,
    /** Share of the window's samples that are below the value, equal ones counted half; 0 to 1. */
    RANK
}
