package io.plimsoll.server.connect;

import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.StartException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The group of workers, of which there may be one. */
final class WorkerGroup {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerGroup.class);

    /** Kafka gives a worker up that has died without a word after 10 s; twice that is for one that is slow. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final long ANSWER_WITHIN_SECONDS = 30;
    private static final long PAUSE_MS = 500;

    private WorkerGroup() {}

    /** @throws StartException when it does not become empty, or Kafka does not answer */
    static void awaitEmpty(PlimsollConfig config) {
        String group = WorkerSettings.groupId(config);
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, group + "-check");
        long givesUpAt = System.nanoTime() + LONGEST.toNanos();
        try (Admin admin = Admin.create(settings)) {
            boolean said = false;
            for (int members = members(admin, group); members > 0; members = members(admin, group)) {
                if (System.nanoTime() >= givesUpAt) {
                    throw new StartException(
                            "the connectors of " + config.applicationId() + " run in another process (group " + group
                                    + " has " + members + " worker): give the section connect to one instance only,"
                                    + " or another applicationId",
                            new IllegalStateException());
                }
                if (!said) {
                    LOG.info("Connectors wait for an earlier worker in group {} to be gone", group);
                    said = true;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted", e);
        }
    }

    private static int members(Admin admin, String group) throws InterruptedException {
        try {
            return admin
                    .describeClassicGroups(List.of(group))
                    .all()
                    .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToInt(each -> each.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            if (e.getCause() instanceof RetriableException) {
                return 1;
            }
            throw new StartException("Kafka does not say who is in group " + group + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new StartException("Kafka does not answer within " + ANSWER_WITHIN_SECONDS + " s", e);
        }
    }
}
