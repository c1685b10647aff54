package io.plimsoll.topology.options;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.RoutedRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/** OPTIONS: the options of each underlying of a venue together. */
public final class OptionExposures {

    private OptionExposures() {}

    /**
     * Adds the stores, the processor and the topic.
     *
     * @param options prices of options, by underlying
     */
    public static void addTo(TopologyContext context, KStream<String, RoutedRecord> options) {
        context.builder()
                .addStateStore(context.store(OptionsProcessor.QUOTES, RoutedRecord.class))
                .addStateStore(context.store(MonitorStores.OPTION_EXPOSURES, OptionExposure.class));
        KStream<String, OptionExposure> exposures = options.process(
                () -> new OptionsProcessor(context.reader(Topics.OPTIONS)),
                Named.as("options"),
                OptionsProcessor.QUOTES,
                MonitorStores.OPTION_EXPOSURES);
        context.publish(exposures, Topics.OPTION_EXPOSURE, "option-exposure");
    }
}
