package io.plimsoll.risk.cascade;

/** Where in its bucket a trigger is taken to be. */
public enum Reading {
    /** At the edge that the price reaches first: nobody is triggered later than in truth. */
    PESSIMISTIC,
    /** At the edge that the price reaches last: nobody is triggered earlier than in truth. */
    OPTIMISTIC
}
