package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.server.config.SharedAnswersConfig;
import io.plimsoll.topology.MonitorStores;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** States of markets and of the system as they change, as server-sent events. */
final class StateStreamRoute implements AutoCloseable {

    private final StateApi api;
    private final KnownMarkets known;
    private final Duration every;
    private final EventStreams streams;
    /** By what their readers may see. */
    private final Map<Object, StateRounds> rounds = new ConcurrentHashMap<>();

    StateStreamRoute(StateApi api, KnownMarkets known, SharedAnswersConfig shared) {
        this.api = api;
        this.known = known;
        this.every = shared.streamEvery();
        this.streams = new EventStreams("plimsoll-state-reader", shared.streamClients(), "http.streamClients");
    }

    void addTo(Operations routes) {
        routes.add(SystemOperations.STREAM, this::open);
    }

    private void open(Context context) {
        Set<String> markets = known.of(context);
        Set<String> subjects = Parameters.names(context, StateRound.SUBJECTS);
        ReadersView view = ReadersView.of(context);
        StateRounds its = rounds.computeIfAbsent(
                view.whose(), any -> new StateRounds(before -> next(before, view), every, System::nanoTime));
        // Here a problem is still an answer.
        Set<String> there = its.newest().subjects().keySet();
        for (String subject : subjects) {
            if (!there.contains(subject)) {
                throw Problem.unknownValue(StateRound.SUBJECTS, subject, there);
            }
        }
        streams.open(context, out -> new StateFollower(its, markets, subjects, out, EventText.HEARTBEAT_MS));
    }

    private StateRound next(StateRound before, ReadersView view) {
        ObjectNode markets = api.all(
                MarketOperations.MARKETS.path(),
                StateRound.MARKETS,
                MonitorStores.MARKET_STATES,
                MonitorStores.MARKET_STATE_TYPE);
        ObjectNode subjects = api.all(
                SystemOperations.SUBJECTS.path(),
                StateRound.SUBJECTS,
                MonitorStores.SYSTEM_STATES,
                MonitorStores.SYSTEM_STATE_TYPE);
        return before.next((ObjectNode) view.of(markets), (ObjectNode) view.of(subjects));
    }

    @Override
    public void close() {
        streams.close();
    }
}
