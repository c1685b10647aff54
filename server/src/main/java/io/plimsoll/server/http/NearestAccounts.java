package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.accounts.NearAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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

        boolean takes(String id, NearAccount account) {
            String itsVenue = id.substring(0, id.indexOf(Keys.SEPARATOR));
            return (venue == null || venue.equals(itsVenue))
                    && (markets.isEmpty()
                            || account.symbols().stream()
                                    .anyMatch(symbol -> markets.contains(Keys.market(itsVenue, symbol))));
        }

        boolean lists(NearAccount account) {
            return state == null || state.equals(account.state().name());
        }
    }

    void answer(Context context) {
        Query query = query(context);
        Page page = Page.of(context, query.order().order(), UNLESS_TOLD, MOST);
        Page.Collected accounts = page.collect();
        Map<MarginCallState, Long> counts = new EnumMap<>(MarginCallState.class);
        ReadersView view = ReadersView.of(context);
        Gathering gathering = api.gather(context, LIST, List.of(MonitorStores.ACCOUNT_RISKS));
        gathering.read(MonitorStores.ACCOUNT_RISKS, from -> {
            NearestOfPart part;
            List<JsonNode> found;
            do {
                part = nearest(from, query, page, view);
                found = inFull(from, part.keys(), view);
                // One that has left its line meanwhile is not in the index any more: another has taken its place.
            } while (found.size() < part.keys().size() && api.deadline(context).leftMs() > 0);
            found.forEach(accounts::add);
            part.counts().forEach((state, count) -> counts.merge(state, count, Long::sum));
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

    private static NearestOfPart nearest(StateReader from, Query query, Page page, ReadersView view) {
        NearestOfPart part = new NearestOfPart(query.order(), page, view);
        read(from, (id, account) -> {
            if (query.takes(id, account)) {
                part.take(id, account, query.lists(account));
            }
        });
        return part;
    }

    private List<JsonNode> inFull(StateReader from, List<String> ids, ReadersView view) {
        List<JsonNode> found = new ArrayList<>();
        for (String id : ids) {
            from.get(MonitorStores.ACCOUNT_RISKS, MonitorStores.ACCOUNT_RISK_TYPE, id)
                    .ifPresent(risk -> found.add(view.of(api.state(id, risk))));
        }
        return found;
    }

    /** By the index; a copy has none, as it is made where the part is at work. */
    private static void read(StateReader from, BiConsumer<String, NearAccount> reader) {
        if (from.isStale()) {
            from.forEach(
                    MonitorStores.ACCOUNT_RISKS,
                    MonitorStores.ACCOUNT_RISK_TYPE,
                    (id, risk) -> reader.accept(id, NearAccount.of(risk)));
        } else {
            from.forEach(MonitorStores.NEAR_ACCOUNTS, MonitorStores.NEAR_ACCOUNT_TYPE, reader);
        }
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
