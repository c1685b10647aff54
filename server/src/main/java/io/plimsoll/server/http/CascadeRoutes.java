package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.topology.MonitorStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observed cascades, the newest first. */
final class CascadeRoutes {

    private static final String SYSTEM = "system";
    private static final String LIST = "cascades";
    private static final List<String> PARAMETERS = List.of("market", "from", "limit");
    private static final List<String> STORES = List.of(MonitorStores.CASCADES, MonitorStores.SYSTEM_CASCADES);
    private static final int UNLESS_TOLD = 100;
    private static final int NEIGHBOURS = 5;
    private static final Comparator<JsonNode> NEWEST_FIRST = Comparator.comparingLong(
                    (JsonNode cascade) -> cascade.path("startMs").asLong())
            .reversed()
            .thenComparing(cascade -> cascade.path("id").asText());

    private final StateApi api;
    private final Supplier<Instruments> instruments;

    /** Takes the instruments as well; they may be a problem while they are being read. */
    CascadeRoutes(StateApi api, Supplier<Instruments> instruments) {
        this.api = api;
        this.instruments = instruments;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/cascades", this::cascades);
    }

    private void cascades(Context context) {
        for (String name : context.queryParamMap().keySet()) {
            if (!PARAMETERS.contains(name) && !name.equals(Parameters.SCOPE)) {
                throw Problem.unknownParameter(name, PARAMETERS);
            }
        }
        String market = context.queryParam("market");
        Instant from = Parameters.instant(context, "from", Instant.EPOCH);
        int limit = Parameters.limit(context, UNLESS_TOLD);
        List<JsonNode> cascades = new ArrayList<>(here(market, from.toEpochMilli(), limit));
        List<String> missing = new ArrayList<>();
        if (!Parameters.isLocalOnly(context)) {
            for (JsonNode part : api.elsewhere(context, STORES, LIST, missing)) {
                part.path(LIST).forEach(cascades::add);
            }
            if (cascades.isEmpty() && missing.isEmpty() && market != null) {
                refuseUnknown(market);
            }
        }
        cascades.sort(NEWEST_FIRST);
        ObjectNode body = api.object().put("servedAtMs", api.nowMs()).put("market", market);
        ArrayNode list = body.putArray(LIST);
        cascades.stream().limit(limit).forEach(list::add);
        ArrayNode unreachable = body.putArray("missing");
        missing.forEach(unreachable::add);
        api.answer(context, body);
    }

    /** None is an answer, too, where the market is known; markets with cascades are, if by their name alone. */
    private void refuseUnknown(String market) {
        if (market.equals(SYSTEM) || instruments.get().terms(market) != null) {
            return;
        }
        List<String> known = new ArrayList<>(instruments.get().markets());
        known.add(SYSTEM);
        throw Problem.unknown("market", market, NearestName.neighbours(market, known, NEIGHBOURS));
    }

    /** The newest of this instance's own. */
    private List<JsonNode> here(@Nullable String market, long fromMs, int limit) {
        PriorityQueue<JsonNode> oldestFirst = new PriorityQueue<>(NEWEST_FIRST.reversed());
        for (String store : STORES) {
            api.queries().forEach(store, MonitorStores.CASCADE_TYPE, (id, cascade) -> {
                if (cascade.getStartMs() >= fromMs && (market == null || market.equals(cascade.getSubject()))) {
                    oldestFirst.add(api.state(id, cascade));
                    if (oldestFirst.size() > limit) {
                        oldestFirst.remove();
                    }
                }
            });
        }
        return List.copyOf(oldestFirst);
    }
}
