package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.topology.MonitorStores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Of every market, how near its nearest tipping points are: its cascade risk without the outcomes of single shocks. */
final class TippingRoutes {

    private static final String LIST = "markets";

    private final StateApi api;

    TippingRoutes(StateApi api) {
        this.api = api;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/tipping-points", this::all);
    }

    private void all(Context context) {
        for (String name : context.queryParamMap().keySet()) {
            if (!name.equals(Parameters.SCOPE)) {
                throw Problem.unknownParameter(name, List.of());
            }
        }
        List<JsonNode> markets = new ArrayList<>();
        Gathering gathering = api.gatherStates(context, LIST, MonitorStores.CASCADE_RISKS);
        gathering.read(
                MonitorStores.CASCADE_RISKS,
                MonitorStores.CASCADE_RISK_TYPE,
                (id, risk) -> markets.add(summary(id, risk)));
        gathering.finish(part -> part.path(LIST).forEach(markets::add));
        markets.sort(Comparator.comparing(market -> market.path("id").asText()));
        ObjectNode body = api.object().put("servedAtMs", api.nowMs());
        ArrayNode list = body.putArray(LIST);
        markets.forEach(list::add);
        gathering.addTo(body);
        api.answer(context, body);
    }

    private ObjectNode summary(String id, CascadeRisk risk) {
        ObjectNode market = api.object()
                .put("id", id)
                .put("asOfMs", risk.getAsOfMs())
                .put("stalenessMs", risk.getStalenessMs())
                .put("formulaVersion", risk.getFormulaVersion())
                .put("markPrice", risk.getMarkPrice())
                .put("coverageLong", risk.getCoverageLong())
                .put("coverageShort", risk.getCoverageShort())
                .put("impactSource", risk.getImpactSource().name())
                .put("depthState", risk.getDepthState().name());
        ArrayNode outcomes = market.putArray("outcomes");
        for (CascadeOutcome outcome : risk.getOutcomes()) {
            outcomes.addObject()
                    .put("direction", outcome.getDirection().name())
                    .put("depthHaircut", outcome.getDepthHaircut())
                    .put("reproductionAtSpot", outcome.getReproductionAtSpot())
                    .put("reproductionMax", outcome.getReproductionMax())
                    .put("tippingDistanceLow", outcome.getTippingDistanceLow())
                    .put("tippingDistanceHigh", outcome.getTippingDistanceHigh());
        }
        return api.withAge(market);
    }
}
