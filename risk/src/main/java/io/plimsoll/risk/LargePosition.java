package io.plimsoll.risk;

/**
 * One of the largest positions of a side, as it stands in the ladder.
 *
 * @param account whose
 * @param lots absolute size, > 0
 * @param bucket of its rung
 */
public record LargePosition(String account, long lots, int bucket) {

    public LargePosition {
        if (lots <= 0) {
            throw new IllegalArgumentException("lots is " + lots + ", allowed is above 0");
        }
    }
}
