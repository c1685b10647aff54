package io.plimsoll.server.cli;

import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.rules.RuleFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check", description = "Says all that is wrong with a file of rules, and writes nothing.")
final class RulesCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Rules as YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesCheckCommand() {}

    @Override
    public Integer call() {
        List<Rule> rules = RuleFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + ": " + rules.size() + " rules, nothing is wrong with them");
        out.flush();
        return ExitCode.OK;
    }
}
