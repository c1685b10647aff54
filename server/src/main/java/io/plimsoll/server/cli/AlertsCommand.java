package io.plimsoll.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "alerts",
        description = "Prints the alert board of a running Plimsoll, or follows it; takes up and silences alerts.",
        subcommands = {
            AlertActionCommands.Acknowledge.class,
            AlertActionCommands.Silence.class,
            AlertActionCommands.Unsilence.class
        },
        footer = "%ndocs/alert-delivery.md says how alerts reach a desk by other ways.")
final class AlertsCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/alerts";
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final long PAUSE_MS = 1_000;

    @Option(names = "--follow", description = "Go on with every change until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--severity",
            defaultValue = "",
            paramLabel = "S,...",
            description = "Only these: critical, warning, info.")
    private String severity = "";

    @Option(
            names = "--status",
            defaultValue = "",
            paramLabel = "S,...",
            description = "Only these: pending, firing, resolved. Unless told: all with --follow, else those that are"
                    + " not over.")
    private String status = "";

    @Option(
            names = "--subject",
            defaultValue = "",
            paramLabel = "PATTERN",
            description = "Only subjects such as these; * stands for any run of characters (hyperliquid:*).")
    private String subject = "";

    @Option(names = "--rule", defaultValue = "", paramLabel = "PATTERN", description = "Only of such rules.")
    private String rule = "";

    @Option(names = "--all", description = "Print alerts under another one, too.")
    private boolean everything;

    @Option(names = "--json", description = "Print JSON: the answer, or one alert a line with --follow.")
    private boolean asJson;

    @Option(names = "--exit-after", paramLabel = "TIME", description = "With --follow: stop after this time (30s, 5m).")
    private @Nullable String exitAfter;

    @Mixin
    private AlertServer server = new AlertServer();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final ObjectMapper json = new ObjectMapper();

    AlertsCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> filter = new LinkedHashMap<>();
        filter.put("severity", severity);
        filter.put("subject", subject);
        filter.put("rule", rule);
        PrintWriter out = spec.commandLine().getOut();
        if (follow) {
            follow(filter, out);
        } else {
            filter.put("status", status.isEmpty() ? "firing,pending" : status);
            print(server.ask("GET", AlertServer.path(PATH, filter), null), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void print(JsonNode board, PrintWriter out) {
        if (asJson) {
            out.println(board);
            return;
        }
        List<JsonNode> alerts = new ArrayList<>();
        board.path("alerts").forEach(alerts::add);
        Set<String> firing = new HashSet<>();
        alerts.stream()
                .filter(alert -> alert.path("status").asText().equals("FIRING"))
                .forEach(alert -> firing.add(alert.path("id").asText()));
        int folded = 0;
        AlertText text = new AlertText(out);
        for (JsonNode alert : alerts) {
            if (!everything && firing.contains(alert.path("parent").asText())) {
                folded++;
            } else {
                text.print(alert);
            }
        }
        text.end(board, alerts.size(), folded);
    }

    private void follow(Map<String, String> filter, PrintWriter out) throws InterruptedException {
        Duration within = exitAfter == null ? FOR_EVER : Times.duration("--exit-after", exitAfter);
        long startNs = System.nanoTime();
        Set<String> statuses = statuses();
        AlertText text = new AlertText(out);
        EventLines lines = new EventLines((name, data) -> {
            show(name, data, statuses, text, out);
            out.flush();
        });
        boolean answered = false;
        while (true) {
            Duration left = within.minusNanos(System.nanoTime() - startNs);
            try {
                if (left.isNegative()
                        || !server.follow(
                                AlertServer.path(PATH + "/stream", filter), lines.lastId(), lines.subscriber(), left)) {
                    return;
                }
                answered = true;
            } catch (IOException e) {
                if (!answered && lines.lastId() == null) {
                    throw server.unreachable(e);
                }
                spec.commandLine().getErr().println("plimsoll: connecting again: " + e.getMessage());
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private void show(String name, String data, Set<String> statuses, AlertText text, PrintWriter out) {
        try {
            JsonNode node = json.readTree(data);
            if (name.equals("alert") && statuses.contains(node.path("status").asText())) {
                if (asJson) {
                    out.println(data);
                } else {
                    text.print(node);
                }
            } else if (name.equals("end")) {
                spec.commandLine()
                        .getErr()
                        .println("plimsoll: the stream ended: "
                                + node.path("reason").asText());
            }
        } catch (JsonProcessingException e) {
            spec.commandLine().getErr().println("plimsoll: an event is no JSON: " + e.getOriginalMessage());
        }
    }

    private Set<String> statuses() {
        Set<String> known = Set.of("PENDING", "FIRING", "RESOLVED");
        if (status.isEmpty()) {
            return known;
        }
        Set<String> wanted = new HashSet<>();
        Arrays.stream(status.split(",")).forEach(each -> wanted.add(each.strip().toUpperCase(Locale.ROOT)));
        if (!known.containsAll(wanted)) {
            throw new UsageException("--status is \"" + status + "\", allowed are pending, firing, resolved");
        }
        return wanted;
    }
}
