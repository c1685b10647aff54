package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Holds observations against rules and tells of episodes. No clock: time is that of the observations, and what
 * {@link #passTime} says.
 *
 * <p>Rules are looked up by subject once, when a subject is first seen or the rules change; an observation then costs a
 * comparison per condition that reads its source, and makes no objects where nothing changes.
 */
public final class AlertEngine {

    /** Subjects above which those are let go of whom nothing is to be remembered. */
    private static final int MANY_SUBJECTS = 50_000;

    private final Map<SubjectKind, MetricTable> tables = new EnumMap<>(SubjectKind.class);
    private final Map<SubjectKind, Map<String, SubjectAlerts>> subjects = new EnumMap<>(SubjectKind.class);
    private final Map<String, CompiledRule> rules = new TreeMap<>();
    private final Map<HistoryKey, HistoryMemory> historiesRead = new HashMap<>();
    /** By key on the board; of each the last that was opened. */
    private final Map<String, Standing> open = new LinkedHashMap<>();

    private final Map<SubjectKind, Set<String>> sourcesRead = new EnumMap<>(SubjectKind.class);
    private final Actions actions = new Actions();
    private final AlertMemory memory;
    private final Consumer<AlertState> out;
    private int mostSubjects = MANY_SUBJECTS;

    /**
     * @param metrics by kind of subject, in the order of the observations' values
     * @param out takes the records of the board, in order
     */
    public AlertEngine(Map<SubjectKind, List<Metric>> metrics, AlertMemory memory, Consumer<AlertState> out) {
        this.memory = memory;
        this.out = out;
        metrics.forEach((kind, list) -> {
            tables.put(kind, new MetricTable(list));
            subjects.put(kind, new HashMap<>());
        });
    }

    /** Whether all metrics of a rule are among those of this engine. */
    public boolean covers(AlertRule rule) {
        MetricTable table = tables.get(rule.kind());
        return table != null && rule.conditions().stream().allMatch(condition -> table.has(condition.metric()));
    }

    /** Whether any rule asks for a metric of that source: nobody need read it otherwise. */
    public boolean reads(SubjectKind kind, String source) {
        Set<String> read = sourcesRead.get(kind);
        return read != null && read.contains(source);
    }

    private void noteSources() {
        sourcesRead.clear();
        for (CompiledRule compiled : rules.values()) {
            MetricTable table = table(compiled.rule.kind());
            for (int source : compiled.sources) {
                sourcesRead
                        .computeIfAbsent(compiled.rule.kind(), kind -> new HashSet<>())
                        .add(table.source(source));
            }
        }
    }

    /**
     * Puts a rule in force, in place of the one with its id. What fires under that one is resolved, unless the two are
     * equal.
     */
    public void put(AlertRule rule) {
        CompiledRule before = rules.get(rule.id());
        if (before != null && before.rule.equals(rule)) {
            return;
        }
        takeOff(rule.id(), "the rule was changed");
        CompiledRule compiled = new CompiledRule(rule, table(rule.kind()));
        rules.put(rule.id(), compiled);
        for (SubjectAlerts each : subjects(rule.kind()).values()) {
            if (rule.watches(each.subject)) {
                each.add(standing(compiled, each.subject), table(rule.kind()), historiesRead);
            }
        }
        forgetUnused();
    }

    /** Puts a rule out of force; what fires under it is resolved. */
    public void removeRule(String id) {
        takeOff(id, "the rule was removed");
        forgetUnused();
    }

    private void takeOff(String id, String reason) {
        CompiledRule before = rules.remove(id);
        if (before == null) {
            return;
        }
        for (SubjectAlerts each : subjects(before.rule.kind()).values()) {
            Standing standing = each.standingByRule.get(id);
            if (standing != null) {
                boolean wasKept = !standing.isQuiet();
                standing.end(reason);
                keep(standing, wasKept);
                each.remove(standing);
            }
        }
    }

    private void forgetUnused() {
        noteSources();
        subjects.values().forEach(bySubject -> bySubject.values().forEach(subject -> subject.forgetUnused(memory)));
    }

    /** Puts an action in force, in place of the one with its target. */
    public void put(Action action) {
        actions.put(action);
        heedActions();
    }

    /** Takes an action back. */
    public void removeAction(String target) {
        actions.remove(target);
        heedActions();
    }

    private void heedActions() {
        for (Standing standing : openNow()) {
            if (standing.heed()) {
                keep(standing, true);
            }
        }
    }

    /** Writes what is pending or firing under some rules again, as something about the records has changed. */
    public void writeAgain(Predicate<AlertRule> rules) {
        for (Standing standing : openNow()) {
            if (rules.test(standing.compiled.rule)) {
                standing.writeAgain();
                keep(standing, true);
            }
        }
    }

    /** Gives back a history that was kept; before the first observation. */
    public void restore(HistoryKey key, HistoryMemory history) {
        historiesRead.put(key, history);
    }

    /**
     * Gives back a standing that was kept; after the rules, the actions and the histories.
     *
     * @return false where its rule is no longer the one that it was kept under
     */
    public boolean restore(StandingMemory standing) {
        CompiledRule compiled = rules.get(standing.ruleId());
        if (compiled == null || !compiled.fingerprint.equals(standing.fingerprint())) {
            return false;
        }
        SubjectAlerts subject = subject(compiled.rule.kind(), standing.subject());
        Standing fresh = subject.standingByRule.get(standing.ruleId());
        if (fresh == null) {
            return false;
        }
        Standing restored = new Standing(compiled, standing, actions, out);
        subject.replace(fresh, restored);
        noteOpen(restored);
        return true;
    }

    /** Takes what one record says of a subject; one older than the newest of its source changes nothing. */
    public void take(Observation observation) {
        int source = table(observation.kind()).sourceOf(observation.values());
        if (source < 0) {
            return;
        }
        SubjectAlerts subject = subject(observation.kind(), observation.subject());
        if (!subject.isNext(source, observation.asOfMs())) {
            return;
        }
        subject.note(observation, source, memory);
        List<Standing> readers = subject.readersOf(source);
        for (int i = 0; i < readers.size(); i++) {
            Standing standing = readers.get(i);
            boolean wasQuiet = standing.isQuiet();
            standing.take(observation, source, subject);
            keep(standing, !wasQuiet);
        }
    }

    /** Lets time pass for what is open: up to then nothing more is expected of silent subjects. */
    public void passTime(long eventTimeMs) {
        passTime(eventTimeMs, kind -> true);
    }

    /** The same for subjects of some kinds, where others are waited for longer. */
    public void passTime(long eventTimeMs, Predicate<SubjectKind> kinds) {
        for (Standing standing : openNow()) {
            if (standing.isDue(eventTimeMs) && kinds.test(standing.compiled.rule.kind())) {
                standing.advance(eventTimeMs);
                keep(standing, true);
            }
        }
    }

    /** Forgets an episode that is over, as it is no longer on the board. */
    public void forgetResolved(String ruleId, String subject) {
        if (!open.containsKey(AlertState.key(ruleId, subject))) {
            memory.forget(ruleId, subject);
        }
    }

    /** Alerts that are pending or firing. */
    public int openAlerts() {
        return open.size();
    }

    private List<Standing> openNow() {
        List<Standing> standings = new ArrayList<>(open.values());
        standings.sort(Comparator.comparing((Standing standing) -> standing.subject)
                .thenComparing(standing -> standing.compiled.rule.id()));
        return standings;
    }

    private void keep(Standing standing, boolean wasKept) {
        boolean quiet = standing.isQuiet();
        if (quiet && !wasKept) {
            return;
        }
        noteOpen(standing);
        if (quiet && !standing.hasEnded()) {
            memory.forget(standing.compiled.rule.id(), standing.subject);
        } else {
            memory.put(standing.memory());
        }
    }

    private void noteOpen(Standing standing) {
        String key = AlertState.key(standing.compiled.rule.id(), standing.subject);
        if (standing.isOpen()) {
            open.put(key, standing);
        } else {
            open.remove(key);
        }
    }

    private SubjectAlerts subject(SubjectKind kind, String name) {
        Map<String, SubjectAlerts> known = subjects(kind);
        SubjectAlerts subject = known.get(name);
        if (subject == null) {
            if (known.size() >= mostSubjects) {
                letGo(known);
            }
            subject = new SubjectAlerts(kind, name, table(kind).sources());
            for (CompiledRule compiled : rules.values()) {
                if (compiled.rule.kind() == kind && compiled.rule.watches(name)) {
                    subject.add(standing(compiled, name), table(kind), historiesRead);
                }
            }
            known.put(name, subject);
        }
        return subject;
    }

    private void letGo(Map<String, SubjectAlerts> known) {
        known.values()
                .removeIf(subject -> !subject.hasHistories()
                        && subject.standingByRule.values().stream().allMatch(Standing::isQuiet));
        mostSubjects = Math.max(MANY_SUBJECTS, 2 * known.size());
    }

    private Standing standing(CompiledRule compiled, String subject) {
        return new Standing(compiled, subject, actions, out);
    }

    private MetricTable table(SubjectKind kind) {
        return Objects.requireNonNull(tables.get(kind), () -> "no metrics of " + kind + " here");
    }

    private Map<String, SubjectAlerts> subjects(SubjectKind kind) {
        return Objects.requireNonNull(subjects.get(kind), () -> "no subjects of " + kind + " here");
    }
}
