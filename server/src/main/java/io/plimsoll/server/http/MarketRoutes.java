package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorStores;
import java.time.Duration;
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

    static final int WINDOWS_UNLESS_TOLD = 500;
    private static final String SYSTEM = "system";
    /** Windows are over fields of these records. */
    private static final List<String> METRICS = Stream.of(MarketState.getClassSchema(), SystemState.getClassSchema())
            .flatMap(schema -> schema.getFields().stream())
            .map(Schema.Field::name)
            .distinct()
            .toList();

    private final StateApi api;
    private final KnownMarkets known;

    MarketRoutes(StateApi api, KnownMarkets known) {
        this.api = api;
        this.known = known;
    }

    void addTo(Operations routes) {
        routes.add(MarketOperations.MARKETS, this::markets);
        routes.add(MarketOperations.ONE, this::market);
        routes.add(MarketOperations.MARKET_WINDOWS, this::marketWindows);
        routes.add(MarketOperations.LADDER, this::ladder);
        routes.add(MarketOperations.MEASURES, this::measures);
        routes.add(SystemOperations.SUBJECTS, this::system);
        routes.add(SystemOperations.ONE_SUBJECT, context -> subject(context, context.pathParam("id")));
        routes.add(SystemOperations.SUBJECT_MEASURES, this::subjectMeasures);
        routes.add(SystemOperations.SYSTEM_WINDOWS, this::systemWindows);
    }

    private void markets(Context context) {
        api.answer(
                context,
                api.all(
                        context,
                        "markets",
                        MonitorStores.MARKET_STATES,
                        MonitorStores.MARKET_STATE_TYPE,
                        known.of(context),
                        api::state));
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

    private void measures(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.MARKET_MEASURES,
                id,
                from -> from.get(MonitorStores.MARKET_MEASURES, MonitorStores.MARKET_MEASURES_TYPE, id)
                        .map(measures -> api.state(id, measures)),
                from -> api.unknown(
                        from,
                        "measures of market",
                        id,
                        MonitorStores.MARKET_MEASURES,
                        MonitorStores.MARKET_MEASURES_TYPE));
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
                            Set.of(),
                            api::state));
            return;
        }
        subject(context, subject);
    }

    private void subject(Context context, String subject) {
        api.answerOne(
                context,
                MonitorStores.SYSTEM_STATES,
                subject,
                from -> from.get(MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, subject)
                        .map(state -> api.state(subject, state)),
                from -> unknownSubject(from, subject));
    }

    private void subjectMeasures(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.SYSTEM_MEASURES,
                id,
                from -> from.get(MonitorStores.SYSTEM_MEASURES, MonitorStores.SYSTEM_MEASURES_TYPE, id)
                        .map(measures -> api.state(id, measures)),
                from -> api.unknown(
                        from,
                        "measures of subject",
                        id,
                        MonitorStores.SYSTEM_MEASURES,
                        MonitorStores.SYSTEM_MEASURES_TYPE));
    }

    private void systemWindows(Context context) {
        String asked = context.queryParam("subject");
        String subject = asked == null ? SYSTEM : asked;
        Duration size = Parameters.windowSize(context);
        windows(
                context,
                MonitorStores.systemWindows(size),
                size,
                subject,
                from -> unknownSubject(from, subject).by("subject"));
    }

    private void windows(
            Context context, String store, Duration size, String id, Function<StateReader, Problem> unknown) {
        TimePage asked = TimePage.of(context, api.nowMs(), WINDOWS_UNLESS_TOLD, Page.MOST);
        Set<String> metrics = metrics(context);
        api.answerOne(
                context,
                store,
                id,
                reader -> {
                    List<WindowState> windows = asked.read(reader, store, MonitorStores.WINDOW_TYPE, id);
                    if (windows.isEmpty() && !isHere(reader, context, id)) {
                        return Optional.empty();
                    }
                    ObjectNode body = body(id, size, asked.shown(windows), metrics);
                    asked.putNext(body, "windows", windows);
                    return Optional.of(body);
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
