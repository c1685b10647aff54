package io.plimsoll.risk.cycle;

import java.time.Duration;

/**
 * Tells a market's phase from its signals, hour by hour. The idea is Geanakoplos's leverage cycle and Brunnermeier and
 * Pedersen's spirals; phases and thresholds are our own, there is no standard. Thresholds differ for entering and for leaving
 * a phase, a new phase must be said for a while, and one that has begun stays for a while: so phases do not flap. Only
 * deleveraging begins at once.
 *
 * <p>A phase says what is going on, not what will come.
 */
public final class LeverageCycle {

    /** Open interest must have fallen by so much in a day, in ln, whatever its usual changes are. */
    static final double LEAST_FALL = 0.05;

    /** How long another phase must be said without a break before it is in force. */
    static final long CONFIRM_MS = Duration.ofHours(3).toMillis();

    /** How long a phase stays at least; deleveraging cuts it short. */
    static final long STAY_MS = Duration.ofHours(12).toMillis();

    /** How long repair lasts at most. */
    static final long LONGEST_REPAIR_MS = Duration.ofDays(7).toMillis();

    private static final double ENTER_FALL = -2;
    private static final double LEAVE_FALL = -1;
    private static final double FORCED_UNUSUAL = 1;
    private static final double ENTER_GROWTH = 1;
    private static final double LEAVE_GROWTH = 0;
    private static final double ENTER_CROWD = 2;
    private static final double LEAVE_CROWD = 1;
    private static final double HIGH = 1;
    private static final double NOT_HIGH = 0;

    private LeverageCycle() {}

    /** The standing after an hour with these signals. */
    public static CycleStanding next(CycleStanding before, CycleSignals signals, long nowMs) {
        CyclePhase said = said(before, signals, nowMs);
        long saidSinceMs = said == before.candidate() ? before.candidateSinceMs() : nowMs;
        boolean confirmed = nowMs - saidSinceMs >= CONFIRM_MS && nowMs - before.sinceMs() >= STAY_MS;
        if (said != before.phase() && (confirmed || said == CyclePhase.DELEVERAGING)) {
            return new CycleStanding(said, nowMs, said, saidSinceMs);
        }
        return new CycleStanding(before.phase(), before.sinceMs(), said, saidSinceMs);
    }

    private static CyclePhase said(CycleStanding before, CycleSignals signals, long nowMs) {
        CyclePhase phase = before.phase();
        if (Double.isNaN(signals.openInterestTrend())) {
            return phase; // nothing to judge by: nothing new is said
        }
        if (isFalling(signals, phase == CyclePhase.DELEVERAGING)) {
            return CyclePhase.DELEVERAGING;
        }
        if (isCrowded(signals, phase == CyclePhase.CROWDED)) {
            return CyclePhase.CROWDED;
        }
        if (isGrowing(signals, phase == CyclePhase.BUILD_UP)) {
            return CyclePhase.BUILD_UP;
        }
        boolean repairing = phase == CyclePhase.DELEVERAGING
                || phase == CyclePhase.REPAIR && nowMs - before.sinceMs() < LONGEST_REPAIR_MS;
        return repairing ? CyclePhase.REPAIR : CyclePhase.CALM;
    }

    /** Once it has begun it lasts while open interest still falls more than it usually does. */
    private static boolean isFalling(CycleSignals signals, boolean already) {
        if (already) {
            return signals.openInterestTrend() <= LEAVE_FALL;
        }
        boolean forced = Double.isNaN(signals.forced()) || signals.forced() >= FORCED_UNUSUAL;
        return signals.openInterestTrend() <= ENTER_FALL && signals.openInterestChange() <= -LEAST_FALL && forced;
    }

    private static boolean isCrowded(CycleSignals signals, boolean already) {
        double price = Math.max(size(signals.funding()), Math.max(size(signals.basis()), size(signals.skew())));
        return signals.openInterest() >= (already ? NOT_HIGH : HIGH) && price >= (already ? LEAVE_CROWD : ENTER_CROWD);
    }

    private static boolean isGrowing(CycleSignals signals, boolean already) {
        double least = already ? LEAVE_GROWTH : ENTER_GROWTH;
        return signals.openInterestTrend() >= least
                && !(signals.leverage() <= LEAVE_FALL)
                && !(signals.basis() <= LEAVE_FALL);
    }

    /** Either way; what is not known speaks for nothing. */
    private static double size(double score) {
        return Double.isNaN(score) ? 0 : Math.abs(score);
    }
}
