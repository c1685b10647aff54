package io.plimsoll.server.config;

import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.CascadeSettings;
import io.plimsoll.topology.MonitorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every setting, with its default and meaning: the one source of checks, of the printed table and of docs/settings.md. */
final class Settings {

    private static final MonitorSettings MONITOR = MonitorSettings.defaults();
    private static final AccountRiskSettings ACCOUNTS = MONITOR.accountRisk();

    private static final CascadeSettings CASCADES = MONITOR.cascades();

    /** Sections whose keys are handed on as they are, and to whom. */
    static final Map<String, String> PASSED_THROUGH = passedThrough();

    static final List<Setting> ALL = all(
            new Setting(
                    "applicationId",
                    Kind.TEXT,
                    "plimsoll",
                    "Kafka Streams application id: names the consumer group and the internal topics. Instances that"
                            + " share the work have the same one."),
            new Setting(
                    "instanceId",
                    Kind.TEXT,
                    "",
                    "Name of this instance for static group membership: a restart within the session timeout then"
                            + " moves no work. Different for each instance."),
            new Setting("dataDir", Kind.TEXT, "data", "Directory of the state stores."),
            new Setting("threads", Kind.COUNT, "2", "Stream threads."),
            new Setting("http.host", Kind.TEXT, "127.0.0.1", "Address that the HTTP server listens on."),
            new Setting("http.port", Kind.PORT, "8080", "Port that the HTTP server listens on."),
            new Setting(
                    "http.advertised",
                    Kind.HOST_AND_PORT,
                    "",
                    "Address under which other instances reach this one. Empty: http.host and http.port."),
            new Setting(
                    "http.answerWithin",
                    Kind.DURATION,
                    "2s",
                    "Time within which a request is answered that needs other instances; what they have not said by then"
                            + " is named as missing."),
            new Setting(
                    "http.answerMemory",
                    Kind.DURATION,
                    Kind.text(SharedAnswersConfig.MEMORY),
                    "Time for which an answer is given again to whoever asks the same and may see the same, at most 10s: so"
                            + " old may an answer be. 0s: each is made anew."),
            new Setting(
                    "http.streamEvery",
                    Kind.DURATION,
                    Kind.text(SharedAnswersConfig.STREAM_EVERY),
                    "Least time between two rounds of the stream of states, 100ms or more."),
            new Setting(
                    "http.streamClients",
                    Kind.COUNT,
                    Integer.toString(SharedAnswersConfig.STREAM_CLIENTS),
                    "Most readers of the stream of states, at one instance at once; each takes a thread."),
            new Setting(
                    "http.cors.origins",
                    Kind.URLS,
                    "",
                    "Origins of other servers' pages whose scripts may ask the API, such as https://desk.example.com,"
                            + " separated by commas. Empty: none may."),
            new Setting(
                    "http.requestsPerSecond",
                    Kind.COUNT,
                    Integer.toString(LimitsConfig.REQUESTS_PER_SECOND),
                    "Most requests to the API from one address in a second; more are answered 429. Everybody behind one"
                            + " proxy counts as one, and so does each other instance."),
            new Setting(
                    "http.maxBodyKib",
                    Kind.COUNT,
                    Integer.toString(LimitsConfig.MAX_BODY_KIB),
                    "Longest body of a request, KiB; longer ones are answered 413."),
            new Setting(
                    "schemaRegistry.url",
                    Kind.URLS,
                    "http://localhost:8081",
                    "Addresses of the schema registry (Confluent's API)."),
            new Setting(
                    "schemaRegistry.setCompatibility",
                    Kind.BOOLEAN,
                    "true",
                    "Whether the subjects of output topics are set to BACKWARD_TRANSITIVE at start, where they are not."),
            new Setting(
                    "topics.create",
                    Kind.BOOLEAN,
                    "true",
                    "Whether missing topics of the catalogue are created at start."),
            new Setting("topics.partitions", Kind.COUNT, "4", "Partitions of topics that are created."),
            new Setting("topics.replicationFactor", Kind.REPLICATION, "-1", "Copies of topics that are created."),
            new Setting(
                    "alerts.streamClients",
                    Kind.COUNT,
                    "100",
                    "Most readers of the stream of alerts, at one instance at once; each takes a thread."),
            new Setting(
                    "alerts.webhook.url",
                    Kind.URL,
                    "",
                    "Alertmanager, or what takes the same requests (POST to /api/v2/alerts below it). Empty: none."),
            new Setting("alerts.webhook.timeout", Kind.DURATION, "10s", "Time within which it must answer."),
            new Setting(
                    "alerts.webhook.resend",
                    Kind.DURATION,
                    "5m",
                    "Time after which alerts that fire are sent to it again, so that it knows them after a restart of"
                            + " its own and once a silence has run out."),
            new Setting(
                    "alerts.webhook.validity",
                    Kind.DURATION,
                    "24h",
                    "Time after which it takes an alert for resolved that was not sent again; more than"
                            + " alerts.webhook.resend. A short one tells a desk that all is well when Plimsoll is down."),
            new Setting(
                    "alerts.webhook.token",
                    Kind.TEXT,
                    "",
                    "Bearer token that it asks for. Better given in the environment than in the file. Empty: none."),
            new Setting(
                    "monitor.order",
                    Kind.ORDER,
                    "arrival",
                    "arrival: records are processed as they come. event-time: in order of event time, published at each of"
                            + " its seconds, for replays that are to give the same each time; only records that"
                            + " `replay` writes."),
            new Setting(
                    "monitor.partitions",
                    Kind.COUNT,
                    Integer.toString(MONITOR.partitions()),
                    "Partitions of the internal topics, and so the most tasks side by side. Changes only together"
                            + " with applicationId."),
            duration(
                    "conflation",
                    MONITOR.conflation(),
                    "Longest time for which a price waits for a newer one. With processing exactly once at least 50ms: nothing is read before."),
            duration("bookFlush", MONITOR.bookFlush(), "Time between two reports of an account slice to the markets."),
            duration("publish", MONITOR.publish(), "Time between two states of one market."),
            duration(
                    "ladderPublish",
                    MONITOR.ladderPublish(),
                    "Time between two ladders of one market; up to four times as long where a task would write more than 8,000 rungs a second."),
            duration(
                    "ladderSettle",
                    MONITOR.ladderSettle(),
                    "How long ladder places may take other markets at the price of a neighbouring 0.5 % cell."),
            duration("cascadePublish", MONITOR.cascadePublish(), "Time between two cascade risks of one market."),
            duration(
                    "measuresPublish",
                    MONITOR.measures().publish(),
                    "Time between two records of measures of one market."),
            new Setting(
                    "monitor.measures",
                    Kind.MEASURES,
                    "all",
                    "What is measured of markets beside their states, separated by commas; a group that is left out costs"
                            + " nothing, and its field is null."),
            duration("depthStale", MONITOR.impact().depthStale(), "Event time after which depth is not used any more."),
            duration(
                    "depthFrozen",
                    MONITOR.impact().depthFrozen(),
                    "How long the quantity of a band may stay the same while the price moves by 0.1 %."),
            duration(
                    "windowGrace",
                    MONITOR.windowGrace(),
                    "Event time for which a window stays open to late samples after its end."),
            duration(
                    "idle",
                    MONITOR.idle(),
                    "Time after which a silent account slice no longer holds window samples back."),
            duration(
                    "maxFutureSkew",
                    MONITOR.maxFutureSkew(),
                    "How far a record's timestamp may lie ahead of the clock; brokers refuse more than an hour (message.timestamp.after.max.ms)."),
            duration(
                    "unknownInstrumentGrace",
                    MONITOR.unknownInstrumentGrace(),
                    "Time for which a position waits for its instrument before it is reported as a dead letter."),
            duration(
                    "closedMemory",
                    MONITOR.closedMemory(),
                    "Event time for which a closed position is remembered, so that late records cannot reopen it."),
            fraction(
                    "impactVolatility",
                    MONITOR.impact().dailyVolatility(),
                    "Daily volatility in the square-root law of price impact, which stands in where there is no depth."),
            new Setting(
                    "monitor.strategies",
                    Kind.BOOLEAN,
                    Boolean.toString(MONITOR.impact().strategies()),
                    "Whether cascade risk is computed a second time with the funds of plimsoll.strategies, which sell after falls"
                            + " and buy after rises. They are kept either way."),
            fraction(
                    "bandWidth",
                    ACCOUNTS.bands().width(),
                    "Share of an account's distance to its line that prices may use up before it is looked at again."
                            + " Its distance is known to this share in between; crossings are found on their tick at"
                            + " any width. Narrower bands cost more looks."),
            fraction(
                    "watchRatio",
                    ACCOUNTS.bands().levels().watch(),
                    "Margin ratio at which an account's state becomes WATCH; below callRatio."),
            fraction(
                    "callRatio",
                    ACCOUNTS.bands().levels().call(),
                    "Margin ratio at which an account's state becomes MARGIN_CALL; 1 is the line."),
            fraction(
                    "ratioHysteresis",
                    ACCOUNTS.bands().levels().hysteresis(),
                    "How far below its beginning WATCH or MARGIN_CALL ends, as a fraction of it."),
            fraction(
                    "venueLineTolerance",
                    ACCOUNTS.venueLineTolerance(),
                    "Relative difference up to which the venue's own liquidation price confirms ours."),
            duration(
                    "accountRiskPublish",
                    ACCOUNTS.publish(),
                    "Time between two records of an account that stays near its line."),
            new Setting(
                    "monitor.accountRiskRefreshed",
                    Kind.COUNT,
                    Integer.toString(ACCOUNTS.refreshed()),
                    "Most such records of one account slice at a time; those left out come first the next time."),
            new Setting(
                    "monitor.cascadeFloorUsd",
                    Kind.AMOUNT,
                    amount(CASCADES.thresholds().floorUsd()),
                    "Least forced volume of a market within cascadeWindow that is a cascade, US dollars. At the default,"
                            + " an aggregate of BTC liquidations had 135 in the 180 days from December 2025, if each hour's"
                            + " liquidations are spread evenly over it; lower it for small markets."),
            new Setting(
                    "monitor.cascadeSystemFloorUsd",
                    Kind.AMOUNT,
                    amount(CASCADES.systemFloorUsd()),
                    "The same for all markets together; more, since small markets add up."),
            new Setting(
                    "monitor.cascadeMultiple",
                    Kind.COUNT,
                    Long.toString(Math.round(CASCADES.thresholds().multiple())),
                    "How many times its usual a market's forced volume must be; the usual is the median hour of the day"
                            + " before, so that one cascade does not hide the next. A mean hour of BTC is five median"
                            + " ones: ten are beyond a lively one."),
            duration(
                    "cascadeWindow",
                    Duration.ofMinutes(CASCADES.thresholds().windowMinutes()),
                    "Event time that forced volume is added up over, whole minutes, at most an hour. Margin calls and"
                            + " partial liquidations of one account take minutes; longer windows join what is unrelated."),
            duration(
                    "cascadeQuiet",
                    Duration.ofMinutes(CASCADES.thresholds().quietMinutes()),
                    "Event time without a busy minute after which a cascade is over, whole minutes, cascadeWindow or more."),
            duration(
                    "cascadeMemory",
                    CASCADES.memory(),
                    "Event time for which late liquidations are still counted and ids of trades kept. Later ones are dead"
                            + " letters. A cascade is cut at half of it. Ids cost memory."),
            duration(
                    "scenarioTimeout",
                    MONITOR.scenarios().timeout(),
                    "Time within which all account slices must have answered all rounds of a scenario."),
            duration(
                    "scenarioKept", MONITOR.scenarios().kept(), "Time for which a scenario's result can be asked for."),
            new Setting(
                    "monitor.scenarioRounds",
                    Kind.COUNT,
                    Integer.toString(MONITOR.scenarios().mostRounds()),
                    "Rounds after which a scenario ends, settled or not."),
            duration(
                    "surveyEvery",
                    MONITOR.survey().every(),
                    "Time from one look at all accounts, for common shocks and contagion, to the next."),
            fraction(
                    "surveyShare",
                    MONITOR.survey().share(),
                    "Share of its thread's time that an account slice may spend on it; with less, a look takes longer."),
            new Setting(
                    "monitor.assetFamilies",
                    Kind.FAMILIES,
                    MONITOR.survey().families().text(),
                    "Assets that are claims on the same thing: what is borrowed of one against another is a loop."),
            duration("alertKept", MONITOR.alerts().kept(), "Event time for which a resolved alert stays on the board."),
            new Setting(
                    "monitor.alertRate",
                    Kind.COUNT,
                    Integer.toString(MONITOR.alerts().rate()),
                    "Alerts that one task writes in a minute at once; what is not critical and comes beyond waits."));

