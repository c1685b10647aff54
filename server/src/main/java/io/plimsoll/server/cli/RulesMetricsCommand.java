package io.plimsoll.server.cli;

import io.plimsoll.server.rules.MetricsTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "metrics", description = "Prints every metric that rules may ask about.")
final class RulesMetricsCommand implements Callable<Integer> {

    @Option(names = "--markdown", description = "Print the tables of docs/rules.md.")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesMetricsCommand() {}

    @Override
    public Integer call() {
        String text = markdown ? MetricsTable.markdown() : MetricsTable.plain();
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
