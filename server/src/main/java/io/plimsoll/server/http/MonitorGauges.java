package io.plimsoll.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.MonitorStores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Prometheus is told of the monitor's states, of this instance's share of them: add up over instances. A venue is at
 * one instance.
 */
final class MonitorGauges {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorGauges.class);
    private static final String VENUE = "venue:";

    private final StateQueries queries;
    private @Nullable MultiGauge compared;
    private @Nullable MultiGauge apart;
    private @Nullable MultiGauge accounts;

    MonitorGauges(StateQueries queries) {
        this.queries = queries;
    }

    void bindTo(MeterRegistry registry) {
        compared = MultiGauge.builder("plimsoll.venue.lines.compared")
                .description("Positions whose liquidation price could be held against the venue's own")
                .register(registry);
        apart = MultiGauge.builder("plimsoll.venue.lines.apart")
                .description("Of these, positions where the two differ; many point to a wrong margin table")
                .register(registry);
        accounts = MultiGauge.builder("plimsoll.accounts")
                .description("Accounts of this instance in WATCH or worse")
                .register(registry);
    }

    /** Reads the states anew. While they cannot be read there are no figures, rather than old ones. */
    void refresh() {
        List<MultiGauge.Row<?>> comparedRows = new ArrayList<>();
        List<MultiGauge.Row<?>> apartRows = new ArrayList<>();
        readOrLeaveOut(() -> queries.all()
                .forEach(MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, (subject, state) -> {
                    if (subject.startsWith(VENUE)) {
                        Tags venue = Tags.of("venue", subject.substring(VENUE.length()));
                        comparedRows.add(MultiGauge.Row.of(venue, state.getVenueLinesCompared()));
                        apartRows.add(MultiGauge.Row.of(venue, state.getVenueLinesApart()));
                    }
                }));
        List<MultiGauge.Row<?>> accountRows = new ArrayList<>();
        readOrLeaveOut(() -> {
            Map<MarginCallState, Integer> counts = new EnumMap<>(MarginCallState.class);
            queries.all()
                    .forEach(
                            MonitorStores.ACCOUNT_RISKS,
                            MonitorStores.ACCOUNT_RISK_TYPE,
                            (id, risk) -> counts.merge(risk.getState(), 1, Integer::sum));
            for (MarginCallState state : MarginCallState.values()) {
                if (state != MarginCallState.OK) {
                    accountRows.add(MultiGauge.Row.of(Tags.of("state", state.name()), counts.getOrDefault(state, 0)));
                }
            }
        });
        register(compared, comparedRows);
        register(apart, apartRows);
        register(accounts, accountRows);
    }

    private static void readOrLeaveOut(Runnable reading) {
        try {
            reading.run();
        } catch (Problem notReady) {
            LOG.debug("Left out: {}", notReady.getMessage());
        }
    }

    private static void register(@Nullable MultiGauge gauge, List<MultiGauge.Row<?>> rows) {
        if (gauge != null) {
            gauge.register(rows, true);
        }
    }
}
