package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands with one subject.
 *
 * <p>A value stands until the next one: what is due between two observations happens at the moment when it is due,
 * whether somebody looked then or not. So the records are a function of the observations alone.
 */
final class Standing {

    private static final long NEVER = Long.MAX_VALUE;

    final CompiledRule compiled;
    final String subject;
    private final Actions actions;
    private final Consumer<AlertState> out;
    private final boolean[] held;
    private final boolean[] missing;
    private final double[] found;

    private @Nullable AlertStatus status;
    private int sequence;
    private long timeMs = Long.MIN_VALUE;
    private long sinceMs = Long.MIN_VALUE;
    private long firedMs = NEVER;
    private long resolvedMs = NEVER;
    private long dueMs = NEVER;
    private long repeatDueMs = NEVER;
    private long pausedMs = NEVER;
    private @Nullable String acknowledgedBy;
    private long silencedUntilMs = NEVER;
    private long evidenceMs;
    private long stalenessMs;
    private @Nullable Double coverageLong;
    private @Nullable Double coverageShort;
    private List<Contributor> contributors = List.of();
    private String id = "";

    Standing(CompiledRule compiled, String subject, Actions actions, Consumer<AlertState> out) {
        this.compiled = compiled;
        this.subject = subject;
        this.actions = actions;
        this.out = out;
        int conditions = compiled.metrics.length;
        held = new boolean[conditions];
        missing = new boolean[conditions];
        found = new double[conditions];
        Arrays.fill(missing, true);
        Arrays.fill(found, Double.NaN);
    }

    /** One that goes on from a memory of the same rule. */
    Standing(CompiledRule compiled, StandingMemory memory, Actions actions, Consumer<AlertState> out) {
        this(compiled, memory.subject(), actions, out);
        for (int i = 0; i < held.length; i++) {
            held[i] = memory.held().get(i);
            missing[i] = memory.missing().get(i);
            found[i] = memory.found().get(i);
        }
        status = memory.status();
        sequence = memory.sequence();
        timeMs = memory.timeMs();
        sinceMs = memory.sinceMs();
        firedMs = orNever(memory.firedMs());
        resolvedMs = orNever(memory.resolvedMs());
        dueMs = orNever(memory.dueMs());
        repeatDueMs = orNever(memory.repeatDueMs());
        pausedMs = orNever(memory.pausedMs());
        acknowledgedBy = memory.acknowledgedBy();
        silencedUntilMs = orNever(memory.silencedUntilMs());
        evidenceMs = memory.evidenceMs();
        stalenessMs = memory.stalenessMs();
        coverageLong = memory.coverageLong();
        coverageShort = memory.coverageShort();
        contributors = memory.contributors();
        id = status == null ? "" : AlertState.idOf(compiled.rule.id(), subject, sinceMs);
    }

    boolean isOpen() {
        return status == AlertStatus.PENDING || status == AlertStatus.FIRING;
    }

    /** Whether it is as if it had never seen anything: there is nothing to remember. */
    boolean isQuiet() {
        for (boolean each : held) {
            if (each) {
                return false;
            }
        }
        return !isOpen();
    }

    /** Whether something happens by then if nothing more is seen. */
    boolean isDue(long byMs) {
        long changeMs = pausedMs == NEVER ? dueMs : NEVER;
        return isOpen() && Math.min(Math.min(changeMs, repeatDueMs), silencedUntilMs) <= byMs;
    }

    boolean hasEnded() {
        return status == AlertStatus.RESOLVED;
    }

    /** Takes what one source says, of which the histories know already. */
    void take(Observation observation, int source, SubjectAlerts histories) {
        if (isQuiet()) {
            // As after a restart, for which a quiet standing is not remembered.
            timeMs = status == AlertStatus.RESOLVED ? resolvedMs : Long.MIN_VALUE;
            contributors = List.of();
            coverageLong = null;
            coverageShort = null;
        }
        long nowMs = Math.max(timeMs, observation.asOfMs());
        advance(nowMs);
        timeMs = nowMs;
        for (int i = 0; i < held.length; i++) {
            if (compiled.sources[i] == source) {
                Condition condition = compiled.rule.conditions().get(i);
                double value = histories.reading(condition, compiled.metrics[i], observation.values());
                found[i] = value;
                missing[i] = Double.isNaN(value);
                held[i] = missing[i] ? held[i] : condition.holds(value, held[i]);
            }
        }
        evidenceMs = observation.asOfMs();
        stalenessMs = observation.stalenessMs();
        if (observation.coverageLong() != null || observation.coverageShort() != null) {
            // Order books and forced trades say nothing of coverage; what the market's state said still stands.
            coverageLong = observation.coverageLong();
            coverageShort = observation.coverageShort();
        }
        contributors = observation.contributors().isEmpty() ? contributors : observation.contributors();
        settle(nowMs);
    }

    private void settle(long nowMs) {
        boolean all = true;
        boolean known = true;
        for (int i = 0; i < held.length; i++) {
            known &= !missing[i];
            all &= missing[i] || held[i];
        }
        if (all && !known) {
            pausedMs = isOpen() ? Math.min(pausedMs, nowMs) : NEVER;
            return;
        }
        if (pausedMs != NEVER) {
            dueMs = dueMs == NEVER ? NEVER : dueMs + nowMs - pausedMs;
            pausedMs = NEVER;
        }
        if (!isOpen()) {
            if (all) {
                begin(nowMs);
            }
        } else if (all) {
            dueMs = status == AlertStatus.FIRING ? NEVER : dueMs;
        } else if (status == AlertStatus.PENDING) {
            resolve(nowMs, null);
        } else if (dueMs == NEVER) {
            dueMs = nowMs + compiled.rule.resolveMs();
            if (dueMs <= nowMs) {
                resolve(nowMs, null);
            }
        }
    }

