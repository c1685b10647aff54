package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.markets.LadderMoment;
import java.time.Duration;
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
    private static final String MARKET = "market";
    private static final String SUBJECT = "subject";
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
        routes.add(MarketOperations.ALL_MEASURES, this::allMeasures);
        routes.add(SystemOperations.SUBJECTS, this::subjects);
        routes.add(SystemOperations.ONE_SUBJECT, this::subject);
        routes.add(SystemOperations.SUBJECT_MEASURES, this::subjectMeasures);
        routes.add(SystemOperations.ALL_MEASURES, this::measuresOfSubjects);
        routes.add(SystemOperations.SYSTEM_WINDOWS, this::systemWindows);
    }

    private void markets(Context context) {
        api.answerAll(
                context, "markets", MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE, known.of(context));
    }

    private void market(Context context) {
        api.answerState(
                context, MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE, MARKET, context.pathParam("id"));
    }

    private void ladder(Context context) {
        api.answerLongState(
                context,
                MonitorStores.LADDERS,
                MonitorStores.LADDER_TYPE,
                "ladder of market",
                context.pathParam("id"),
                LadderMoment::record);
    }

    private void measures(Context context) {
        api.answerState(
                context,
                MonitorStores.MARKET_MEASURES,
                MonitorStores.MARKET_MEASURES_TYPE,
                "measures of market",
                context.pathParam("id"));
    }

    private void allMeasures(Context context) {
        api.answerAll(
                context,
                "measures",
                MonitorStores.MARKET_MEASURES,
                MonitorStores.MARKET_MEASURES_TYPE,
                known.of(context));
    }

    private void marketWindows(Context context) {
        String id = context.pathParam("id");
        Duration size = Parameters.windowSize(context);
        windows(context, MonitorStores.marketWindows(size), size, id, from -> unknownMarket(from, id));
    }

    private void subjects(Context context) {
        api.answerAll(context, "subjects", MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, Set.of());
    }

    private void subject(Context context) {
        api.answerState(
                context,
                MonitorStores.SYSTEM_STATES,
                MonitorStores.SYSTEM_STATE_TYPE,
                SUBJECT,
                context.pathParam("id"));
    }

    private void subjectMeasures(Context context) {
        api.answerState(
                context,
                MonitorStores.SYSTEM_MEASURES,
                MonitorStores.SYSTEM_MEASURES_TYPE,
                "measures of subject",
                context.pathParam("id"));
    }

    private void measuresOfSubjects(Context context) {
        api.answerAll(context, "measures", MonitorStores.SYSTEM_MEASURES, MonitorStores.SYSTEM_MEASURES_TYPE, Set.of());
    }

    private void systemWindows(Context context) {
        String asked = context.queryParam(SUBJECT);
        String subject = asked == null ? SYSTEM : asked;
        Duration size = Parameters.windowSize(context);
        windows(
                context,
                MonitorStores.systemWindows(size),
                size,
                subject,
                from -> unknownSubject(from, subject).by(SUBJECT));
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
            if (!metrics.isEmpty()) {
                window.setMetrics(window.getMetrics().stream()
                        .filter(metric -> metrics.contains(metric.getName()))
                        .toList());
            }
            list.add(api.withAge(PlainJson.toJson(window)));
        }
        return body;
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
        return api.unknown(from, MARKET, id, MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE);
    }

    private Problem unknownSubject(StateReader from, String subject) {
        return api.unknown(from, SUBJECT, subject, MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE);
    }
}
