package io.plimsoll.topology.measures;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class SystemMeasuresProcessorTest {

    @Test
    void shouldShowAfterAStartWhatItShowedBeforeUnlessTheGroupIsSwitchedOff() {
        assertThat(shownAfterAStart(true)).containsExactly("system");
        assertThat(shownAfterAStart(false)).isEmpty();
    }

    private static List<String> shownAfterAStart(boolean measured) {
        MockProcessorContext<String, SystemMeasureSet> context = new MockProcessorContext<>();
        for (String name : List.of(
                SystemMeasuresProcessor.HISTORY,
                SystemMeasuresProcessor.MARKETS,
                SystemMeasuresProcessor.PHASES,
                MonitorStores.SYSTEM_MEASURES,
                MonitorStores.SYSTEM_STATES)) {
            context.addStateStore(LatestStore.builder(name).build());
        }
        KeyValueStore<String, SystemState> states = context.getStateStore(MonitorStores.SYSTEM_STATES);
        SystemState state = new SystemState();
        state.setSubject("system");
        state.setAsOfMs(60_000L);
        states.put("system", state);

        new SystemMeasuresProcessor(measured).init(context);

        List<String> shown = new ArrayList<>();
        KeyValueStore<String, SystemMeasureSet> measures = context.getStateStore(MonitorStores.SYSTEM_MEASURES);
        try (KeyValueIterator<String, SystemMeasureSet> all = measures.all()) {
            all.forEachRemaining(each -> shown.add(each.key));
        }
        return shown;
    }
}
