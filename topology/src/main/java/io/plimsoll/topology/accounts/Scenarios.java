package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.Topics;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.intake.CheckedInputs;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The way of scenarios through ACCOUNTS: requests come by id, calls go from the slice of that id to all slices, answers
 * back to it. Calls and answers are on one topic that ACCOUNTS both reads and writes: a loop, which no repartitioning can
 * be, so that the topic has to be there before the monitor starts.
 */
final class Scenarios {

    private Scenarios() {}

    /** Requests, calls and answers. */
    static KStream<String, RoutedRecord> input(TopologyContext context, CheckedInputs inputs) {
        KStream<String, RoutedRecord> rounds = context.builder().stream(
                context.settings().scenarios().roundsTopic(),
                Consumed.with(Serdes.String(), InternalSerdes.of(RoutedRecord.class))
                        .withName("scenario-rounds-source"));
        return inputs.scenarios().merge(rounds, Named.as("scenarios-and-rounds"));
    }

    /** Writes calls and answers, and results. */
    static void output(TopologyContext context, KStream<String, SpecificRecord> slices) {
        TopologyContext.only(slices, RoutedRecord.class, "scenario-rounds")
                .to(
                        context.settings().scenarios().roundsTopic(),
                        Produced.with(Serdes.String(), InternalSerdes.of(RoutedRecord.class))
                                .withStreamPartitioner(toAllOrBack())
                                .withName("scenario-rounds-sink"));
        context.publish(slices, Topics.SCENARIO_RESULTS, "scenario-results");
    }

    /** Calls go to all slices; answers, by Kafka's own partitioner of the id, to where its request is. */
    private static StreamPartitioner<String, RoutedRecord> toAllOrBack() {
        return (topic, key, routed, partitions) -> routed.getKind() == RecordKind.SCENARIO_ROUND
                ? Optional.of(CheckedInputs.allOf(partitions))
                : Optional.empty();
    }
}
