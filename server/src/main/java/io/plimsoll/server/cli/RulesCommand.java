package io.plimsoll.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rules",
        description = "Alert rules: checks files of them, writes them to your Kafka, lists what is in force.",
        subcommands = {
            RulesCheckCommand.class,
            RulesApplyCommand.class,
            RulesListCommand.class,
            RulesTestCommand.class,
            RulesDefaultCommand.class,
            RulesMetricsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = "%nThe format and every metric: docs/rules.md.")
final class RulesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    RulesCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