    private static final Map<String, Setting> BY_PATH = ALL.stream().collect(Collectors.toMap(Setting::path, s -> s));

    private Settings() {}

    static boolean isSetting(String path) {
        return BY_PATH.containsKey(path);
    }

    static Setting at(String path) {
        Setting setting = BY_PATH.get(path);
        if (setting == null) {
            throw new IllegalArgumentException(path + " is not a setting");
        }
        return setting;
    }

    private static String amount(double usd) {
        return Long.toString(Math.round(usd));
    }

    private static Setting fraction(String name, double value, String meaning) {
        return new Setting("monitor." + name, Kind.FRACTION, Double.toString(value), meaning);
    }

    private static Setting duration(String name, Duration value, String meaning) {
        return new Setting("monitor." + name, Kind.DURATION, Kind.text(value), meaning);
    }

    /** Those of access stand behind the HTTP server's. */
    private static List<Setting> all(Setting... settings) {
        List<Setting> all = new ArrayList<>(List.of(settings));
        all.addAll(
                1
                        + IntStream.range(0, settings.length)
                                .filter(i -> settings[i].path().startsWith("http."))
                                .max()
                                .orElseThrow(),
                AccessSettings.ALL);
        return List.copyOf(all);
    }

    private static Map<String, String> passedThrough() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put(AccessSettings.KEYS, AccessSettings.KEYS_MEANING);
        sections.put(
                "kafka",
                "Handed to every Kafka client as it is: bootstrap.servers (required), security.protocol,"
                        + " sasl.jaas.config, ssl.truststore.location and so on.");
        sections.put("streams", "Handed to Kafka Streams as it is, over the settings that Plimsoll chooses.");
        sections.put(
                "schemaRegistry.client",
                "Handed to the schema registry client as it is: basic.auth.credentials.source, basic.auth.user.info,"
                        + " schema.registry.ssl.truststore.location and so on.");
        // Before the section whose name its own begins with, for the environment.
        sections.put(
                "connectWorker",
                "Handed to the worker of Kafka Connect that runs them as it is, over the settings that Plimsoll chooses:"
                        + " plugin.path, offset.flush.interval.ms and so on.");
        sections.put(
                "connect",
                "Connectors that `run` runs in its own process, by name: `connect.NAME.connector.class` and the"
                        + " connector's other settings, see connectors.md. Give it to one instance only.");
        return sections;
    }
}
