package io.plimsoll.benchmarks;

import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** (a) Kafka Streams that does nothing but pass records on over one repartition: the engine's own limit. */
final class PassThrough {

    static final String IN = "bench-pass-in";
    static final String OUT = "bench-pass-out";
    private static final String APPLICATION = "bench-pass";
    private static final String HOP = "hop";
    private static final int BULK_LINGER_MS = 20;

    private PassThrough() {}

    /** Records per second, with the records of (b). */
    static double recordsPerSecond(BenchBroker broker, BenchOptions options) {
        broker.removeTopics();
        broker.createTopics(IN, OUT);
        SplittableRandom random = new SplittableRandom(1);
        EventClock clock = new EventClock();
        try (RecordLoader loader = new RecordLoader(broker, BULK_LINGER_MS);
                PlainStreams running =
                        PlainStreams.start(broker, topology(options.partitions()), APPLICATION, options.threads())) {
            GroupProgress progress = new GroupProgress(broker.admin(), APPLICATION);
            Saturation saturation = new Saturation(
                    running.streams(),
                    (records, perSecond) -> {
                        clock.startBacklog(records / perSecond);
                        for (long i = 0; i < records; i++) {
                            BenchAccount account = BenchAccount.number(random.nextLong(options.updatedAccounts()));
                            loader.positionTo(IN, account.resized(random), clock.next(perSecond));
                        }
                        loader.flush();
                    },
                    () -> progress.awaitWorkedOff(IN, APPLICATION + "-" + HOP + "-repartition"));
            return saturation.perSecond(options.firstRound(), options.seconds());
        }
    }

    static Topology topology(int partitions) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(IN, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .repartition(Repartitioned.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withName(HOP)
                        .withNumberOfPartitions(partitions))
                .to(OUT, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }
}
