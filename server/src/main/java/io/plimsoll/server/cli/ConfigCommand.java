package io.plimsoll.server.cli;

import io.plimsoll.server.config.SettingsTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "config", description = "Prints every setting with value, default and meaning.")
final class ConfigCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Print the values that this file gives, checked.")
    private @Nullable Path file;

    @Option(names = "--markdown", description = "Print docs/settings.md.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    ConfigCommand() {}

    @Override
    public Integer call() {
        String text = markdown ? SettingsTable.markdown() : SettingsTable.plain(file, System.getenv());
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
