package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.topology.MonitorStores;
import java.util.Set;

/** What options add, by underlying. */
final class OptionRoutes {

    private final StateApi api;

    OptionRoutes(StateApi api) {
        this.api = api;
    }

    void addTo(Operations routes) {
        routes.add(OptionOperations.UNDERLYINGS, this::all);
        routes.add(OptionOperations.ONE, this::one);
    }

    private void all(Context context) {
        api.answer(
                context,
                api.all(
                        context,
                        "underlyings",
                        MonitorStores.OPTION_EXPOSURES,
                        MonitorStores.OPTION_EXPOSURE_TYPE,
                        Set.of(),
                        api::state));
    }

    private void one(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.OPTION_EXPOSURES,
                id,
                from -> from.get(MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE, id)
                        .map(exposure -> api.state(id, exposure)),
                from -> api.unknown(
                        from, "options on", id, MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE));
    }
}
