package io.plimsoll.risk.survey;

/**
 * Who falls.
 *
 * @param pools count
 * @param accounts those whose first pool it is, count: over all buckets each account counts once
 */
public record Fallers(long pools, long accounts) {

    public static final Fallers NONE = new Fallers(0, 0);

    /** Both together. */
    public Fallers plus(Fallers other) {
        return new Fallers(pools + other.pools, accounts + other.accounts);
    }
}
