package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.topology.MonitorStores;

/** Of every market, how near its nearest tipping points are: its cascade risk without the outcomes of single shocks. */
final class TippingRoutes {

    private final StateApi api;
    private final KnownMarkets known;

    TippingRoutes(StateApi api, KnownMarkets known) {
        this.api = api;
        this.known = known;
    }

    void addTo(Operations routes) {
        routes.add(MarketOperations.TIPPING_POINTS, this::all);
    }

    private void all(Context context) {
        api.answer(
                context,
                api.all(
                        context,
                        "markets",
                        MonitorStores.CASCADE_RISKS,
                        MonitorStores.CASCADE_RISK_TYPE,
                        known.of(context),
                        this::summary));
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
