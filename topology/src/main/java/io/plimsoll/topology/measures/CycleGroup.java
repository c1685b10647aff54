package io.plimsoll.topology.measures;

import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.avro.CycleMemory;
import org.apache.kafka.streams.state.KeyValueStore;

/** Group cycle: the market's phase of the leverage cycle, judged where an hour of event time begins. */
final class CycleGroup implements GroupMeasures {

    static final String PHASES = "measure-phases";

    private final CyclePhases phases;

    CycleGroup(KeyValueStore<String, CycleMemory> phases) {
        this.phases = new CyclePhases(phases);
    }

    @Override
    public void hourBegan(MeasuredMarket market) {
        phases.judge(market.market(), market.history()::hours, market.history().newestMs(Grid.HOURS));
    }

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        into.setCycle(phases.measures(market.market(), market.history()::hours));
    }
}
