package io.plimsoll.server.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.server.rules.RuleChanges;
import io.plimsoll.server.rules.RuleFile;
import io.plimsoll.server.rules.RuleTopic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        description = "Writes a file of rules to the rules topic. They are in force at once, without a restart.",
        footer = "%nWhat is the same already is not written again, so that its alerts go on.")
final class RulesApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Rules as YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--prune", description = "Remove the rules that are in force and not in the file.")
    private boolean prune;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesApplyCommand() {}

    @Override
    public Integer call() {
        // Known to be right before anything is connected to.
        List<Rule> rules = RuleFile.read(file);
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        SchemaRegistryClient registry = RegistryClients.connect(config.schemaRegistry());
        RuleChanges changes = RuleChanges.of(rules, RuleTopic.read(config.kafka(), registry));
        try (RecordSink sink = new KafkaRecordSink(config.kafka(), registry)) {
            changes.write(sink, prune, System.currentTimeMillis());
        }
        print(changes);
        return ExitCode.OK;
    }

    private void print(RuleChanges changes) {
        PrintWriter out = spec.commandLine().getOut();
        changes.added().forEach(rule -> out.println("added    " + rule.getId()));
        changes.changed().forEach(rule -> out.println("changed  " + rule.getId()));
        changes.same().forEach(id -> out.println("same     " + id));
        changes.missing().forEach(id -> out.println((prune ? "removed  " : "kept     ") + id));
        out.printf(
                "%s: %d added, %d changed, %d the same, %d %s%n",
                Topics.RULES.name(),
                changes.added().size(),
                changes.changed().size(),
                changes.same().size(),
                changes.missing().size(),
                prune ? "removed" : "not in the file and kept (--prune removes them)");
        out.flush();
    }
}
