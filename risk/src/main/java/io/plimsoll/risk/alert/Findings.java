package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is known of each condition of a rule: its newest value, and whether it holds. */
final class Findings {

    private final CompiledRule compiled;
    private final boolean[] held;
    private final boolean[] missing;
    private final double[] found;

    Findings(CompiledRule compiled) {
        this.compiled = compiled;
        int conditions = compiled.metrics.length;
        held = new boolean[conditions];
        missing = new boolean[conditions];
        found = new double[conditions];
        Arrays.fill(missing, true);
        Arrays.fill(found, Double.NaN);
    }

    /** As they were kept. */
    Findings(CompiledRule compiled, StandingMemory memory) {
        this(compiled);
        for (int i = 0; i < held.length; i++) {
            held[i] = memory.held().get(i);
            missing[i] = memory.missing().get(i);
            found[i] = memory.found().get(i);
        }
    }

    /** Takes what one source says, of which the histories know already. */
    void take(Observation observation, int source, SubjectAlerts histories) {
        for (int i = 0; i < held.length; i++) {
            if (compiled.sources[i] == source) {
                Condition condition = compiled.rule.conditions().get(i);
                double value = histories.reading(condition, compiled.metrics[i], observation.values());
                found[i] = value;
                missing[i] = Double.isNaN(value);
                held[i] = missing[i] ? held[i] : condition.holds(value, held[i]);
            }
        }
    }

    /** Whether any holds, or held when its value was last known. */
    boolean anyHolds() {
        for (boolean each : held) {
            if (each) {
                return true;
            }
        }
        return false;
    }

    /** Whether all hold of which the value is known. */
    boolean allKnownHold() {
        for (int i = 0; i < held.length; i++) {
            if (!missing[i] && !held[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value of every one is known. */
    boolean allKnown() {
        for (boolean each : missing) {
            if (each) {
                return false;
            }
        }
        return true;
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>(held.length);
        for (int i = 0; i < held.length; i++) {
            readings.add(new Reading(compiled.rule.conditions().get(i), found[i], compiled.units[i], held[i]));
        }
        return readings;
    }

    List<Boolean> held() {
        return listed(held);
    }

    List<Boolean> missing() {
        return listed(missing);
    }

    List<Double> found() {
        return Arrays.stream(found).boxed().toList();
    }

    private static List<Boolean> listed(boolean[] values) {
        List<Boolean> list = new ArrayList<>(values.length);
        for (boolean value : values) {
            list.add(value);
        }
        return list;
    }
}
