package io.plimsoll.server.cli;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordSinkException;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.RegistryException;
import io.plimsoll.server.config.ConfigException;
import io.plimsoll.server.monitor.StartException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program. Each command is a class of this package, listed here. */
@Command(
        name = "plimsoll",
        description = "The systemic leverage monitor: how leveraged a market is, and where forced selling waits.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            RecordCommand.class,
            ImportCommand.class,
            InstrumentsCommand.class,
            AlertsCommand.class,
            ScenarioCommand.class,
            RulesCommand.class,
            TopicsCommand.class,
            TopologyCommand.class,
            ConfigCommand.class,
            KeyCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = "%n./plimsoll bench measures what docs/performance.md states; bench --help says more.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something else failed: Kafka or the registry does not answer, a port is taken, the monitor stopped",
            "2:the command line, the configuration or a given file cannot be used",
            "130:interrupted (Ctrl-C)",
            "143:ended by SIGTERM, after an orderly stop"
        })
public final class Plimsoll implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Plimsoll.class);

    @Spec
    private CommandSpec spec;

    Plimsoll() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        AvroSerdes.trustOwnRecords();
        int code = commandLine().execute(args);
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Plimsoll())
                .setParameterExceptionHandler(Plimsoll::sayWhatIsWrong)
                .setExecutionExceptionHandler(Plimsoll::sayWhatFailed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int sayWhatIsWrong(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("plimsoll: " + error.getMessage());
        err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int sayWhatFailed(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof ConfigException || error instanceof UsageException || error instanceof InputException) {
            command.getErr().println("plimsoll: " + error.getMessage());
            return ExitCode.USAGE;
        }
        if (error instanceof StartException
                || error instanceof RecordSinkException
                || error instanceof RegistryException) {
            command.getErr().println("plimsoll: " + error.getMessage());
            return ExitCode.FAILURE;
        }
        LOG.error("{} failed", command.getCommandSpec().qualifiedName(), error);
        return ExitCode.FAILURE;
    }
}
