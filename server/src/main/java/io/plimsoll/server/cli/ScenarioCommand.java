package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "scenario",
        description = "Asks a running Plimsoll what a shock would set off, round by round, and prints the answer.",
        footer = "%nGross is the bound, net the estimate: docs/measures.md says what they are.")
final class ScenarioCommand implements Callable<Integer> {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MS = 100;

    @Option(
            names = "--shock",
            paramLabel = "NAME=CHANGE",
            description = "Change of a base asset's or market's price: BTC=-10%%, hyperliquid:BTC=-0.1. Repeatable.")
    private List<String> shocks = List.of();

    @Option(
            names = "--depth-haircut",
            defaultValue = "1",
            paramLabel = "SHARE",
            description = "Share of today's depth that remains (${DEFAULT-VALUE}).")
    private double depthHaircut;

    @Option(
            names = "--collateral-cut",
            paramLabel = "ASSET=LOSS",
            description = "Share of its value that an asset loses as collateral: USDE=30%%. Repeatable.")
    private List<String> cuts = List.of();

    @Option(
            names = "--remove-account",
            paramLabel = "VENUE:ACCOUNT",
            description = "Leave this account out. Repeatable.")
    private List<String> removed = List.of();

    @Mixin
    private ServerConnection connection = new ServerConnection();

    @Option(names = "--all", description = "Print all markets and all moves of each round, not only the largest.")
    private boolean everything;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean asJson;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final ObjectMapper json = new ObjectMapper();

    ScenarioCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        String body = request();
        try {
            HttpResponse<String> accepted =
                    send(connection.request("/api/v1/scenarios").POST(HttpRequest.BodyPublishers.ofString(body)));
            if (accepted.statusCode() >= BAD_REQUEST && accepted.statusCode() < SERVER_ERROR) {
                throw new UsageException(detail(accepted));
            }
            if (accepted.statusCode() != ACCEPTED) {
                throw new StartException(
                        connection.server() + " answers: " + detail(accepted), new IllegalStateException());
            }
            JsonNode result = await(json.readTree(accepted.body()).path("id").asText());
            PrintWriter out = spec.commandLine().getOut();
            if (asJson) {
                out.println(result);
            } else {
                new ScenarioTable(out, everything).print(result);
            }
            out.flush();
            return result.path("state").asText().equals("DONE") ? ExitCode.OK : ExitCode.FAILURE;
        } catch (IOException e) {
            throw new StartException("no Plimsoll answers at " + connection.server() + " (--server): " + e, e);
        }
    }

    private String request() {
        if (shocks.isEmpty() && cuts.isEmpty() && removed.isEmpty()) {
            throw new UsageException("nothing is asked, allowed are --shock, --collateral-cut and --remove-account");
        }
        Map<String, Double> changes = fractions("--shock", shocks, "BTC=-10% or BTC=-0.1");
        Map<String, Double> losses = fractions("--collateral-cut", cuts, "USDE=30% or USDE=0.3");
        try {
            ScenarioTerms checked = new ScenarioTerms(changes, depthHaircut, losses, Set.copyOf(removed));
            ObjectNode request = json.createObjectNode().put("depthHaircut", checked.depthHaircut());
            ObjectNode shockFields = request.putObject("shocks");
            changes.forEach(shockFields::put);
            ObjectNode cutFields = request.putObject("collateralCuts");
            losses.forEach(cutFields::put);
            var accounts = request.putArray("removedAccounts");
            removed.forEach(accounts::add);
            return request.toString();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Double> fractions(String option, List<String> given, String example) {
        Map<String, Double> fractions = new TreeMap<>();
        for (String text : given) {
            int split = text.lastIndexOf('=');
            try {
                String number = text.substring(split + 1);
                boolean percent = number.endsWith("%");
                BigDecimal value = new BigDecimal(percent ? number.substring(0, number.length() - 1) : number);
                if (split < 1) {
                    throw new NumberFormatException();
                }
                fractions.put(text.substring(0, split), (percent ? value.movePointLeft(2) : value).doubleValue());
            } catch (NumberFormatException e) {
                throw new UsageException(option + " is \"" + text + "\", allowed is NAME=CHANGE, as " + example);
            }
        }
        return fractions;
    }

    private JsonNode await(String id) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> answer = send(connection.request("/api/v1/scenarios/" + id));
            if (answer.statusCode() == OK) {
                return json.readTree(answer.body());
            }
            boolean later = answer.statusCode() == ACCEPTED || answer.statusCode() > 500;
            if (!later || System.nanoTime() > deadlineNs) {
                throw new StartException(
                        "scenario " + id + " has no answer: " + detail(answer), new IllegalStateException());
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return connection
                .client()
                .send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String detail(HttpResponse<String> answer) throws IOException {
        JsonNode body = json.readTree(answer.body());
        return body.path("detail").asText(answer.body());
    }
}
