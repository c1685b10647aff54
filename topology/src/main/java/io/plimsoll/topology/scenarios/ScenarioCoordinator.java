package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.scenario.ScenarioMarket;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.ScenarioSettings;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.avro.ScenarioCall;
import io.plimsoll.topology.avro.ScenarioJob;
import io.plimsoll.topology.avro.ScenarioStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs the scenarios whose ids belong to its slice: calls rounds, adds up what all slices answer, publishes how it ends.
 *
 * <p>A scenario and the prices, impacts and funds that it began with are in a store. What happened in its rounds is not: whenever the
 * coordinator or another slice has been restarted, the scenario begins again at its first round with the same of them.
 */
public final class ScenarioCoordinator {

    /** What the coordinator sends, and what it must know. */
    public interface Surroundings {

        /** Sends a call to all slices. */
        void call(RoutedRecord routed);

        /** Publishes an answer. */
        void publish(ScenarioResult result);

        /** Terms by market. */
        Map<String, InstrumentTerms> instruments();

        /** What is known of a market before a scenario; null where its price is not. */
        @Nullable
        ScenarioStart start(InstrumentTerms terms);
    }

    private final int slices;
    private final ScenarioSettings settings;
    private final Surroundings surroundings;
    private final KeyValueStore<String, ScenarioJob> jobs;
    private final KeyValueStore<String, ScenarioResult> results;
    private final AvroDeserializer<Scenario> requestReader;
    private final Map<String, RunningScenario> running = new HashMap<>();
    private final Set<String> toResume = new TreeSet<>();

    /** A coordinator; scenarios in the store of jobs are begun again at the first {@link #tick}. */
    public ScenarioCoordinator(
            int slices,
            ScenarioSettings settings,
            Surroundings surroundings,
            KeyValueStore<String, ScenarioJob> jobs,
            KeyValueStore<String, ScenarioResult> results,
            AvroDeserializer<Scenario> requestReader) {
        this.slices = slices;
        this.settings = settings;
        this.surroundings = surroundings;
        this.jobs = jobs;
        this.results = results;
        this.requestReader = requestReader;
        try (KeyValueIterator<String, ScenarioJob> all = jobs.all()) {
            all.forEachRemaining(job -> toResume.add(job.key));
        }
    }

    /**
     * Takes a request; one whose id is known already changes nothing.
     *
     * @param nowMs wall clock
     * @return why it cannot be used; null where it can
     */
    public @Nullable String request(RoutedRecord routed, long nowMs) {
        String id = routed.getKey();
        if (jobs.get(id) != null || results.get(id) != null) {
            return null;
        }
        Scenario request = requestReader.read(routed.getValue().array());
        List<ScenarioStart> starts = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (InstrumentTerms terms : surroundings.instruments().values()) {
            ScenarioStart start = surroundings.start(terms);
            if (start != null) {
                starts.add(start);
                known.add(terms.market());
                known.add(terms.contract().underlying());
            }
        }
        for (String name : new TreeSet<>(request.getShocks().keySet())) {
            if (!known.contains(name)) {
                return "shock of " + name + " is " + request.getShocks().get(name)
                        + ", allowed are base assets and markets (venue:symbol) that have a price";
            }
        }
        ScenarioJob job = new ScenarioJob(routed.getValue(), nowMs, 0, starts);
        begin(id, job, nowMs);
        return null;
    }

    /** Takes what a slice says. */
    public void answer(String id, ScenarioAnswer answer, long nowMs) {
        RunningScenario scenario = running.get(id);
        if (scenario == null) {
            return;
        }
        switch (scenario.take(answer)) {
            case WAIT -> {}
            case NEXT_ROUND -> surroundings.call(ScenarioMessages.routed(id, scenario.call(), nowMs));
            case OVER -> end(id, scenario, nowMs, true);
            case BEGIN_AGAIN -> begin(id, scenario.job(), nowMs);
        }
    }

    /** Begins again what a restart interrupted, ends what takes too long, and forgets old answers. */
    public void tick(long nowMs) {
        for (String id : toResume) {
            ScenarioJob job = jobs.get(id);
            if (job != null && !running.containsKey(id)) {
                begin(id, job, nowMs);
            }
        }
        toResume.clear();
        for (Map.Entry<String, RunningScenario> entry : List.copyOf(running.entrySet())) {
            long sinceMs = nowMs - entry.getValue().job().getStartedAtMs();
            if (sinceMs >= settings.timeout().toMillis()) {
                end(entry.getKey(), entry.getValue(), nowMs, false);
            }
        }
    }

    /** Forgets answers that have been kept long enough. */
    public void forgetOld(long nowMs) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, ScenarioResult> all = results.all()) {
            while (all.hasNext()) {
                KeyValue<String, ScenarioResult> entry = all.next();
                if (entry.value.getAnsweredAtMs() < nowMs - settings.kept().toMillis()) {
                    old.add(entry.key);
                }
            }
        }
        old.forEach(results::delete);
    }

    private void begin(String id, ScenarioJob before, long nowMs) {
        ScenarioJob job = new ScenarioJob(
                before.getRequest(), before.getStartedAtMs(), before.getAttempt() + 1, before.getMarkets());
        jobs.put(id, job);
        List<ScenarioMarket> markets = new ArrayList<>();
        for (ScenarioStart start : job.getMarkets()) {
            InstrumentTerms terms = surroundings.instruments().get(start.getMarket());
            if (terms != null) {
                StartImpact its = StartImpact.of(start);
                markets.add(new ScenarioMarket(
                        start.getMarket(),
                        terms.contract().underlying(),
                        terms.contract().lotSize(),
                        start.getPrice(),
                        start.getQuoteUsd(),
                        its.down(),
                        its.up()));
            }
        }
        RunningScenario scenario = new RunningScenario(
                job,
                ScenarioMessages.terms(requestReader.read(job.getRequest().array())),
                markets,
                slices,
                settings.mostRounds());
        running.put(id, scenario);
        surroundings.call(ScenarioMessages.routed(id, scenario.call(), nowMs));
    }

    private void end(String id, RunningScenario scenario, long nowMs, boolean done) {
        ScenarioCall over = scenario.overCall();
        ScenarioResult result = new ScenarioResults(
                        surroundings.instruments(),
                        requestReader.read(scenario.job().getRequest().array()))
                .result(scenario, slices, nowMs, done);
        results.put(id, result);
        jobs.delete(id);
        running.remove(id);
        surroundings.publish(result);
        surroundings.call(ScenarioMessages.routed(id, over, nowMs));
    }
}
