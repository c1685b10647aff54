package io.plimsoll.server.cli;

import io.plimsoll.server.access.ApiKeys;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        description = {
            "Makes an API key: prints the key on standard output, and the setting that lets it in on standard error.",
            "The key is kept nowhere."
        },
        footer = "%nFor example: ./plimsoll key --name desk --role operator > desk.key; docs/access.md says more.")
final class KeyCommand implements Callable<Integer> {

    private enum KeyRole {
        reader,
        operator
    }

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Whose key; alerts' records show it.")
    private String name = "";

    @Option(names = "--role", defaultValue = "reader", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private KeyRole role = KeyRole.reader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    KeyCommand() {}

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new UsageException("--name is \"" + name + "\", allowed are 1 to 64 letters, digits, - and _");
        }
        String key = ApiKeys.newKey();
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "http:%n  auth:%n    keys:%n      %s:%n        role: %s%n        sha256: %s%n",
                name, role, ApiKeys.hashOf(key));
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println(key);
        out.flush();
        return ExitCode.OK;
    }
}
