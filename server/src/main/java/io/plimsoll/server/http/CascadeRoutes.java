package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.schemas.Keys;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.topology.MonitorStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observed cascades, the newest first. */
final class CascadeRoutes {

    private static final String SYSTEM = "system";
    private static final String LIST = "cascades";
    private static final List<String> STORES = List.of(MonitorStores.CASCADES, MonitorStores.SYSTEM_CASCADES);
    static final int UNLESS_TOLD = 100;
    private static final int NEIGHBOURS = 5;
    private static final Page.Order NEWEST_FIRST = new Page.Order(
            Comparator.<JsonNode>comparingLong(
                            cascade -> cascade.path("startMs").asLong())
                    .reversed()
                    .thenComparing(cascade -> cascade.path("id").asText()),
            List.of("startMs", "id"));

    /** What is asked for; those of the system are of no venue and no asset. */
    private record Query(
            @Nullable String market,
            @Nullable String venue,
            @Nullable String asset,
            Set<String> markets,
            long fromMs) {

        boolean takes(String subject) {
            return (market == null || market.equals(subject))
                    && (markets.isEmpty() || markets.contains(subject))
                    && (venue == null || subject.startsWith(venue + Keys.SEPARATOR));
        }
    }

    private final StateApi api;
    private final Supplier<Instruments> instruments;
    private final KnownMarkets known;

    /** Takes the instruments as well; they may be a problem while they are being read. */
    CascadeRoutes(StateApi api, Supplier<Instruments> instruments, KnownMarkets known) {
        this.api = api;
        this.instruments = instruments;
        this.known = known;
    }

    void addTo(Operations routes) {
        routes.add(MarketOperations.CASCADES, this::cascades);
    }

    private void cascades(Context context) {
        Query query = new Query(
                context.queryParam("market"),
                context.queryParam("venue"),
                context.queryParam("asset"),
                known.of(context),
                Parameters.instant(context, "from", Instant.EPOCH).toEpochMilli());
        Page.Collected cascades =
                Page.of(context, NEWEST_FIRST, UNLESS_TOLD, Page.MOST).collect();
        Set<String> ofAsset = query.asset() == null ? null : instruments.get().marketsOf(query.asset());
        Gathering gathering = api.gather(context, LIST, STORES);
        for (String store : STORES) {
            gathering.read(store, MonitorStores.CASCADE_TYPE, (id, cascade) -> {
                if (cascade.getStartMs() >= query.fromMs()
                        && query.takes(cascade.getSubject())
                        && (ofAsset == null || ofAsset.contains(cascade.getSubject()))) {
                    cascades.add(api.state(id, cascade));
                }
            });
        }
        gathering.finish(part -> cascades.addPart(part, LIST));
        if (cascades.isEmpty() && gathering.isComplete() && !Parameters.isLocalOnly(context)) {
            refuseUnknown(query);
        }
        ObjectNode body = api.object()
                .put("servedAtMs", api.nowMs())
                .put("market", query.market())
                .put("venue", query.venue())
                .put("asset", query.asset());
        cascades.putInto(body, LIST);
        gathering.addTo(body);
        api.answer(context, body);
    }

    /** None is an answer, too, where what is asked for is known; what has cascades is, if by its name alone. */
    private void refuseUnknown(Query query) {
        Instruments known = instruments.get();
        List<String> markets = new ArrayList<>(known.markets());
        markets.add(SYSTEM);
        refuseUnknown("market", query.market(), markets);
        refuseUnknown("venue", query.venue(), known.venues());
        refuseUnknown("asset", query.asset(), known.assets());
    }

    private static void refuseUnknown(String what, @Nullable String name, Collection<String> known) {
        if (name != null && !known.contains(name)) {
            throw Problem.unknown(what, name, NearestName.neighbours(name, known, NEIGHBOURS))
                    .by(what);
        }
    }
}
