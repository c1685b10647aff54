package io.plimsoll.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit on the next {@link Beat} where a task has taken up a record: with processing exactly once nobody reads what
 * it has written before, not even its own next step. One commit covers all tasks of a thread, so that the order of records
 * stays what it is. Not at once: a commit holds the thread up. And not left to Streams: its own interval begins anew at any
 * moment, and it would commit beside what is asked for.
 */
final class BeatCommits {

    private final Map<TaskId, Work> byTask = new ConcurrentHashMap<>();

    /** What one task has done since the last beat; only its thread knows it. */
    static final class Work {

        private boolean waits;

        /** A record has been taken up. */
        void done() {
            waits = true;
        }

        private void beat(ProcessorContext<?, ?> context) {
            if (waits) {
                waits = false;
                context.commit();
            }
        }
    }

    /** The work of a processor's task, for a processor that begins. */
    Work of(ProcessorContext<?, ?> context) {
        return byTask.computeIfAbsent(context.taskId(), task -> {
            Work work = new Work();
            if (Beat.needsCommits(context)) {
                context.schedule(Beat.START, Beat.PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> work.beat(context));
            }
            return work;
        });
    }

    /** A processor of the task ends, and with it all of them: whoever begins there next begins anew. */
    void ended(TaskId task) {
        byTask.remove(task);
    }
}
