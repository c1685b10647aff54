package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorStores;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Markets, their windows and their ladders; the system and its windows. */
final class MarketRoutes {

    private static final int WINDOWS_UNLESS_TOLD = 500;
    private static final String SYSTEM = "system";
    /** Windows are over fields of these records. */
    private static final List<String> METRICS = Stream.of(MarketState.getClassSchema(), SystemState.getClassSchema())
            .flatMap(schema -> schema.getFields().stream())
            .map(Schema.Field::name)
            .distinct()
            .toList();

    private final StateApi api;

    MarketRoutes(StateApi api) {
        this.api = api;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/markets", this::markets);
        routes.get("/api/v1/markets/{id}", this::market);
        routes.get("/api/v1/markets/{id}/windows", this::marketWindows);
        routes.get("/api/v1/markets/{id}/ladder", this::ladder);
        routes.get("/api/v1/system", this::system);
        routes.get("/api/v1/system/windows", this::systemWindows);
    }

    private void markets(Context context) {
        api.answer(
                context,
                api.all(
                        context,
                        "markets",
                        MonitorStores.MARKET_STATES,
                        MonitorStores.MARKET_STATE_TYPE,
                        state -> state));
    }

    private void market(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.MARKET_STATES,
                id,
                from -> from.get(MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE, id)
                        .map(state -> api.state(id, state)),
                from -> unknownMarket(from, id));
    }

    private void ladder(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.LADDERS,
                id,
                from -> from.get(MonitorStores.LADDERS, MonitorStores.LADDER_TYPE, id)
                        .map(ladder -> api.state(id, ladder.record())),
                from -> api.unknown(from, "ladder of market", id, MonitorStores.LADDERS, MonitorStores.LADDER_TYPE));
    }

    private void marketWindows(Context context) {
        String id = context.pathParam("id");
        Duration size = Parameters.windowSize(context);
        windows(context, MonitorStores.marketWindows(size), size, id, from -> unknownMarket(from, id));
    }

    private void system(Context context) {
        String subject = context.queryParam("subject");
        if (subject == null) {
            api.answer(
                    context,
                    api.all(
                            context,
                            "subjects",
                            MonitorStores.SYSTEM_STATES,
                            MonitorStores.SYSTEM_STATE_TYPE,
                            state -> state));
            return;
        }
        api.answerOne(
                context,
                MonitorStores.SYSTEM_STATES,
                subject,
                from -> from.get(MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, subject)
                        .map(state -> api.state(subject, state)),
                from -> unknownSubject(from, subject));
    }

    private void systemWindows(Context context) {
        String asked = context.queryParam("subject");
        String subject = asked == null ? SYSTEM : asked;
        Duration size = Parameters.windowSize(context);
        windows(context, MonitorStores.systemWindows(size), size, subject, from -> unknownSubject(from, subject));
    }

    private void windows(
            Context context, String store, Duration size, String id, Function<StateReader, Problem> unknown) {
        Instant from = Parameters.instant(context, "from", Instant.EPOCH);
        Instant to = Parameters.instant(
                context, "to", Instant.ofEpochMilli(api.nowMs()).plus(Duration.ofDays(1)));
        if (to.isBefore(from)) {
            throw Problem.badParameter("to", to.toString(), "a moment not before from (" + from + ")");
        }
        int limit = Parameters.limit(context, WINDOWS_UNLESS_TOLD);
        Set<String> metrics = metrics(context);
        api.answerOne(
                context,
                store,
                id,
                reader -> {
                    List<WindowState> windows = reader.windows(store, MonitorStores.WINDOW_TYPE, id, from, to, limit);
                    return windows.isEmpty() && !isHere(reader, context, id)
                            ? Optional.empty()
                            : Optional.of(body(id, size, windows, metrics));
                },
                unknown);
    }

    /** No window in the interval is an answer, too, where the subject is known. */
    private static boolean isHere(StateReader from, Context context, String id) {
        return context.path().contains("/markets/")
                ? from.get(MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE, id)
                        .isPresent()
                : from.get(MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, id)
                        .isPresent();
    }

    private ObjectNode body(String id, Duration size, List<WindowState> windows, Set<String> metrics) {
        ObjectNode body = api.object()
                .put("id", id)
                .put("size", MonitorStores.label(size))
                .put("servedAtMs", api.nowMs());
        ArrayNode list = body.putArray("windows");
        for (WindowState window : windows) {
            ObjectNode json = PlainJson.toJson(window);
            if (!metrics.isEmpty()) {
                leaveOnly(metrics, json.path("metrics").elements());
            }
            list.add(api.withAge(json));
        }
        return body;
    }

    private static void leaveOnly(Set<String> names, Iterator<JsonNode> metrics) {
        while (metrics.hasNext()) {
            if (!names.contains(metrics.next().path("name").asText())) {
                metrics.remove();
            }
        }
    }

    /** Names of the metrics that are asked for; none: all. */
    private static Set<String> metrics(Context context) {
        String text = context.queryParam("metrics");
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split(",")) {
            names.add(Parameters.oneOf("metrics", name.trim(), METRICS));
        }
        return names;
    }

    private Problem unknownMarket(StateReader from, String id) {
        return api.unknown(from, "market", id, MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE);
    }

    private Problem unknownSubject(StateReader from, String subject) {
        return api.unknown(from, "subject", subject, MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE);
    }
}
