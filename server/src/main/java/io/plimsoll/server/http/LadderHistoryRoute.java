package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.LadderSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ladders of the past. */
final class LadderHistoryRoute {

    static final int MOST = 288;

    private final StateApi api;

    LadderHistoryRoute(StateApi api) {
        this.api = api;
    }

    void addTo(Operations routes) {
        routes.add(MarketOperations.LADDER_HISTORY, this::history);
    }

    private void history(Context context) {
        String id = context.pathParam("id");
        Duration size = size(context);
        TimePage asked = TimePage.of(context, api.nowMs(), MOST, MOST);
        String store = MonitorStores.ladderHistory(size);
        api.answerOne(
                context,
                store,
                id,
                reader -> {
                    List<LadderSnapshot> found = asked.read(reader, store, MonitorStores.LADDER_HISTORY_TYPE, id);
                    if (found.isEmpty()
                            && reader.get(MonitorStores.LADDERS, MonitorStores.LADDER_TYPE, id)
                                    .isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(body(id, size, asked, found));
                },
                from -> api.unknown(from, "ladder of market", id, MonitorStores.LADDERS, MonitorStores.LADDER_TYPE));
    }

    private ObjectNode body(String id, Duration size, TimePage asked, List<LadderSnapshot> found) {
        ObjectNode body = api.object()
                .put("id", id)
                .put("size", MonitorStores.label(size))
                .put("servedAtMs", api.nowMs());
        ArrayNode list = body.putArray("ladders");
        asked.shown(found).forEach(snapshot -> list.add(api.withAge(PlainJson.toJson(snapshot))));
        asked.putNext(body, "ladders", found);
        return body;
    }

    private static Duration size(Context context) {
        String text = context.queryParam("size");
        return MonitorStores.LADDER_HISTORY_SIZES.stream()
                .filter(size -> MonitorStores.label(size).equalsIgnoreCase(text))
                .findFirst()
                .orElse(MonitorStores.LADDER_HISTORY_SIZES.get(0));
    }
}
