package io.plimsoll.server.embedded;

import io.plimsoll.server.monitor.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;

/**
 * What a broker that was killed needs before it starts again: its controller, alone, forgets that it is there.
 *
 * <p>Else the controller takes the dead broker for alive at first, and for the leader of all partitions. The coordinator of
 * transactions takes up its work on that, and if in the middle of it the controller finds the broker dead, partitions without a
 * leader are taken for deleted: of a transaction that was being committed they never get the mark, and whoever reads only
 * what is committed waits there for ever. Seen with Kafka 4.3.1. What starts without a leader waits until all have one.
 */
final class AfterHardKill {

    /** Kafka writes it when it has closed its logs, and removes it at a start. */
    private static final String CLOSED_IN_GOOD_ORDER = ".kafka_cleanshutdown";

    private static final String METADATA = "__cluster_metadata-0";
    private static final long ANSWER_WITHIN_SECONDS = 60;

    private AfterHardKill() {}

    /** Whether a broker has worked in the directory and was not closed. */
    static boolean isSo(Path dataDir) {
        return Files.exists(dataDir.resolve(METADATA)) && !Files.exists(dataDir.resolve(CLOSED_IN_GOOD_ORDER));
    }

    /**
     * Starts the controller without the broker, has it forget the broker, and stops it.
     *
     * @param settings of the controller alone
     * @param address of the controller
     * @param node number of the broker
     * @throws StartException when the controller does not do it
     */
    static void unregister(Map<String, String> settings, String address, int node) {
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        controller.startup();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, address))) {
            admin.unregisterBroker(node).all().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // It was killed before it had registered.
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new StartException("Kafka does not start after it was killed: " + e.getMessage(), e);
            }
        } catch (TimeoutException e) {
            throw new StartException(
                    "Kafka does not start after it was killed: no answer from its controller within "
                            + ANSWER_WITHIN_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while Kafka was starting", e);
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }
}
