package io.plimsoll.topology.options;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.order.SecondDone;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest record of every option and says what those of an underlying add up to: when one of its options is told
 * of in a later second of event time than the others, and where something has changed and a second has passed without that.
 */
final class OptionsProcessor extends ContextualProcessor<String, RoutedRecord, String, OptionExposure> {

    static final String QUOTES = "option-quotes";

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final AvroDeserializer<OptionPrice> reader;
    private final Map<String, HeldOptions> byUnderlying = new TreeMap<>();
    private KeyValueStore<String, RoutedRecord> quotes;
    private KeyValueStore<String, OptionExposure> exposures;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    OptionsProcessor(AvroDeserializer<OptionPrice> reader) {
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, OptionExposure> context) {
        super.init(context);
        quotes = context.getStateStore(QUOTES);
        exposures = context.getStateStore(MonitorStores.OPTION_EXPOSURES);
        try (KeyValueIterator<String, RoutedRecord> all = quotes.all()) {
            all.forEachRemaining(entry -> take(entry.value));
        }
        context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::publishOverdue);
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        HeldOptions before = byUnderlying.get(record.key());
        if (before != null && before.isDue() && before.newestMs() < secondOf(record.value())) {
            publish(record.key(), before);
        }
        if (take(record.value())) {
            quotes.put(record.value().getKey(), record.value());
        }
    }

    private static long secondOf(RoutedRecord routed) {
        return routed.getEventTimeMs() - Math.floorMod(routed.getEventTimeMs(), SecondDone.SECOND_MS);
    }

    private boolean take(RoutedRecord routed) {
        OptionPrice option = reader.read(routed.getValue().array());
        return byUnderlying
                .computeIfAbsent(
                        Keys.market(option.getVenue(), option.getBaseAsset()),
                        underlying -> new HeldOptions(option.getVenue(), option.getBaseAsset()))
                .take(routed.getKey(), option, routed.getEventTimeMs());
    }

    private void publishOverdue(long nowMs) {
        byUnderlying.forEach((underlying, options) -> {
            if (options.isDue() && options.publishedMs() <= nowMs - EVERY.toMillis()) {
                publish(underlying, options);
            }
        });
    }

    private void publish(String underlying, HeldOptions options) {
        options.forgetExpired().forEach(quotes::delete);
        OptionExposure exposure = options.exposure(context().currentSystemTimeMs());
        exposures.put(underlying, exposure);
        context().forward(new Record<>(underlying, exposure, exposure.getAsOfMs()));
    }
}
