package io.plimsoll.topology.intake;

import io.plimsoll.risk.PriceGrid;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets through what account slices need of a market's prices: each one that moves the reference price, and one per
 * second of event time, which tells them how late it is.
 */
final class ReferenceFilter extends ContextualProcessor<String, RoutedRecord, String, RoutedRecord> {

    private static final long SECOND_MS = 1_000;

    private final AvroDeserializer<Price> reader;
    private final Map<String, Passed> lastPassed = new HashMap<>();

    private record Passed(int cell, long second) {}

    ReferenceFilter(AvroDeserializer<Price> reader) {
        this.reader = reader;
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        Price price = reader.read(record.value().getValue().array());
        Passed now = new Passed(
                PriceGrid.REFERENCE.cell(price.getMarkPrice()), record.value().getEventTimeMs() / SECOND_MS);
        if (!now.equals(lastPassed.put(record.key(), now))) {
            context().forward(record);
        }
    }
}
