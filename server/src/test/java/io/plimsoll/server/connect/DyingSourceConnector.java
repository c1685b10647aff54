package io.plimsoll.server.connect;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Dies so many times, indiscreetly, and then lives and has nothing to say. */
public final class DyingSourceConnector extends SourceConnector {

    public static final String SECRET = "user:hunter2-and-more";

    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final AtomicReference<String> KEY = new AtomicReference<>("");

    private Map<String, String> settings = Map.of();

    /** How often the next tasks die. */
    public static void failFor(int times) {
        FAILURES.set(times);
    }

    /** What the last task was given. */
    public static String givenKey() {
        return KEY.get();
    }

    @Override
    public void start(Map<String, String> given) {
        settings = given;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DyingTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public String version() {
        return "1";
    }

    public static final class DyingTask extends SourceTask {

        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public void start(Map<String, String> given) {
            KEY.set(given.get("api.key"));
        }

        @Override
        public List<SourceRecord> poll() throws InterruptedException {
            if (FAILURES.getAndDecrement() > 0) {
                throw new ConnectException("the venue says no to " + KEY.get());
            }
            stopped.await();
            return null;
        }

        @Override
        public void stop() {
            stopped.countDown();
        }

        @Override
        public String version() {
            return "1";
        }
    }
}
