package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.MonitorStores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The accounts that are in WATCH or worse, over all instances. */
final class NearestAccounts {

    private static final int UNLESS_TOLD = 20;
    private static final int MOST = 1_000;
    private static final List<String> PARAMETERS = List.of("sort", "limit", "venue", "state");
    private static final List<String> STATES = Arrays.stream(MarginCallState.values())
            .filter(state -> state != MarginCallState.OK)
            .map(MarginCallState::name)
            .toList();

    private final StateApi api;
    private final Supplier<Collection<String>> venues;

    /** Takes the names of the known venues as well. */
    NearestAccounts(StateApi api, Supplier<Collection<String>> venues) {
        this.api = api;
        this.venues = venues;
    }

    /** What is asked for. */
    private record Query(
            AccountOrder order,
            int limit,
            @Nullable String venue,
            @Nullable String state) {}

    void answer(Context context) {
        Query query = query(context);
        Comparator<JsonNode> order = query.order().comparator();
        Map<MarginCallState, Long> counts = new EnumMap<>(MarginCallState.class);
        PriorityQueue<JsonNode> lastFirst = new PriorityQueue<>(order.reversed());
        Gathering gathering = api.gather(context, "accounts", List.of(MonitorStores.ACCOUNT_RISKS));
        gathering.read(MonitorStores.ACCOUNT_RISKS, MonitorStores.ACCOUNT_RISK_TYPE, (id, risk) -> {
            if (query.venue() == null || query.venue().equals(risk.getVenue())) {
                counts.merge(risk.getState(), 1L, Long::sum);
                if (query.state() == null
                        || query.state().equals(risk.getState().name())) {
                    add(lastFirst, query, api.state(id, risk));
                }
            }
        });
        gathering.finish(part -> {
            part.path("accounts").forEach(account -> add(lastFirst, query, account));
            STATES.forEach(state -> counts.merge(
                    MarginCallState.valueOf(state),
                    part.path("accountsByState").path(state).asLong(),
                    Long::sum));
        });
        List<JsonNode> accounts = new ArrayList<>(lastFirst);
        accounts.sort(order);
        api.answer(context, body(query, accounts, counts, gathering));
    }

    private static void add(PriorityQueue<JsonNode> lastFirst, Query query, JsonNode account) {
        lastFirst.add(account);
        if (lastFirst.size() > query.limit()) {
            lastFirst.remove();
        }
    }

    private ObjectNode body(
            Query query, List<JsonNode> accounts, Map<MarginCallState, Long> counts, Gathering gathering) {
        ObjectNode body = api.object()
                .put("servedAtMs", api.nowMs())
                .put("covers", "accounts in WATCH or worse")
                .put("sort", query.order().label())
                .put("venue", query.venue())
                .put("state", query.state());
        ObjectNode byState = body.putObject("accountsByState");
        STATES.forEach(state -> byState.put(state, counts.getOrDefault(MarginCallState.valueOf(state), 0L)));
        ArrayNode list = body.putArray("accounts");
        accounts.forEach(list::add);
        gathering.addTo(body);
        return body;
    }

    private Query query(Context context) {
        for (String name : context.queryParamMap().keySet()) {
            if (!PARAMETERS.contains(name) && !name.equals(Parameters.SCOPE)) {
                throw Problem.unknownParameter(name, PARAMETERS);
            }
        }
        String sort = context.queryParam("sort");
        String label =
                sort == null ? AccountOrder.DISTANCE.label() : Parameters.oneOf("sort", sort, AccountOrder.labels());
        String state = context.queryParam("state");
        String venue = context.queryParam("venue");
        if (venue != null && !Parameters.isLocalOnly(context)) {
            Parameters.oneOf("venue", venue, venues.get());
        }
        return new Query(
                AccountOrder.valueOf(label.toUpperCase(Locale.ROOT)),
                Parameters.limit(context, UNLESS_TOLD, MOST),
                venue,
                state == null ? null : Parameters.oneOf("state", state.toUpperCase(Locale.ROOT), STATES));
    }
}
