package io.plimsoll.server.config;

import io.plimsoll.connectors.NearestName;
import io.plimsoll.risk.Bands;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.dependence.AssetFamilies;
import io.plimsoll.server.config.PlimsollConfig.AlertsConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import io.plimsoll.server.config.PlimsollConfig.HttpConfig;
import io.plimsoll.server.config.PlimsollConfig.RegistryConfig;
import io.plimsoll.server.config.PlimsollConfig.TopicsConfig;
import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.AlertSettings;
import io.plimsoll.topology.CascadeSettings;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.MeasureSettings;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.RecordOrder;
import io.plimsoll.topology.ScenarioSettings;
import io.plimsoll.topology.SurveySettings;
import io.plimsoll.topology.measures.MeasureGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Puts a configuration together: defaults, then the file, then the environment, each value checked where it stands. */
public final class ConfigReader {

    private static final String ENVIRONMENT_PREFIX = "PLIMSOLL_";
    private static final int TYPING_MISTAKES = 2;

    /** Read by the launcher, and by commands that ask a running Plimsoll. */
    private static final Set<String> OTHER_VARIABLES = Set.of("PLIMSOLL_JAVA_OPTS", "PLIMSOLL_API_KEY");

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Map<String, String>> passedThrough = new HashMap<>();

    private ConfigReader() {
        Settings.ALL.forEach(setting -> texts.put(setting.path(), setting.defaultText()));
        Settings.PASSED_THROUGH.keySet().forEach(section -> passedThrough.put(section, new TreeMap<>()));
    }

    /**
     * Reads a configuration.
     *
     * @param file null: only defaults and environment
     * @throws ConfigException when it cannot be used, with a sentence for the user
     */
    public static PlimsollConfig read(@Nullable Path file, Map<String, String> environment) {
        return filled(file, environment).build();
    }

    /** Path to text of every value that is set, secrets hidden, alphabetically. */
    static Map<String, String> shown(@Nullable Path file, Map<String, String> environment) {
        ConfigReader reader = filled(file, environment);
        Map<String, String> all = new TreeMap<>(reader.texts);
        reader.passedThrough.forEach(
                (section, values) -> values.forEach((name, text) -> all.put(section + "." + name, text)));
        all.replaceAll(Setting::shown);
        return all;
    }

    private static ConfigReader filled(@Nullable Path file, Map<String, String> environment) {
        ConfigReader reader = new ConfigReader();
        if (file != null) {
            for (ConfigFile.Entry entry : ConfigFile.read(file)) {
                reader.take(entry);
            }
        }
        reader.takeEnvironment(environment);
        return reader;
    }

    private void take(ConfigFile.Entry entry) {
        if (Settings.isSetting(entry.path())) {
            set(Settings.at(entry.path()), entry.text(), entry.place() + ": " + entry.path());
            return;
        }
        for (String section : Settings.PASSED_THROUGH.keySet()) {
            if (entry.path().startsWith(section + ".")) {
                String name = entry.path().substring(section.length() + 1);
                refuseMistyped(section, name, entry.place() + ": " + entry.path());
                passedThrough(section).put(name, entry.text());
                return;
            }
        }
        throw new ConfigException(entry.place() + ": " + entry.path() + " is not a setting" + hint(entry.path()));
    }

    private static String hint(String path) {
        Set<String> below = new HashSet<>();
        Set<String> names = new HashSet<>();
        Settings.ALL.forEach(setting -> {
            names.add(setting.path());
            if (setting.path().startsWith(path + ".")) {
                below.add(setting.path());
            }
        });
        if (!below.isEmpty()) {
            return " but a section, allowed are "
                    + String.join(", ", below.stream().sorted().toList());
        }
        return NearestName.of(path, names, Math.max(TYPING_MISTAKES, path.length() / 3))
                .map(name -> "; the nearest that is one: " + name)
                .orElse("; ./plimsoll config prints all that are");
    }

