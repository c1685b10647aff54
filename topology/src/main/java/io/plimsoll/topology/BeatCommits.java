package io.plimsoll.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Asks for a commit on the next {@link Beat} where a task has taken up a record: with processing exactly once nobody reads what
 * it has written before, not even its own next step. One commit covers all tasks of a thread, so that the order of records
 * stays what it is. Not at once: a commit holds the thread up. And not left to Streams: its own interval begins anew at any
 * moment, and it would commit beside what is asked for.
 *
 * <p>Where brokers are slow, beats are passed over: at least a third of a thread's time is for work, see {@link ThreadTime}.
 */
final class BeatCommits {

    private final Map<TaskId, Work> byTask = new ConcurrentHashMap<>();
    private final ThreadLocal<ThreadTime> times;

    BeatCommits() {
        this(System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param nanos as {@link System#nanoTime}
     */
    BeatCommits(LongSupplier nanos) {
        times = ThreadLocal.withInitial(() -> new ThreadTime(nanos));
    }

    /** What one task has done since the last commit was asked for; only its thread knows it. */
    static final class Work {

        private final ProcessorContext<?, ?> context;
        private final ThreadTime time;
        private boolean waits;

        private Work(ProcessorContext<?, ?> context, ThreadTime time) {
            this.context = context;
            this.time = time;
        }

        /** A record has been taken up. */
        void done() {
            if (time.away && isOfInput()) {
                time.works();
            }
            waits = true;
        }

        /** What a clock passes on has no place in a topic, and may come before the commit that another has asked for. */
        private boolean isOfInput() {
            return context.recordMetadata().map(RecordMetadata::topic).isPresent();
        }

        private void beat(long nowMs) {
            if (time.mayCommit(nowMs / Beat.PAUSE.toMillis()) && waits) {
                waits = false;
                time.commits();
                context.commit();
            }
        }
    }

    /**
     * How a stream thread divides its time. Streams goes around: records of each task, clocks, then the commit that was asked
     * for. It takes one record of a task at a time at first, and more each time that no clock was due. If a commit lasted as long as
     * a pause between beats, each would find the next beat due and one record of a task done; so a thread is to work for half as
     * long as its last commit took, before the next.
     */
    private static final class ThreadTime {

        private final LongSupplier nanos;
        private long askedNanos;
        private long backNanos;
        /** A commit was asked for, and nothing has run since. */
        private boolean away;

        private long beat = -1;
        private boolean mayCommit;

        private ThreadTime(LongSupplier nanos) {
            this.nanos = nanos;
            askedNanos = nanos.getAsLong();
            backNanos = askedNanos;
        }

        private void works() {
            if (away) {
                away = false;
                backNanos = nanos.getAsLong();
            }
        }

        /** The tasks of a thread have a beat one after another: what the first may, those that follow may. */
        private boolean mayCommit(long thisBeat) {
            if (beat != thisBeat) {
                beat = thisBeat;
                works();
                mayCommit = nanos.getAsLong() - backNanos >= (backNanos - askedNanos) / 2;
            }
            return mayCommit;
        }

        private void commits() {
            if (!away) {
                away = true;
                askedNanos = nanos.getAsLong();
            }
        }
    }

    /** The work of a processor's task, for a processor that begins. */
    Work of(ProcessorContext<?, ?> context) {
        return byTask.computeIfAbsent(context.taskId(), task -> {
            Work work = new Work(context, times.get());
            if (Beat.needsCommits(context)) {
                context.schedule(Beat.START, Beat.PAUSE, PunctuationType.WALL_CLOCK_TIME, work::beat);
            }
            return work;
        });
    }

    /** A processor of the task ends, and with it all of them: whoever begins there next begins anew. */
    void ended(TaskId task) {
        byTask.remove(task);
    }
}
