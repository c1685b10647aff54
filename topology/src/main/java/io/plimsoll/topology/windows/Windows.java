package io.plimsoll.topology.windows;

import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.OpenWindow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;

/** Windows of 1 m, 5 m, 1 h and 1 d over samples, in window stores and on a topic. */
public final class Windows {

    /** How many windows of each size are kept for queries. */
    private static final int KEPT = 2_000;

    private Windows() {}

    /**
     * Adds the window stores of one kind of subject, their processor and their topic.
     *
     * @param metrics names of the sampled metrics, in the order of the samples' values
     * @return the windows as they grow, and each once more as final
     */
    public static KStream<String, WindowState> addTo(
            TopologyContext context,
            KStream<String, Sample> samples,
            List<String> metrics,
            WindowStores stores,
            Topic<WindowState> topic,
            String name) {
        context.builder().addStateStore(context.store(stores.open(), OpenWindow.class));
        for (Duration size : stores.sizes()) {
            context.builder()
                    .addStateStore(Stores.windowStoreBuilder(
                            Stores.persistentWindowStore(stores.store(size), size.multipliedBy(KEPT), size, false),
                            Serdes.String(),
                            InternalSerdes.of(WindowState.class)));
        }
        String[] all = Stream.concat(
                        Stream.of(stores.open()), stores.sizes().stream().map(stores::store))
                .toArray(String[]::new);
        KStream<String, WindowState> windows =
                samples.process(() -> new WindowsProcessor(stores, metrics, context.settings()), Named.as(name), all);
        context.publish(windows, topic, name + "-out");
        return windows;
    }
}
