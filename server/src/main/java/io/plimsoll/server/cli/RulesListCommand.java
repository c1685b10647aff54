package io.plimsoll.server.cli;

import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.server.rules.RuleText;
import io.plimsoll.server.rules.RuleTopic;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Prints the rules that are in force.")
final class RulesListCommand implements Callable<Integer> {

    private static final String ROW = "%-28s %-9s %-8s %-24s %s%n";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesListCommand() {}

    @Override
    public Integer call() {
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "RULE", "SEVERITY", "KIND", "SUBJECTS", "FIRES WHERE");
        for (Rule rule : RuleTopic.read(config.kafka(), RegistryClients.connect(config.schemaRegistry()))
                .values()) {
            out.printf(
                    ROW,
                    rule.getId(),
                    rule.getSeverity().name().toLowerCase(Locale.ROOT),
                    rule.getKind().name().toLowerCase(Locale.ROOT),
                    String.join(",", rule.getSubjects()),
                    RuleText.conditions(rule));
        }
        out.flush();
        return ExitCode.OK;
    }
}
