package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards each price, to the markets as it is and to the accounts as a tick: where records are processed in order of event
 * time none is held back, as what is left out must not depend on the clock.
 */
final class AllQuotes extends ContextualProcessor<String, RoutedRecord, String, RoutedRecord> {

    /** Key of records that go to all slices. */
    private static final String TO_ALL = "";

    @Override
    public void process(Record<String, RoutedRecord> record) {
        RoutedRecord price = record.value();
        context().forward(record);
        if (price.getKind() == RecordKind.PRICE) {
            RoutedRecord ticks = new RoutedRecord(
                    RecordKind.TICKS,
                    price.getKey(),
                    price.getEventTimeMs(),
                    price.getPartition(),
                    price.getOffset(),
                    null,
                    price.getTicks());
            context().forward(record.withKey(TO_ALL).withValue(ticks));
        }
    }
}