    private void takeEnvironment(Map<String, String> environment) {
        Map<String, Setting> byName = new HashMap<>();
        Settings.ALL.forEach(setting -> byName.put(setting.environmentName(), setting));
        environment.forEach((name, text) -> {
            if (!name.startsWith(ENVIRONMENT_PREFIX) || OTHER_VARIABLES.contains(name)) {
                return;
            }
            Setting setting = byName.get(name);
            if (setting != null) {
                set(setting, text, "environment: " + name);
            } else if (!takePassedThrough(name, text)) {
                // Others may set variables with our prefix (Kubernetes does for a service of our name): only what
                // looks like a typing mistake is one.
                NearestName.of(name, byName.keySet(), TYPING_MISTAKES).ifPresent(nearest -> {
                    throw new ConfigException(
                            "environment: " + name + " is not a setting; the nearest that is one: " + nearest);
                });
            }
        });
    }

    private boolean takePassedThrough(String name, String text) {
        for (String section : Settings.PASSED_THROUGH.keySet()) {
            String prefix = new Setting(section, Kind.TEXT, "", "").environmentName() + "_";
            if (name.startsWith(prefix)) {
                String key =
                        name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                refuseMistyped(section, key, "environment: " + name);
                passedThrough(section).put(key, text);
                return true;
            }
        }
        return false;
    }

    private void set(Setting setting, String text, String where) {
        boolean unset = text.isEmpty() && setting.defaultText().isEmpty();
        if (!unset && !setting.kind().accepts(text)) {
            throw new ConfigException(where + " is \"" + Setting.shown(setting.path(), text) + "\", allowed is "
                    + setting.kind().allowed());
        }
        texts.put(setting.path(), text);
    }

    /** Kafka takes any name, so a mistyped one would be lost without a word. */
    private static void refuseMistyped(String section, String name, String where) {
        Set<String> known = knownNames(section);
        if (known.isEmpty() || known.contains(name) || known.contains(withoutClient(name))) {
            return;
        }
        Optional<String> nearest = NearestName.of(name, known, TYPING_MISTAKES);
        if (nearest.isPresent()) {
            throw new ConfigException(
                    where + " is not a setting of Kafka's; the nearest that is one: " + section + "." + nearest.get());
        }
    }

    private static String withoutClient(String name) {
        return name.replaceFirst(
                "^(main\\.consumer|restore\\.consumer|global\\.consumer|consumer|producer|admin)\\.", "");
    }

    private static Set<String> knownNames(String section) {
        Set<String> names = new HashSet<>();
        if (section.equals("kafka") || section.equals("streams")) {
            names.addAll(ConsumerConfig.configNames());
            names.addAll(ProducerConfig.configNames());
            names.addAll(AdminClientConfig.configNames());
        }
        if (section.equals("streams")) {
            names.addAll(StreamsConfig.configDef().names());
        }
        return names;
    }

    private Map<String, String> passedThrough(String section) {
        return passedThrough.computeIfAbsent(section, missing -> new TreeMap<>());
    }

    private PlimsollConfig build() {
        AccessReader access = new AccessReader(this::text);
        return new PlimsollConfig(
                text("applicationId"),
                optional("instanceId"),
                Path.of(text("dataDir")),
                number("threads"),
                new HttpConfig(
                        text("http.host"),
                        number("http.port"),
                        optional("http.advertised"),
                        Kind.duration(text("http.answerWithin")),
                        access.access(text("http.host"), passedThrough(AccessSettings.KEYS)),
                        access.tls(),
                        LimitsConfig.of(
                                text("http.cors.origins"), number("http.requestsPerSecond"), number("http.maxBodyKib")),
                        SharedAnswersConfig.of(
                                text("http.answerMemory"), text("http.streamEvery"), number("http.streamClients"))),
                new RegistryConfig(
                        text("schemaRegistry.url"),
                        Boolean.parseBoolean(text("schemaRegistry.setCompatibility")),
                        passedThrough("schemaRegistry.client")),
                new TopicsConfig(
                        Boolean.parseBoolean(text("topics.create")),
                        number("topics.partitions"),
                        number("topics.replicationFactor")),
                new AlertsConfig(number("alerts.streamClients"), webhook()),
                new MonitorSettings(
                        order(),
                        number("monitor.partitions"),
                        duration("conflation"),
                        duration("bookFlush"),
                        duration("publish"),
                        duration("ladderPublish"),
                        duration("ladderSettle"),
                        duration("cascadePublish"),
                        duration("windowGrace"),
                        duration("idle"),
                        duration("maxFutureSkew"),
                        duration("unknownInstrumentGrace"),
                        duration("closedMemory"),
                        accountRisk(),
                        new ImpactSettings(
                                duration("depthStale"),
                                duration("depthFrozen"),
                                fraction("impactVolatility"),
                                Boolean.parseBoolean(text("monitor.strategies"))),
                        cascades(),
                        new ScenarioSettings(
                                ScenarioSettings.roundsTopic(text("applicationId")),
                                duration("scenarioTimeout"),
                                duration("scenarioKept"),
                                number("monitor.scenarioRounds")),
                        new SurveySettings(
                                duration("surveyEvery"),
                                fraction("surveyShare"),
                                AssetFamilies.of(text("monitor.assetFamilies"))),
                        new AlertSettings(
                                AlertSettings.feedsTopic(text("applicationId")),
                                duration("alertKept"),
                                number("monitor.alertRate")),
                        new MeasureSettings(duration("measuresPublish"), MeasureGroup.of(text("monitor.measures")))),
                passedThrough("kafka"),
                passedThrough("streams"),
                new ConnectConfig(connectors(), passedThrough("connectWorker")));
    }

