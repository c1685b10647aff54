package io.plimsoll.server.connect;

import io.plimsoll.server.config.PlimsollConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what could be a secret in this JVM: Kafka Connect stores connectors' settings on a topic in clear text, so there
 * stands a reference, {@code ${plimsoll:CONNECTOR:SETTING}}, which the worker asks this provider for.
 *
 * <p>The worker makes it and hands it what the worker's own settings hold, which are on no topic.
 */
public final class HeldSecrets implements ConfigProvider {

    /** As references name it. */
    static final String NAME = "plimsoll";

    private static final String PARAMETERS = "config.providers." + NAME + ".param.";
    private static final char PATH_END = '/';

    private final Map<String, String> values = new HashMap<>();

    /** Made by the worker. */
    public HeldSecrets() {}

    /**
     * Takes the secrets out of a connector's settings.
     *
     * @param worker is given them
     * @return the settings with references in their places
     */
    static Map<String, String> withheld(String connector, Map<String, String> settings, Map<String, String> worker) {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((name, text) -> {
            if (PlimsollConfig.isSecret(name) && !text.contains("${")) {
                worker.put(PARAMETERS + connector + PATH_END + name, text);
                shown.put(name, "${" + NAME + ":" + connector + ":" + name + "}");
            } else {
                shown.put(name, text);
            }
        });
        return shown;
    }

    /** The text without the secrets that the worker was given. */
    static String hidden(String text, Map<String, String> worker) {
        String hidden = text;
        for (Map.Entry<String, String> entry : worker.entrySet()) {
            if (PlimsollConfig.isSecret(entry.getKey()) && !entry.getValue().isBlank()) {
                hidden = hidden.replace(entry.getValue(), "(hidden)");
            }
        }
        return hidden;
    }

    @Override
    public void configure(Map<String, ?> parameters) {
        parameters.forEach((name, value) -> values.put(name, String.valueOf(value)));
    }

    @Override
    public ConfigData get(@Nullable String path) {
        Map<String, String> found = new HashMap<>();
        values.forEach((name, value) -> {
            int end = name.indexOf(PATH_END);
            if (name.substring(0, end).equals(path)) {
                found.put(name.substring(end + 1), value);
            }
        });
        return new ConfigData(found);
    }

    @Override
    public ConfigData get(@Nullable String path, Set<String> names) {
        Map<String, String> found = new HashMap<>(get(path).data());
        found.keySet().retainAll(names);
        return new ConfigData(found);
    }

    @Override
    public void close() {
        values.clear();
    }
}
