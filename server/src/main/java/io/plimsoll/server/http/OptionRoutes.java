package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.topology.MonitorStores;
import java.util.Set;

/** What options add, by underlying. */
final class OptionRoutes {

    private static final String OPTIONS_ON = "options on";

    private final StateApi api;

    OptionRoutes(StateApi api) {
        this.api = api;
    }

    void addTo(Operations routes) {
        routes.add(OptionOperations.UNDERLYINGS, this::all);
        routes.add(OptionOperations.ONE, this::one);
        routes.add(OptionOperations.STRIKES, this::strikes);
    }

    private void all(Context context) {
        api.answerAll(
                context, "underlyings", MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE, Set.of());
    }

    private void one(Context context) {
        api.answerState(
                context,
                MonitorStores.OPTION_EXPOSURES,
                MonitorStores.OPTION_EXPOSURE_TYPE,
                OPTIONS_ON,
                context.pathParam("id"));
    }

    private void strikes(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.OPTION_EXPOSURES,
                id,
                from -> from.get(MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE, id)
                        .map(exposure -> byStrike(id, exposure)),
                from -> api.unknown(
                        from, OPTIONS_ON, id, MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE));
    }

    private ObjectNode byStrike(String id, OptionExposure exposure) {
        ObjectNode whole = PlainJson.toJson(exposure);
        ObjectNode body = api.object().put("id", id);
        whole.properties().stream()
                .filter(member -> OptionOperations.OF_THE_WHOLE.contains(member.getKey()))
                .forEach(member -> body.set(member.getKey(), member.getValue()));
        ArrayNode rows = api.withAge(body).putArray("strikes");
        exposure.getByStrike()
                .forEach(each ->
                        rows.addObject().put("strike", each.getStrike()).setAll(PlainJson.toJson(each.getGreeks())));
        return body;
    }
}
