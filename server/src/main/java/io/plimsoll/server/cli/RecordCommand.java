package io.plimsoll.server.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.Recorder;
import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.RegistryClients;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "record",
        description = "Writes topics of a Kafka cluster, from their beginning, to a recording; Ctrl-C ends it.")
final class RecordCommand implements Callable<Integer> {

    private static final long CLOSE_WITHIN_SECONDS = 10;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The recording; gzipped if its name ends in .gz.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "Topics with or without the prefix plimsoll., separated by commas (all inputs in use).")
    private @Nullable List<String> topics;

    @Option(names = "--until-now", description = "Stop at what is there now.")
    private boolean untilNow;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RecordCommand() {}

    @Override
    public Integer call() {
        List<Topic<?>> chosen = chosenTopics();
        PlimsollConfig config = cluster.config();
        SchemaRegistryClient registry = RegistryClients.connect(config.schemaRegistry());
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch closed = new CountDownLatch(1);
        // A recording that is cut off by a signal would lack its last lines, and the end of its gzip.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitClosed(stopped, closed), "plimsoll-record-end"));
        Recorder.Result result;
        try (Consumer<byte[], byte[]> consumer = Recorder.consumer(config.kafka());
                RecordingWriter writer = new RecordingWriter(output)) {
            result = new Recorder(consumer, registry, chosen, writer).run(untilNow, stopped::get);
        } finally {
            closed.countDown();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf("Recorded %,d records in %s%n", result.records(), output);
        if (result.unreadable() > 0) {
            err.printf(
                    "Passed over %,d that cannot be read, the first: %s%n",
                    result.unreadable(), result.firstUnreadable());
        }
        err.flush();
        return ExitCode.OK;
    }

    private static void awaitClosed(AtomicBoolean stopped, CountDownLatch closed) {
        stopped.set(true);
        try {
            if (!closed.await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("plimsoll: the recording could not be closed in time; its end is missing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Topic<?>> chosenTopics() {
        if (topics == null) {
            return Topics.inUse().stream()
                    .filter(topic -> topic.direction() == Topic.Direction.IN)
                    .toList();
        }
        return topics.stream().<Topic<?>>map(RecordCommand::topic).toList();
    }

    private static Topic<?> topic(String name) {
        return Topics.named(name.strip())
                .orElseThrow(() -> new UsageException("--topics has " + name + ", "
                        + NearestName.allowed(
                                name,
                                Topics.inUse().stream()
                                        .map(topic -> topic.name().substring(Topics.PREFIX.length()))
                                        .toList())));
    }
}
