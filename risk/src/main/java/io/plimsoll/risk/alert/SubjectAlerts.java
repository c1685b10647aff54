package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One subject: the rules that watch it, and the histories that they need. */
final class SubjectAlerts {

    final SubjectKind kind;
    final String subject;
    final Map<String, Standing> standingByRule = new LinkedHashMap<>();
    private final List<Kept> histories = new ArrayList<>();
    private final List<List<Standing>> standingsBySource = new ArrayList<>();
    private final long[] newestMs;

    SubjectAlerts(SubjectKind kind, String subject, int sources) {
        this.kind = kind;
        this.subject = subject;
        newestMs = new long[sources];
        for (int source = 0; source < sources; source++) {
            newestMs[source] = Long.MIN_VALUE;
            standingsBySource.add(new ArrayList<>());
        }
    }

    void add(Standing standing, MetricTable table, Map<HistoryKey, HistoryMemory> memories) {
        standingByRule.put(standing.compiled.rule.id(), standing);
        for (int source = 0; source < newestMs.length; source++) {
            if (standing.compiled.reads(source)) {
                standingsBySource.get(source).add(standing);
            }
        }
        for (int i = 0; i < standing.compiled.metrics.length; i++) {
            Condition condition = standing.compiled.rule.conditions().get(i);
            int metric = standing.compiled.metrics[i];
            if (condition.form() != Form.LEVEL && find(metric, condition.windowMs()) == null) {
                HistoryKey key = new HistoryKey(kind, subject, condition.metric(), condition.windowMs());
                HistoryMemory memory = memories.remove(key);
                History history =
                        memory == null ? new History(condition.windowMs()) : new History(condition.windowMs(), memory);
                histories.add(new Kept(key, metric, table.sourceOf(metric), history));
            }
        }
    }

    /** Puts a standing in the place of another of the same rule. */
    void replace(Standing before, Standing after) {
        standingByRule.put(after.compiled.rule.id(), after);
        standingsBySource.forEach(standings -> standings.replaceAll(each -> each == before ? after : each));
    }

    /** Takes a rule off. */
    void remove(Standing standing) {
        standingByRule.remove(standing.compiled.rule.id());
        standingsBySource.forEach(standings -> standings.remove(standing));
    }

    /** Forgets histories that no rule needs any more. */
    void forgetUnused(AlertMemory memory) {
        histories.removeIf(kept -> {
            boolean needed = standingByRule.values().stream().anyMatch(each -> needs(each, kept));
            if (!needed) {
                memory.forget(kept.key());
            }
            return !needed;
        });
    }

    private static boolean needs(Standing standing, Kept kept) {
        return standing.compiled.rule.conditions().stream()
                .anyMatch(condition -> condition.windowMs() == kept.key().windowMs()
                        && condition.metric().equals(kept.key().metric()));
    }

    /** False where something newer is known of the source. */
    boolean isNext(int source, long asOfMs) {
        if (asOfMs < newestMs[source]) {
            return false;
        }
        newestMs[source] = asOfMs;
        return true;
    }

    void note(Observation observation, int source, AlertMemory memory) {
        for (int i = 0; i < histories.size(); i++) {
            Kept kept = histories.get(i);
            if (kept.source() == source) {
                double value = observation.values()[kept.metric()];
                if (!Double.isNaN(value) && kept.history().add(observation.asOfMs(), value)) {
                    memory.put(kept.key(), kept.history().memory());
                }
            }
        }
    }

    List<Standing> readersOf(int source) {
        return standingsBySource.get(source);
    }

    boolean hasHistories() {
        return !histories.isEmpty();
    }

    /** What a condition compares, NaN where not known. */
    double reading(Condition condition, int metric, double[] values) {
        double value = values[metric];
        if (Double.isNaN(value) || condition.form() == Form.LEVEL) {
            return value;
        }
        return Objects.requireNonNull(find(metric, condition.windowMs())).reading(condition.form(), value);
    }

    private @Nullable History find(int metric, long windowMs) {
        for (int i = 0; i < histories.size(); i++) {
            Kept kept = histories.get(i);
            if (kept.metric() == metric && kept.key().windowMs() == windowMs) {
                return kept.history();
            }
        }
        return null;
    }

    private record Kept(HistoryKey key, int metric, int source, History history) {}
}
