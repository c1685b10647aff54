package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.topology.MonitorStores;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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
        routes.add(OptionOperations.EXPIRIES, this::expiries);
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
        list(
                context,
                "strikes",
                exposure -> exposure.getByStrike().stream()
                        .map(each -> api.object()
                                .put("strike", each.getStrike())
                                .setAll(PlainJson.toJson(each.getGreeks()))));
    }

    private void expiries(Context context) {
        list(
                context,
                "expiries",
                exposure -> exposure.getByExpiry().stream()
                        .map(each -> api.object()
                                .put("expiryMs", each.getExpiryMs())
                                .setAll(PlainJson.toJson(each.getGreeks()))));
    }

    /** Answers with a list of greeks of one underlying. */
    private void list(Context context, String name, Function<OptionExposure, Stream<JsonNode>> rows) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.OPTION_EXPOSURES,
                id,
                from -> from.get(MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE, id)
                        .map(exposure -> {
                            ObjectNode body = whole(id, exposure);
                            ArrayNode list = body.putArray(name);
                            rows.apply(exposure).forEach(list::add);
                            return body;
                        }),
                from -> api.unknown(
                        from, OPTIONS_ON, id, MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE));
    }

    /** What is said beside each row. */
    private ObjectNode whole(String id, OptionExposure exposure) {
        ObjectNode body = api.object().put("id", id);
        PlainJson.toJson(exposure).properties().stream()
                .filter(member -> OptionOperations.OF_THE_WHOLE.contains(member.getKey()))
                .forEach(member -> body.set(member.getKey(), member.getValue()));
        return api.withAge(body);
    }
}
