package io.plimsoll.topology;

import java.util.Set;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Gives each life of a task processors of its own. Streams closes the processors of a task that is suspended or whose
 * transaction was lost, and later calls {@link Processor#init} on the same ones; what they keep in memory is then of
 * records that may never have been committed. So a processor lives from its init to its close, and the next life makes
 * a new one, which finds in its stores what was committed, as after a restart.
 *
 * <p>Through it all records go, so here is also known what {@link BeatCommits} wants to know.
 */
public final class EachLifeAnew implements ProcessorWrapper {

    private final BeatCommits commits;

    /** As Streams makes it, by its name. */
    public EachLifeAnew() {
        this(new BeatCommits());
    }

    EachLifeAnew(BeatCommits commits) {
        this.commits = commits;
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return new Lives<>(supplier, commits);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    /** Streams' own filters and mappings of values are of this kind, which remember nothing; none of ours is. */
    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private static final class Lives<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {

        private final ProcessorSupplier<KIn, VIn, KOut, VOut> supplier;
        private final BeatCommits commits;
        private Processor<KIn, VIn, KOut, VOut> present;
        private BeatCommits.Work work;
        private TaskId task;

        @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
        Lives(ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, BeatCommits commits) {
            this.supplier = supplier;
            this.commits = commits;
        }

        @Override
        public void init(ProcessorContext<KOut, VOut> context) {
            task = context.taskId();
            work = commits.of(context);
            present = supplier.get();
            present.init(context);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            work.done();
            present.process(record);
        }

        @Override
        public void close() {
            commits.ended(task);
            present.close();
        }
    }
}
