package io.plimsoll.risk.alert;

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
    private final Findings findings;

    private final Evidence evidence = new Evidence();
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
    private String id = "";

    Standing(CompiledRule compiled, String subject, Actions actions, Consumer<AlertState> out) {
        this(compiled, subject, new Findings(compiled), actions, out);
    }

    /** One that goes on from a memory of the same rule. */
    Standing(CompiledRule compiled, StandingMemory memory, Actions actions, Consumer<AlertState> out) {
        this(compiled, memory.subject(), new Findings(compiled, memory), actions, out);
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
        evidence.take(memory);
        id = status == null ? "" : AlertState.idOf(compiled.rule.id(), subject, sinceMs);
    }

    private Standing(
            CompiledRule compiled, String subject, Findings findings, Actions actions, Consumer<AlertState> out) {
        this.compiled = compiled;
        this.subject = subject;
        this.findings = findings;
        this.actions = actions;
        this.out = out;
    }

    boolean isOpen() {
        return status == AlertStatus.PENDING || status == AlertStatus.FIRING;
    }

    /** Whether it is as if it had never seen anything: there is nothing to remember. */
    boolean isQuiet() {
        return !isOpen() && !findings.anyHolds();
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
            evidence.forget();
        }
        long nowMs = Math.max(timeMs, observation.asOfMs());
        advance(nowMs);
        timeMs = nowMs;
        findings.take(observation, source, histories);
        evidence.take(observation);
        settle(nowMs);
    }

    private void settle(long nowMs) {
        boolean all = findings.allKnownHold();
        if (all && !findings.allKnown()) {
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
                evidence.stalenessMs(asOfMs),
                evidence.coverageLong(),
                evidence.coverageShort(),
                findings.readings(),
                evidence.contributors(),
                acknowledgedBy,
                orNull(silencedUntilMs),
                "");
        out.accept(Sentences.complete(state, reason));
    }

    StandingMemory memory() {
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
                findings.held(),
                findings.missing(),
                findings.found(),
                evidence.timeMs(),
                evidence.stalenessMs(),
                evidence.coverageLong(),
                evidence.coverageShort(),
                evidence.contributors(),
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
