package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three brokers, exactly once. One is killed, one is cut off for a minute while records come: the monitor publishes on
 * meanwhile, is never restarted, and ends with the numbers of a run to which nothing happened.
 */
@NeedsContainers
class ThreeBrokersIT {

    private static final Duration CUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    /** The log lasts for nine minutes, longer than what is done to the brokers. */
    private static final int RECORDS_AT_ONCE = 2;

    private static final long EVERY_MS = 250;
    /** So many may have been written before, and be read only now. */
    private static final int STATES_OF_WHAT_WAS_UNDER_WAY = 8;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void shouldGoOnWithoutOneBrokerAndEndWithTheSameNumbers() throws Exception {
        try (Stack stack = new Stack("three-brokers.env", Map.of("PLIMSOLL_GUARANTEE", "exactly_once_v2"))) {
            stack.up("kafka-1", "kafka-2", "kafka-3", "registry", "plimsoll");
            String brokers = "localhost:" + stack.port("KAFKA_1") + ",localhost:" + stack.port("KAFKA_2")
                    + ",localhost:" + stack.port("KAFKA_3");
            try (Published published = new Published(brokers, stack.registryUrl());
                    Feeder feeder = new Feeder(brokers, stack.registryUrl())) {
                feeder.start();
                await("the first states").until(() -> published.marketStates() > 0);

                stack.kill("kafka-2");
                awaitMore(published, feeder, "after a broker was killed");
                stack.start("kafka-2");
                awaitAllCopies(brokers);

                stack.cutOff("kafka-3");
                long cutNs = System.nanoTime();
                awaitMore(published, feeder, "while a broker is cut off");
                assertThat(Duration.ofNanos(System.nanoTime() - cutNs))
                        .describedAs("the monitor went on before the broker was back")
                        .isLessThan(CUT);
                await("the minute is over").until(() -> System.nanoTime() - cutNs >= CUT.toNanos());
                stack.connectAgain("kafka-3");

                feeder.finish();
                published.awaitEqual(MonitorLog.oracle());
                assertThat(published.all()).isEqualTo(UndisturbedRun.published());
            }
            assertThat(stack.inspect("plimsoll", "{{.RestartCount}}"))
                    .describedAs("restarts of the monitor")
                    .isEqualTo("0");
        }
    }

    private static void awaitMore(Published published, Feeder feeder, String when) {
        long startedNs = System.nanoTime();
        int before = published.marketStates();
        // While a broker is away, a question about the ends of the topic may go to it.
        await("new states " + when)
                .ignoreExceptionsInstanceOf(RetriableException.class)
                .until(() -> published.marketStates() > before + STATES_OF_WHAT_WAS_UNDER_WAY);
        assertThat(feeder.hasMore())
                .describedAs("records went on coming meanwhile, " + when)
                .isTrue();
        System.out.printf(
                "ThreeBrokersIT: new states %s within %d s%n",
                when, Duration.ofNanos(System.nanoTime() - startedNs).toSeconds());
    }

    /** Another broker may only go when the one that was away has caught up. */
    private static void awaitAllCopies(String brokers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            await("all copies are in sync")
                    .ignoreExceptions()
                    .until(() ->
                            admin
                                    .describeTopics(admin.listTopics().names().get())
                                    .allTopicNames()
                                    .get()
                                    .values()
                                    .stream()
                                    .flatMap(topic -> topic.partitions().stream())
                                    .allMatch(partition -> partition.isr().size()
                                            == partition.replicas().size()));
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500));
    }

    /** Writes the log piece by piece. */
    private static final class Feeder implements AutoCloseable {

        private final List<LogRecord> log = MonitorLog.RECORDS_OF_YESTERDAY;
        private final AtomicInteger sent = new AtomicInteger();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final KafkaRecordSink sink;

        Feeder(String brokers, String registryUrl) {
            sink = new KafkaRecordSink(
                    Map.of("bootstrap.servers", brokers, "request.timeout.ms", "5000"),
                    new CachedSchemaRegistryClient(registryUrl, 100));
        }

        void start() {
            Future<?> unused =
                    clock.scheduleAtFixedRate(() -> send(RECORDS_AT_ONCE), 0, EVERY_MS, TimeUnit.MILLISECONDS);
        }

        boolean hasMore() {
            return sent.get() < log.size();
        }

        private void send(int records) {
            int from = sent.get();
            int to = Math.min(from + records, log.size());
            log.subList(from, to)
                    .forEach(record -> sink.write(record.topic(), record.key(), record.timestampMs(), record.value()));
            sent.set(to);
        }

        /** Writes what is left. */
        void finish() throws InterruptedException {
            clock.shutdown();
            assertThat(clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            System.out.println(
                    "ThreeBrokersIT: " + sent.get() + " of " + log.size() + " records while things happened");
            send(log.size());
            sink.flush();
        }

        @Override
        public void close() {
            clock.shutdownNow();
            sink.close();
        }
    }
}
