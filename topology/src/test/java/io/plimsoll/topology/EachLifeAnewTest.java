package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class EachLifeAnewTest {

    private final MockProcessorContext<String, Integer> context = new MockProcessorContext<>();
    private final List<Counting> made = new ArrayList<>();

    /** Says how many records it has seen. */
    private static final class Counting extends ContextualProcessor<String, String, String, Integer> {

        private int seen;
        private boolean closed;

        @Override
        public void process(Record<String, String> record) {
            seen++;
            context().forward(record.withValue(seen));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void shouldRememberNothingOfRecordsThatMayNotHaveBeenCommitted() {
        Processor<String, String, String, Integer> processor = supplied();
        processor.init(context);
        processor.process(new Record<>("k", "first", 1));
        processor.process(new Record<>("k", "lost with its transaction", 2));
        processor.close();

        processor.init(context);
        processor.process(new Record<>("k", "again", 2));

        List<Integer> seen = new ArrayList<>();
        context.forwarded().forEach(each -> seen.add(each.record().value()));
        assertThat(seen).containsExactly(1, 2, 1);
        assertThat(made).extracting(each -> each.closed).containsExactly(true, false);
    }

    @Test
    void shouldMakeNoProcessorBeforeItIsNeeded() {
        supplied();

        assertThat(made).isEmpty();
    }

    private Processor<String, String, String, Integer> supplied() {
        return new EachLifeAnew()
                .<String, String, String, Integer>wrapProcessorSupplier("counting", () -> {
                    Counting next = new Counting();
                    made.add(next);
                    return next;
                })
                .get();
    }
}
