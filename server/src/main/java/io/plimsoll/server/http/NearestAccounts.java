package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.MonitorStores;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The accounts that are in WATCH or worse, over all instances. */
final class NearestAccounts {

    private static final String LIST = "accounts";
    static final int UNLESS_TOLD = 20;
    static final int MOST = 1_000;
    static final List<String> STATES = Arrays.stream(MarginCallState.values())
            .filter(state -> state != MarginCallState.OK)
            .map(MarginCallState::name)
            .toList();

    private final StateApi api;
    private final Supplier<Collection<String>> venues;
    private final KnownMarkets known;

    /** Takes the names of the known venues as well. */
    NearestAccounts(StateApi api, Supplier<Collection<String>> venues, KnownMarkets known) {
        this.api = api;
        this.venues = venues;
        this.known = known;
    }

    /** What is asked for. */
    private record Query(
            AccountOrder order,
            @Nullable String venue,
            @Nullable String state,
            Set<String> markets) {

        boolean takes(AccountRisk risk) {
            return (venue == null || venue.equals(risk.getVenue()))
                    && (markets.isEmpty()
                            || risk.getPositions().stream()
                                    .anyMatch(position ->
                                            markets.contains(Keys.market(risk.getVenue(), position.getSymbol()))));
        }
    }

    void answer(Context context) {
        Query query = query(context);
        Page.Collected accounts =
                Page.of(context, query.order().order(), UNLESS_TOLD, MOST).collect();
        Map<MarginCallState, Long> counts = new EnumMap<>(MarginCallState.class);
        ReadersView view = ReadersView.of(context);
        Gathering gathering = api.gather(context, LIST, List.of(MonitorStores.ACCOUNT_RISKS));
        gathering.read(MonitorStores.ACCOUNT_RISKS, MonitorStores.ACCOUNT_RISK_TYPE, (id, risk) -> {
            if (query.takes(risk)) {
                counts.merge(risk.getState(), 1L, Long::sum);
                if (query.state() == null
                        || query.state().equals(risk.getState().name())) {
                    // As the caller may see them: an account's place in the list becomes part of what he is given.
                    accounts.add(view.of(api.state(id, risk)));
                }
            }
        });
        gathering.finish(part -> {
            accounts.addPart(part, LIST);
            STATES.forEach(state -> counts.merge(
                    MarginCallState.valueOf(state),
                    part.path("accountsByState").path(state).asLong(),
                    Long::sum));
        });
        ObjectNode body = api.object()
                .put("servedAtMs", api.nowMs())
                .put("covers", "accounts in WATCH or worse")
                .put("sort", query.order().label())
                .put("venue", query.venue())
                .put("state", query.state());
        ObjectNode byState = body.putObject("accountsByState");
        STATES.forEach(state -> byState.put(state, counts.getOrDefault(MarginCallState.valueOf(state), 0L)));
        accounts.putInto(body, LIST);
        gathering.addTo(body);
        api.answer(context, body);
    }

    private Query query(Context context) {
        String sort = context.queryParam("sort");
        String label = sort == null || sort.isEmpty()
                ? AccountOrder.DISTANCE.label()
                : Parameters.oneOf("sort", sort.toLowerCase(Locale.ROOT), AccountOrder.labels());
        String state = context.queryParam("state");
        String venue = context.queryParam("venue");
        if (venue != null && !Parameters.isLocalOnly(context)) {
            Parameters.oneOf("venue", venue, venues.get());
        }
        return new Query(
                AccountOrder.valueOf(label.toUpperCase(Locale.ROOT)),
                venue,
                state == null || state.isEmpty()
                        ? null
                        : Parameters.oneOf("state", state.toUpperCase(Locale.ROOT), STATES),
                known.of(context));
    }
}
