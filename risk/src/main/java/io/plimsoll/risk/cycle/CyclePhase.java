package io.plimsoll.risk.cycle;

/** Where a market stands in its leverage cycle. */
public enum CyclePhase {
    /** None of the others. */
    CALM,
    /** Open interest grows faster than it usually does, and nothing says that leverage or basis fall with it. */
    BUILD_UP,
    /** Open interest is high and one side pays unusually much for its leverage. */
    CROWDED,
    /** Open interest falls as it rarely does. */
    DELEVERAGING,
    /** Deleveraging is over, open interest not yet growing again. */
    REPAIR
}
