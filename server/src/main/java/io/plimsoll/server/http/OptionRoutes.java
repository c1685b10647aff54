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
        api.answerAll(
                context, "underlyings", MonitorStores.OPTION_EXPOSURES, MonitorStores.OPTION_EXPOSURE_TYPE, Set.of());
    }

    private void one(Context context) {
        api.answerState(
                context,
                MonitorStores.OPTION_EXPOSURES,
                MonitorStores.OPTION_EXPOSURE_TYPE,
                "options on",
                context.pathParam("id"));
    }
}
