package io.plimsoll.risk.cascade;

/** What parameters may be. */
final class Checks {

    private Checks() {}

    static void above0(String name, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is a number above 0");
        }
    }

    static void atLeast0(String name, double value) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is a number from 0");
        }
    }

    static void share(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("depth share is " + share + ", allowed is above 0, to 1");
        }
    }
}
