package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.survey.Surveys;
import java.util.List;
import java.util.Set;

/** What all accounts together would do: after a shock of all prices, and after a fall of one. */
final class SurveyRoutes {

    private final StateApi api;

    SurveyRoutes(StateApi api) {
        this.api = api;
    }

    void addTo(Operations routes) {
        routes.add(SystemOperations.SYSTEM_CASCADE, this::cascade);
        routes.add(SystemOperations.CONTAGION, this::contagion);
        routes.add(SystemOperations.COLLATERAL, this::collateral);
        routes.add(SystemOperations.COLLATERAL_OF_ONE, this::collateralOfOne);
    }

    private void cascade(Context context) {
        api.answerOne(
                context,
                MonitorStores.SYSTEM_CASCADE_RISK,
                Surveys.SYSTEM,
                from -> from.get(MonitorStores.SYSTEM_CASCADE_RISK, MonitorStores.CASCADE_RISK_TYPE, Surveys.SYSTEM)
                        .map(risk -> api.state(Surveys.SYSTEM, risk)),
                from -> notYet());
    }

    private void contagion(Context context) {
        api.answerOne(
                context,
                MonitorStores.CONTAGION,
                Surveys.SYSTEM,
                from -> from.get(MonitorStores.CONTAGION, MonitorStores.CONTAGION_TYPE, Surveys.SYSTEM)
                        .map(system -> matrix(from, system)),
                from -> notYet());
    }

    private void collateral(Context context) {
        api.answerAll(
                context, "subjects", MonitorStores.COLLATERAL_STATES, MonitorStores.COLLATERAL_STATE_TYPE, Set.of());
    }

    /** All of them are held where the system's is. */
    private void collateralOfOne(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.COLLATERAL_STATES,
                Surveys.SYSTEM,
                from -> from.get(MonitorStores.COLLATERAL_STATES, MonitorStores.COLLATERAL_STATE_TYPE, id)
                        .map(state -> api.state(id, state)),
                from -> api.unknown(
                        from,
                        "collateral of",
                        id,
                        MonitorStores.COLLATERAL_STATES,
                        MonitorStores.COLLATERAL_STATE_TYPE));
    }

    private ObjectNode matrix(StateReader from, Contagion system) {
        ObjectNode body = api.state(Surveys.SYSTEM, system);
        body.remove("flows");
        ArrayNode sources = body.putArray("sources");
        from.forEach(MonitorStores.CONTAGION, MonitorStores.CONTAGION_TYPE, (market, row) -> {
            if (!market.equals(Surveys.SYSTEM)) {
                ObjectNode source = sources.addObject().put("market", market);
                source.put("asOfMs", row.getAsOfMs());
                source.set("flows", PlainJson.toJson(row).get("flows"));
            }
        });
        return body;
    }

    private static Problem notYet() {
        return Problem.unknown("survey of", Surveys.SYSTEM, List.of());
    }
}
