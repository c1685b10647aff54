package io.plimsoll.topology.intake;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.topology.avro.RoutedRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Sends an option where all others on its underlying go. Nothing waits for options, so a replay marks none. */
final class ByUnderlying extends ContextualProcessor<String, RoutedRecord, String, RoutedRecord> {

    private final AvroDeserializer<OptionPrice> reader;

    ByUnderlying(AvroDeserializer<OptionPrice> reader) {
        this.reader = reader;
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        OptionPrice option = reader.read(record.value().getValue().array());
        context().forward(record.withKey(Keys.market(option.getVenue(), option.getBaseAsset())));
    }
}