    /** Settings by connector: what comes before the first dot is its name. */
    private Map<String, Map<String, String>> connectors() {
        Map<String, Map<String, String>> connectors = new TreeMap<>();
        passedThrough("connect").forEach((path, text) -> {
            int dot = path.indexOf('.');
            if (dot < 1) {
                throw new ConfigException("connect." + path
                        + " is a text, allowed is a section with the settings of the connector " + path);
            }
            connectors
                    .computeIfAbsent(path.substring(0, dot), name -> new TreeMap<>())
                    .put(path.substring(dot + 1), text);
        });
        connectors.forEach((name, settings) -> {
            if (!settings.containsKey("connector.class")) {
                throw new ConfigException("connect." + name
                        + ".connector.class is missing, allowed is the class of a connector, see docs/connectors.md");
            }
        });
        return connectors;
    }

    private RecordOrder order() {
        return text("monitor.order").equals("event-time") ? RecordOrder.EVENT_TIME : RecordOrder.ARRIVAL;
    }

    private AccountRiskSettings accountRisk() {
        double watch = fraction("watchRatio");
        double call = fraction("callRatio");
        if (!(watch < call)) {
            throw new ConfigException(
                    "monitor.watchRatio is " + watch + ", allowed is a number below monitor.callRatio, " + call);
        }
        return new AccountRiskSettings(
                new Bands(fraction("bandWidth"), new MarginCall.Levels(watch, call, fraction("ratioHysteresis"))),
                fraction("venueLineTolerance"),
                duration("accountRiskPublish"),
                number("monitor.accountRiskRefreshed"));
    }

    private CascadeSettings cascades() {
        try {
            return CascadeSettings.of(
                    fraction("cascadeFloorUsd"),
                    fraction("cascadeSystemFloorUsd"),
                    number("monitor.cascadeMultiple"),
                    duration("cascadeWindow"),
                    duration("cascadeQuiet"),
                    duration("cascadeMemory"));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("monitor.cascade...: " + e.getMessage());
        }
    }

    private @Nullable WebhookConfig webhook() {
        Duration resend = Kind.duration(text("alerts.webhook.resend"));
        Duration validity = Kind.duration(text("alerts.webhook.validity"));
        if (validity.compareTo(resend) <= 0) {
            throw new ConfigException("alerts.webhook.validity is " + text("alerts.webhook.validity")
                    + ", allowed is more than alerts.webhook.resend, " + text("alerts.webhook.resend"));
        }
        String url = optional("alerts.webhook.url");
        return url == null
                ? null
                : new WebhookConfig(
                        url,
                        Kind.duration(text("alerts.webhook.timeout")),
                        resend,
                        validity,
                        optional("alerts.webhook.token"));
    }

    private double fraction(String name) {
        return Double.parseDouble(text("monitor." + name));
    }

    private String text(String path) {
        String text = texts.get(path);
        if (text == null) {
            throw new IllegalStateException(path + " is missing in the list of settings");
        }
        return text;
    }

    private @Nullable String optional(String path) {
        String text = text(path);
        return text.isEmpty() ? null : text;
    }

    private int number(String path) {
        return Integer.parseInt(text(path));
    }

    private Duration duration(String name) {
        return Kind.duration(text("monitor." + name));
    }
}
