package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.topology.MonitorStores;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What-if requests: taken, and asked for until they are answered. */
final class ScenarioRoutes {

    private static final String PATH = "/api/v1/scenarios";
    private static final String ID_SHAPE = "[A-Za-z0-9._-]{1,100}";
    private static final int ACCEPTED = 202;
    /** As long as a request may be on its way to who answers it. */
    private static final long ON_ITS_WAY_MS = Duration.ofMinutes(1).toMillis();

    private final StateApi api;
    private final ObjectMapper json;
    private final Supplier<Instruments> instruments;
    private final Supplier<RecordSink> requests;
    private final Map<String, Long> taken = new ConcurrentHashMap<>();

    /**
     * Routes.
     *
     * @param instruments may be a problem while they are being read
     * @param requests where requests are written; may be a problem until the monitor is there
     */
    ScenarioRoutes(StateApi api, ObjectMapper json, Supplier<Instruments> instruments, Supplier<RecordSink> requests) {
        this.api = api;
        this.json = json;
        this.instruments = instruments;
        this.requests = requests;
    }

    void addTo(Operations routes) {
        routes.add(ScenarioOperations.ASK, this::take);
        routes.add(ScenarioOperations.ONE, this::answer);
    }

    private void take(Context context) {
        Scenario scenario = read(context.body());
        scenario.setRemovedAccounts(scenario.getRemovedAccounts().stream()
                .map(ReadersView.of(context)::meant)
                .toList());
        check(scenario);
        RecordSink sink = requests.get();
        synchronized (sink) {
            sink.write(Topics.SCENARIOS.name(), scenario.getId(), api.nowMs(), scenario);
            sink.flush();
        }
        taken.values().removeIf(atMs -> atMs < api.nowMs() - ON_ITS_WAY_MS);
        taken.put(scenario.getId(), api.nowMs());
        context.status(ACCEPTED).header("Location", PATH + "/" + scenario.getId());
        api.answer(context, running(scenario.getId()));
    }

    private Scenario read(String body) {
        try {
            JsonNode given = json.readTree(body);
            if (!(given instanceof ObjectNode)) {
                throw Problem.badBody("the body is no JSON object, allowed is {\"shocks\": {\"BTC\": -0.1}}");
            }
            ObjectNode request = (ObjectNode) given;
            if (!request.has("id")) {
                request.put("id", UUID.randomUUID().toString());
            }
            request.put("requestedAtMs", api.nowMs());
            if (!request.has("shocks")) {
                request.putObject("shocks");
            }
            return PlainJson.fromJson(request, Scenario.class);
        } catch (JsonProcessingException e) {
            throw Problem.badBody("the body is no JSON: " + e.getOriginalMessage());
        } catch (InputException e) {
            throw Problem.badBody(String.valueOf(e.getMessage()));
        }
    }

    private void check(Scenario scenario) {
        if (!scenario.getId().matches(ID_SHAPE)) {
            throw Problem.badBody("id is \"" + scenario.getId()
                    + "\", allowed are 1 to 100 letters, digits, dots, dashes, underscores");
        }
        for (String account : scenario.getRemovedAccounts()) {
            if (account.indexOf(Keys.SEPARATOR) < 1 || account.endsWith(String.valueOf(Keys.SEPARATOR))) {
                throw Problem.badBody("removedAccounts has \"" + account + "\", allowed is venue:account");
            }
        }
        try {
            ScenarioTerms checked = new ScenarioTerms(
                    scenario.getShocks(),
                    scenario.getDepthHaircut(),
                    scenario.getCollateralCuts(),
                    Set.copyOf(scenario.getRemovedAccounts()));
            Set<String> known = instruments.get().shockable();
            for (String name : checked.shocks().keySet()) {
                if (!known.contains(name)) {
                    throw Problem.badBody("shocks has \"" + name + "\", " + NearestName.allowed(name, known));
                }
            }
        } catch (IllegalArgumentException e) {
            throw Problem.badBody(String.valueOf(e.getMessage()));
        }
    }

    private void answer(Context context) {
        String id = context.pathParam("id");
        try {
            api.answerOne(
                    context,
                    MonitorStores.SCENARIO_RESULTS,
                    id,
                    from -> here(from, context, id),
                    from -> api.unknown(
                            from, "scenario", id, MonitorStores.SCENARIO_RESULTS, MonitorStores.SCENARIO_RESULT_TYPE));
        } catch (Problem problem) {
            boolean nowhere = problem.status() == Problem.NOT_FOUND || problem.status() == Problem.MISDIRECTED;
            if (!nowhere || !isOnItsWay(context, id)) {
                throw problem;
            }
            context.status(ACCEPTED);
            api.answer(context, running(id));
            return;
        }
        if (context.statusCode() == Problem.NOT_FOUND && isOnItsWay(context, id)) {
            context.status(ACCEPTED);
            api.answer(context, running(id));
        }
    }

    private Optional<ObjectNode> here(StateReader from, Context context, String id) {
        Optional<ObjectNode> result = from.get(MonitorStores.SCENARIO_RESULTS, MonitorStores.SCENARIO_RESULT_TYPE, id)
                .map(found -> api.state(id, found));
        if (result.isPresent()) {
            return result;
        }
        Optional<ObjectNode> runs = from.get(MonitorStores.SCENARIO_RUNS, MonitorStores.SCENARIO_RUN_TYPE, id)
                .map(job -> running(id));
        runs.ifPresent(running -> context.status(ACCEPTED));
        return runs;
    }

    /** Taken a moment ago by this instance or another, and not yet read by who answers it. */
    private boolean isOnItsWay(Context context, String id) {
        Long atMs = taken.get(id);
        return (atMs != null && atMs >= api.nowMs() - ON_ITS_WAY_MS)
                || (!Parameters.isLocalOnly(context) && api.anyOtherAnswers(context, ACCEPTED));
    }

    private ObjectNode running(String id) {
        return api.object().put("id", id).put("state", "RUNNING");
    }
}
