package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.time.Duration;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Passes alerts on, and asks for a commit when one fires: with processing exactly once no reader sees it before. What else
 * the thread has written is committed with it, so that the order of records stays what it is.
 *
 * <p>A thread is asked at most once in {@link #PAUSE}: in a storm it has better things to do.
 */
final class PromptCommits extends ContextualProcessor<String, Alert, String, Alert> {

    /** A few times what a commit takes. */
    static final Duration PAUSE = Duration.ofMillis(25);

    /** Wall-clock time of the last request: a commit is one of all tasks of a thread. */
    private static final ThreadLocal<Long> ASKED_MS = ThreadLocal.withInitial(() -> 0L);

    private boolean waitsForCommit;

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        super.init(context);
        waitsForCommit = StreamsConfig.EXACTLY_ONCE_V2.equals(
                context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    @Override
    public void process(Record<String, Alert> record) {
        @Nullable Alert alert = record.value();
        context().forward(record);
        if (waitsForCommit && alert != null && alert.getStatus() == AlertStatus.FIRING) {
            long nowMs = context().currentSystemTimeMs();
            // Its absolute value, as clocks are set back.
            if (Math.abs(nowMs - ASKED_MS.get()) >= PAUSE.toMillis()) {
                ASKED_MS.set(nowMs);
                context().commit();
            }
        }
    }
}
