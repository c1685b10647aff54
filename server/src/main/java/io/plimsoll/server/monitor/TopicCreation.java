package io.plimsoll.server.monitor;

import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.config.PlimsollConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalogue that are missing. */
public final class TopicCreation {

    private static final int ANSWER_WITHIN_SECONDS = 30;
    private static final long PAUSE_BEFORE_RETRY_MS = 50;
    private static final String ROUNDS_RETENTION_MS = "3600000";

    /**
     * Longest time of a segment for records of any age. The mark that ends a transaction is of today: after records of last
     * year each would begin a new segment, of thousands.
     */
    public static final String HUNDRED_YEARS_MS = "3155760000000";

    /** How long Kafka keeps what it was told. */
    public enum Retention {
        /** As the catalogue says. */
        CATALOGUE,
        /** For ever: records of years ago would else be removed at the next check. */
        FOR_EVER
    }

    private TopicCreation() {}

    /**
     * Creates what is missing, and leaves what is there as it is.
     *
     * @throws StartException when Kafka does not answer or refuses
     */
    public static void createMissing(PlimsollConfig config, Retention retention) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, config.applicationId() + "-topics");
        try (Admin admin = Admin.create(settings)) {
            Set<String> there = admin.listTopics().names().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = new ArrayList<>();
            Topics.inUse().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(topic -> newTopic(topic, config.topics(), retention))
                    .forEach(missing::add);
            for (String internal : List.of(
                    config.monitor().scenarios().roundsTopic(),
                    config.monitor().alerts().feedsTopic())) {
                if (!there.contains(internal)) {
                    missing.add(internalTopic(internal, config));
                }
            }
            if (missing.isEmpty()) {
                return;
            }
            if (!config.topics().create()) {
                throw new StartException(
                        "topic " + missing.get(0).name()
                                + " is missing and topics.create is false: create what ./plimsoll topics lists",
                        new IllegalStateException());
            }
            for (var created : admin.createTopics(missing).values().entrySet()) {
                awaitCreated(created.getKey(), created.getValue());
            }
            awaitLeaders(admin, missing.stream().map(NewTopic::name).toList());
        } catch (TimeoutException e) {
            throw unreachable(config, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                    ? unreachable(config, e)
                    : new StartException("Kafka refuses to list or create topics: " + e.getCause(), e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw new StartException("the Kafka settings (kafka.*) cannot be used: " + deepest(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while topics were created", e);
        }
    }

    private static void awaitCreated(String topic, org.apache.kafka.common.KafkaFuture<Void> answer)
            throws InterruptedException, TimeoutException {
        try {
            answer.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Another instance was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new StartException("Kafka refuses to create topic " + topic + ": " + e.getCause(), e);
            }
        }
    }

    /**
     * Returns when every partition can be written. A topic is there before its leaders are, and a producer whose first
     * batch is refused then while its second is taken tries the first in vain until its delivery timeout.
     */
    private static void awaitLeaders(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_WITHIN_SECONDS);
        while (true) {
            try {
                Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
                admin.describeTopics(topics)
                        .allTopicNames()
                        .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                        .forEach((topic, description) -> description
                                .partitions()
                                .forEach(partition -> partitions.put(
                                        new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
                // Only a leader answers this.
                admin.listOffsets(partitions).all().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadlineNs) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_BEFORE_RETRY_MS);
            }
        }
    }

    private static NewTopic newTopic(Topic<?> topic, PlimsollConfig.TopicsConfig config, Retention retention) {
        Map<String, String> settings = new HashMap<>(topic.kafkaConfig());
        if (retention == Retention.FOR_EVER) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            settings.put(TopicConfig.SEGMENT_MS_CONFIG, HUNDRED_YEARS_MS);
        }
        return new NewTopic(topic.name(), config.partitions(), (short) config.replicationFactor()).configs(settings);
    }

    /** Both written and read by the monitor, where Kafka Streams cannot make it; nobody reads it later. */
    private static NewTopic internalTopic(String name, PlimsollConfig config) {
        return new NewTopic(name, config.monitor().partitions(), (short)
                        config.topics().replicationFactor())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        ROUNDS_RETENTION_MS,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(Topic.MAX_RECORD_BYTES)));
    }

    private static StartException unreachable(PlimsollConfig config, Exception cause) {
        return new StartException(
                "no Kafka answers at " + config.bootstrapServers() + " (kafka.bootstrap.servers) within "
                        + ANSWER_WITHIN_SECONDS + " s",
                cause);
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