    /** Does what is due by then if nothing new is seen. */
    void advance(long nowMs) {
        while (isOpen()) {
            long changeMs = pausedMs == NEVER ? dueMs : NEVER;
            long nextMs = Math.min(Math.min(changeMs, repeatDueMs), silencedUntilMs);
            if (nextMs > nowMs) {
                break;
            }
            timeMs = Math.max(timeMs, nextMs);
            if (nextMs == changeMs) {
                if (status == AlertStatus.PENDING) {
                    fire(nextMs);
                } else {
                    resolve(nextMs, null);
                }
            } else if (nextMs == silencedUntilMs) {
                silencedUntilMs = silence(nextMs);
                write(nextMs, null);
            } else {
                repeat(Math.min(nowMs, Math.min(changeMs, silencedUntilMs) - 1));
            }
        }
    }

    /** Writes the last of the repeats that are due by then. */
    private void repeat(long untilMs) {
        long everyMs = Objects.requireNonNull(compiled.rule.repeatMs());
        long leftOut = (untilMs - repeatDueMs) / everyMs;
        long atMs = repeatDueMs + leftOut * everyMs;
        timeMs = Math.max(timeMs, atMs);
        sequence += (int) leftOut;
        repeatDueMs = atMs + everyMs;
        write(atMs, null);
    }

    private void begin(long nowMs) {
        if (status == null || sinceMs != nowMs) { // else the id is the same, and its records go on being counted
            sequence = 0;
        }
        sinceMs = nowMs;
        id = AlertState.idOf(compiled.rule.id(), subject, sinceMs);
        firedMs = NEVER;
        resolvedMs = NEVER;
        repeatDueMs = NEVER;
        acknowledgedBy = actions.acknowledgedBy(compiled.rule.id(), subject, id, sinceMs);
        silencedUntilMs = silence(nowMs);
        if (compiled.rule.holdMs() == 0) {
            fire(nowMs);
        } else {
            status = AlertStatus.PENDING;
            dueMs = nowMs + compiled.rule.holdMs();
            write(nowMs, null);
        }
    }

    private void fire(long nowMs) {
        Long everyMs = compiled.rule.repeatMs();
        status = AlertStatus.FIRING;
        firedMs = nowMs;
        dueMs = NEVER;
        repeatDueMs = everyMs == null ? NEVER : nowMs + everyMs;
        write(nowMs, null);
    }

    private void resolve(long nowMs, @Nullable String reason) {
        status = AlertStatus.RESOLVED;
        resolvedMs = nowMs;
        dueMs = NEVER;
        repeatDueMs = NEVER;
        pausedMs = NEVER;
        write(nowMs, reason);
    }

    /** Ends an episode, if there is one, because its rule is no more. */
    void end(String reason) {
        if (isOpen()) {
            resolve(timeMs, reason);
        }
    }

    /** Looks at the actions anew; true where something has changed. */
    boolean heed() {
        if (!isOpen()) {
            return false;
        }
        String by = actions.acknowledgedBy(compiled.rule.id(), subject, id, sinceMs);
        long untilMs = silence(timeMs);
        if (Objects.equals(by, acknowledgedBy) && untilMs == silencedUntilMs) {
            return false;
        }
        acknowledgedBy = by;
        silencedUntilMs = untilMs;
        write(timeMs, null);
        return true;
    }

    void writeAgain() {
        write(timeMs, null);
    }

    private long silence(long nowMs) {
        return orNever(actions.silencedUntilMs(compiled.rule.id(), subject, id, sinceMs, nowMs));
    }

    private void write(long asOfMs, @Nullable String reason) {
        AlertState state = new AlertState(
                id,
                compiled.rule,
                subject,
                Objects.requireNonNull(status),
                sequence++,
                sinceMs,
                orNull(firedMs),
                orNull(resolvedMs),
                asOfMs,
                stalenessMs + Math.max(0, asOfMs - evidenceMs),
                coverageLong,
                coverageShort,
                readings(),
                contributors,
                acknowledgedBy,
                orNull(silencedUntilMs),
                "");
        out.accept(Sentences.complete(state, reason));
    }

    private List<Reading> readings() {
        List<Reading> readings = new ArrayList<>(held.length);
        for (int i = 0; i < held.length; i++) {
            readings.add(new Reading(compiled.rule.conditions().get(i), found[i], compiled.units[i], held[i]));
        }
        return readings;
    }

    StandingMemory memory() {
        List<Boolean> heldNow = new ArrayList<>();
        List<Boolean> missingNow = new ArrayList<>();
        List<Double> foundNow = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            heldNow.add(held[i]);
            missingNow.add(missing[i]);
            foundNow.add(found[i]);
        }
        return new StandingMemory(
                compiled.rule.id(),
                subject,
                compiled.fingerprint,
                status,
                sequence,
                timeMs,
                sinceMs,
                orNull(firedMs),
                orNull(resolvedMs),
                orNull(dueMs),
                orNull(repeatDueMs),
                orNull(pausedMs),
                heldNow,
                missingNow,
                foundNow,
                evidenceMs,
                stalenessMs,
                coverageLong,
                coverageShort,
                contributors,
                acknowledgedBy,
                orNull(silencedUntilMs));
    }

    private static long orNever(@Nullable Long timeMs) {
        return timeMs == null ? NEVER : timeMs;
    }

    private static @Nullable Long orNull(long timeMs) {
        return timeMs == NEVER ? null : (Long) timeMs;
    }
}
