package io.plimsoll.server.rules;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What applying a file does to the rules that are in force.
 *
 * @param added rules of the file that are not in force
 * @param changed rules of the file that are in force otherwise
 * @param same ids of the rules that are in force as in the file
 * @param missing ids of the rules in force that are not in the file
 */
public record RuleChanges(List<Rule> added, List<Rule> changed, Set<String> same, Set<String> missing) {

    /** Compares a file with what is in force. */
    public static RuleChanges of(List<Rule> file, Map<String, Rule> inForce) {
        List<Rule> added = new ArrayList<>();
        List<Rule> changed = new ArrayList<>();
        Set<String> same = new TreeSet<>();
        for (Rule rule : file) {
            Rule now = inForce.get(rule.getId());
            if (now == null) {
                added.add(rule);
            } else if (now.equals(rule)) {
                same.add(rule.getId());
            } else {
                changed.add(rule);
            }
        }
        Set<String> missing = new TreeSet<>(inForce.keySet());
        missing.removeAll(file.stream().map(Rule::getId).collect(Collectors.toSet()));
        return new RuleChanges(List.copyOf(added), List.copyOf(changed), same, missing);
    }

    /**
     * Writes the records that bring the rules into force, and tombstones for the missing ones if these are to go.
     *
     * @return records and tombstones written, count
     */
    public int write(RecordSink sink, boolean prune, long nowMs) {
        List<Rule> records = new ArrayList<>(added);
        records.addAll(changed);
        records.forEach(rule -> sink.write(Topics.RULES.name(), rule.getId(), nowMs, rule));
        if (prune) {
            missing.forEach(id -> sink.write(Topics.RULES.name(), id, nowMs, null));
        }
        sink.flush();
        return records.size() + (prune ? missing.size() : 0);
    }
}
