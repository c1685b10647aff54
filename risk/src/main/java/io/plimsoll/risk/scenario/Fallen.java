package io.plimsoll.risk.scenario;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pools of a slice have fallen in which round, as far as rounds have been judged. It saves judging rounds again;
 * what it says follows from accounts and path, so that it may be lost. One belongs to one path and one state of accounts.
 */
public final class Fallen {

    static final int STANDS = Integer.MAX_VALUE;

    private final Map<String, int[]> roundsByAccount = new HashMap<>();
    private int judged;

    /** How many rounds have been judged for all accounts. */
    int judged() {
        return judged;
    }

    void judgedUpTo(int rounds) {
        judged = Math.max(judged, rounds);
    }

    /** Round in which each pool of an account fell, or STANDS; null where none has. */
    int @Nullable [] roundsOf(String account) {
        return roundsByAccount.get(account);
    }

    void fell(String account, int pool, int pools, int round) {
        roundsByAccount.computeIfAbsent(account, key -> standing(pools))[pool] = round;
    }

    private static int[] standing(int pools) {
        int[] rounds = new int[pools];
        Arrays.fill(rounds, STANDS);
        return rounds;
    }
}
