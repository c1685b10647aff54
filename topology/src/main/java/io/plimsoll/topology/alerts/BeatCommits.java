package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.topology.Beat;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Passes alerts on, and asks for a commit on the next {@link Beat}: with processing exactly once no reader sees them before.
 * What else the thread has written is committed with them, so that the order of records stays what it is. Not at once: a
 * commit holds the thread up, and in a storm alerts come all the time.
 */
final class BeatCommits extends ContextualProcessor<String, Alert, String, Alert> {

    private boolean waits;

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        super.init(context);
        if (Beat.needsCommits(context)) {
            context.schedule(
                    Beat.START, Beat.pause(context), PunctuationType.WALL_CLOCK_TIME, now -> commitWhatWaits());
        }
    }

    @Override
    public void process(Record<String, Alert> record) {
        context().forward(record);
        waits = true;
    }

    private void commitWhatWaits() {
        if (waits) {
            waits = false;
            context().commit();
        }
    }
}
