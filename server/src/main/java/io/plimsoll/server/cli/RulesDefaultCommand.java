package io.plimsoll.server.cli;

import io.plimsoll.server.rules.DefaultRules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "default", description = "Prints the rules that ship with Plimsoll, to start a file of your own.")
final class RulesDefaultCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesDefaultCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(DefaultRules.yaml());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
