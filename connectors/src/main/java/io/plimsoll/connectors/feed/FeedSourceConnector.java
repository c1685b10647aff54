package io.plimsoll.connectors.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * A venue's source connector: checks the settings and gives each task its part of the markets and accounts.
 *
 * <p>The tasks write finished bytes, so the connector insists on Kafka Connect's converter that leaves bytes alone.
 */
public abstract class FeedSourceConnector extends SourceConnector {

    /** The only converter that leaves keys and values as they are. */
    public static final String BYTES_CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private static final List<String> CONVERTERS = List.of("key.converter", "value.converter");

    private Map<String, String> settings = Map.of();

    /** What the venue's open interest counts; a feed that does not say is refused. */
    protected abstract @Nullable OpenInterestTerms openInterest();

    /**
     * Checks the settings as a whole, and says how many tasks can share the work at most.
     *
     * @throws org.apache.kafka.common.config.ConfigException if they cannot be used
     */
    protected abstract int mostTasks(Map<String, String> settings);

    @Override
    public final void start(Map<String, String> given) {
        requireOpenInterest(given);
        for (String converter : CONVERTERS) {
            String problem = converterProblem(converter, given);
            if (problem != null) {
                throw new ConnectException(problem);
            }
        }
        mostTasks(given);
        settings = Map.copyOf(given);
    }

    /** Refuses a feed that does not say what its open interest counts. Overridden where the input itself says it. */
    protected void requireOpenInterest(Map<String, String> given) {
        if (openInterest() == null) {
            throw new ConnectException(
                    getClass().getName()
                            + " does not declare the unit and the sides of its open interest; its records would be counted wrong");
        }
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        int count = Math.max(1, Math.min(maxTasks, mostTasks(settings)));
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> task = new HashMap<>(settings);
            task.put(FeedConfig.TASK_INDEX, Integer.toString(i));
            task.put(FeedConfig.TASK_COUNT, Integer.toString(count));
            tasks.add(task);
        }
        return tasks;
    }

    @Override
    public final Config validate(Map<String, String> given) {
        List<ConfigValue> values = new ArrayList<>(super.validate(given).configValues());
        for (String converter : CONVERTERS) {
            String problem = converterProblem(converter, given);
            if (problem != null) {
                values.add(
                        new ConfigValue(converter, given.get(converter), List.of(BYTES_CONVERTER), List.of(problem)));
            }
        }
        return new Config(values);
    }

    @Override
    public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public void stop() {}

    @Override
    public final String version() {
        String version = FeedSourceConnector.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    private static @Nullable String converterProblem(String converter, Map<String, String> given) {
        String named = given.get(converter);
        return BYTES_CONVERTER.equals(named)
                ? null
                : converter + " is " + (named == null ? "not set" : named) + ", allowed is " + BYTES_CONVERTER
                        + ": records are written as Avro by the connector itself";
    }
}
