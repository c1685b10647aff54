package io.plimsoll.topology;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The beat of the wall clock that a price goes by, the same in all tasks of all instances. Prices are let go on it, states
 * of markets published, which are those of the prices that were let go before, and with processing exactly once a commit
 * is asked for: one for all that a thread has to show. Clocks of their own would ask for several, and leave a price to wait
 * for whatever distance they happened to start at.
 */
public final class Beat {

    /** Whatever goes by the beat does so at whole pauses from here. */
    public static final Instant START = Instant.EPOCH;

    /** From one beat to the next. A commit takes 5 to 10 ms, in which its thread does nothing else. */
    public static final Duration PAUSE = Duration.ofMillis(50);

    private Beat() {}

    /** Whether readers see what is written only when it has been committed: commits are to be asked for then. */
    public static boolean needsCommits(ProcessorContext<?, ?> context) {
        return StreamsConfig.EXACTLY_ONCE_V2.equals(
                context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }
}
