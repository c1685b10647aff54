package io.plimsoll.server.it;

/** Seeds of random tests: always the same, unless {@code -Dplimsoll.seed=N} asks for another. */
final class Seeds {

    private Seeds() {}

    /** The seed, printed. */
    static long printed(String test, long usual) {
        long seed = Long.getLong("plimsoll.seed", usual);
        System.out.println(test + ": seed " + seed + " (-Dplimsoll.seed=" + seed + ")");
        return seed;
    }
}
