package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What may be done about one alert. */
final class AlertActionCommands {

    private AlertActionCommands() {}

    @Command(name = "ack", description = "Takes up an alert: it is not said again while it lasts.")
    static final class Acknowledge implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Id of the alert.")
        private String id = "";

        @Mixin
        private WhoAndWhy deed = new WhoAndWhy();

        @Mixin
        private AlertServer server = new AlertServer();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        Acknowledge() {}

        @Override
        public Integer call() throws InterruptedException {
            server.ask("POST", path(id, "ack"), deed.body());
            return say(spec, "taken up by " + deed.by() + ": " + id);
        }
    }

    @Command(name = "silence", description = "Silences an alert for a time: it wakes nobody.")
    static final class Silence implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Id of the alert.")
        private String id = "";

        @Mixin
        private WhoAndWhy deed = new WhoAndWhy();

        @Option(names = "--for", paramLabel = "TIME", description = "For how long (30s, 15m, 2h, 1d).")
        private @Nullable String time;

        @Option(names = "--until", paramLabel = "WHEN", description = "Until when (2026-08-01T00:00:00Z).")
        private @Nullable String until;

        @Mixin
        private AlertServer server = new AlertServer();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        Silence() {}

        @Override
        public Integer call() throws InterruptedException {
            if ((time == null) == (until == null)) {
                throw new UsageException("one of --for and --until is needed");
            }
            ObjectNode body = deed.body();
            body.put(time == null ? "until" : "for", time == null ? until : time);
            JsonNode written = server.ask("POST", path(id, "silence"), body);
            return say(
                    spec,
                    "silenced until "
                            + Instant.ofEpochMilli(written.path("untilMs").asLong()) + ": " + id);
        }
    }

    @Command(name = "unsilence", description = "Takes a silence back.")
    static final class Unsilence implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Id of the alert.")
        private String id = "";

        @Mixin
        private AlertServer server = new AlertServer();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        Unsilence() {}

        @Override
        public Integer call() throws InterruptedException {
            server.ask("DELETE", path(id, "silence"), null);
            return say(spec, "no longer silenced: " + id);
        }
    }

    private static String path(String id, String action) {
        return "/api/v1/alerts/" + AlertServer.encoded(id) + "/" + action;
    }

    private static int say(CommandSpec spec, String sentence) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(sentence);
        out.flush();
        return ExitCode.OK;
    }
}
