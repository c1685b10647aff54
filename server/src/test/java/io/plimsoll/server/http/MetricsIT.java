package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.server.PlimsollServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two running instances export, the dashboards' questions, and the documentation, held against each other. */
class MetricsIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Path DASHBOARDS = Path.of("../docker/grafana/dashboards");
    private static final Path ALERT_RULES = Path.of("../docker/prometheus/plimsoll-alerts.yml");
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ASKED = Pattern.compile("\\b((?:plimsoll|kafka|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    /** Added by Prometheus, or part of a histogram. */
    private static final Set<String> NOT_OURS = Set.of("instance", "job", "le");
    /** No worker of Kafka Connect runs here: ConnectorWatchTest has these. */
    private static final String CONNECTOR = "plimsoll_connector_";

    @TempDir
    private static Path dir;

    private static TwoInstances instances;
    private static String text = "";
    private static final Map<String, Set<String>> LABELS = new TreeMap<>();

    @BeforeAll
    static void startTwoInstances() {
        instances =
                new TwoInstances(dir, MetricsIT::write, Map.of("PLIMSOLL_ALERTS_WEBHOOK_URL", "http://127.0.0.1:9"));
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            scrape();
            assertThat(LABELS)
                    .containsKeys(
                            "plimsoll_market_funding_rate_ratio",
                            "plimsoll_market_leverage_skew_ratio",
                            "plimsoll_market_coverage_ratio",
                            "plimsoll_market_tipping_distance_ratio",
                            "plimsoll_system_coverage_ratio",
                            "plimsoll_venue_lines_compared",
                            "plimsoll_end_to_end_latency_seconds_bucket");
            assertThat(text)
                    .contains("plimsoll_system_open_interest_usd{subject=\"system\"}")
                    .containsPattern(
                            "plimsoll_end_to_end_latency_seconds_count\\{topic=\"plimsoll.market-state\"\\} [1-9]");
        });
    }

    private static void write(RecordSink sink) {
        MarketCascadeIT.writeInputs(sink);
        long now = System.currentTimeMillis();
        for (String symbol : List.of("AAA", "BBB")) {
            sink.write(
                    Topics.PRICES.name(),
                    "v:" + symbol,
                    now + 1,
                    new Price("v", symbol, 100.0, null, 0.0001, 8.0, 2_000.0, 1.0, null, null));
            sink.write(
                    Topics.POSITIONS.name(),
                    "v:short:" + symbol,
                    now + 1,
                    new Position(
                            "v",
                            "short",
                            symbol,
                            -50.0,
                            100.0,
                            MarginMode.ISOLATED,
                            1_000.0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        // More than the depth of its market takes, near its line: a tipping point.
        Position whale = new Position(
                "v",
                "whale",
                "AAA",
                1_000.0,
                100.0,
                MarginMode.ISOLATED,
                4_000.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        sink.write(Topics.POSITIONS.name(), "v:whale:AAA", now + 1, whale);
        sink.write(
                Topics.PRICES.name(),
                "v:CCC",
                now + 1,
                new Price("other", "CCC", 100.0, null, null, null, null, 1.0, null, null));
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    private static void scrape() throws Exception {
        StringBuilder all = new StringBuilder();
        for (PlimsollServer server : instances.both()) {
            all.append(TwoInstances.get(server, "/metrics").body());
        }
        text = all.toString();
        LABELS.clear();
        for (String line : text.split("\n")) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                Set<String> labels = LABELS.computeIfAbsent(sample.group(1), name -> new HashSet<>());
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
        }
    }

    @Test
    void shouldExportWhatTheDashboardsAskFor() {
        await().atMost(LONG).untilAsserted(() -> {
            scrape();
            assertExported();
        });
    }

    private static void assertExported() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (Path file : dashboards()) {
            for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    asked.addAll(assertExported(target.path("expr").asText(), file));
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(20);
    }

    @Test
    void shouldExportWhatTheAlertRulesAskFor() {
        await().atMost(LONG).untilAsserted(() -> {
            scrape();
            Set<String> asked = new TreeSet<>();
            for (JsonNode rule : alertRules()) {
                asked.addAll(assertExported(rule.path("expr").asText(), ALERT_RULES));
            }
            assertThat(asked).hasSizeGreaterThanOrEqualTo(8);
        });
    }

    @Test
    void shouldSayOfEveryAlertRuleHowBadItIsAndWhatItIs() throws IOException {
        Set<String> names = new HashSet<>();
        for (JsonNode rule : alertRules()) {
            assertThat(names.add(rule.path("alert").asText())).isTrue();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        }
        assertThat(names).hasSizeGreaterThan(8).allMatch(name -> name.startsWith("Plimsoll"));
    }

    private static JsonNode alertRules() throws IOException {
        return new YAMLMapper().readTree(ALERT_RULES.toFile()).at("/groups/0/rules");
    }

    /** Names of the metrics that a query asks for, each of which is exported with the labels that it is asked by. */
    private static Set<String> assertExported(String query, Path file) {
        Set<String> asked = new TreeSet<>();
        Set<String> found = new HashSet<>();
        Matcher metric = ASKED.matcher(query);
        while (metric.find()) {
            String name = metric.group(1);
            if (name.startsWith(CONNECTOR)) {
                found.add("connector");
                continue;
            }
            asked.add(name);
            assertThat(LABELS.keySet())
                    .describedAs("%s: %s", file.getFileName(), query)
                    .contains(name);
            found.addAll(LABELS.get(name));
            if (metric.group(2) != null) {
                Stream.of(metric.group(2).split(","))
                        .map(each -> each.split("[=!]")[0].strip())
                        .filter(label -> !NOT_OURS.contains(label))
                        .forEach(label ->
                                assertThat(LABELS.get(name)).describedAs(query).contains(label));
            }
        }
        Matcher by = BY.matcher(query);
        while (by.find()) {
            Stream.of(by.group(1).split(","))
                    .map(String::strip)
                    .filter(label -> !NOT_OURS.contains(label))
                    .forEach(label -> assertThat(found).describedAs(query).contains(label));
        }
        return asked;
    }

    @Test
    void shouldNameOursAsPrometheusAsksFor() {
        Map<String, String> types = new TreeMap<>();
        Set<String> helped = new HashSet<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE plimsoll_")) {
                types.put(words[2], words[3]);
            } else if (line.startsWith("# HELP plimsoll_") && words.length == 4 && !words[3].isBlank()) {
                helped.add(words[2]);
            }
        }

        assertThat(types).hasSizeGreaterThan(20).containsEntry("plimsoll_end_to_end_latency_seconds", "histogram");
        types.forEach((name, type) -> {
            assertThat(name)
                    .matches("plimsoll(_[a-z0-9]+)+")
                    .doesNotMatch(".*_(milliseconds|ms|minutes|hours|days|percent|kilobytes|megabytes)(_.*)?")
                    .doesNotMatch(".*_(gauge|counter|histogram|summary)$");
            assertThat(name.endsWith("_total"))
                    .describedAs("%s is a %s", name, type)
                    .isEqualTo(type.equals("counter"));
            assertThat(helped).contains(name);
        });
    }

    @Test
    void shouldTellInTheDocumentationOfAllOfOurs() {
        // While work moves between the two, some of it is exported by neither.
        await().atMost(LONG).untilAsserted(() -> {
            scrape();
            assertDocumented();
        });
    }

    private static void assertDocumented() throws IOException {
        String documents = "";
        for (String file : List.of("operations.md", "alert-delivery.md")) {
            documents += Files.readString(Path.of("../docs", file));
        }
        Set<String> told = new TreeSet<>();
        Matcher name = Pattern.compile("plimsoll_[a-z0-9_]+").matcher(documents);
        while (name.find()) {
            told.add(name.group());
        }
        Set<String> exported = new TreeSet<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE plimsoll_")) {
                exported.add(line.split(" ")[2]);
            }
        }

        assertThat(told).containsAll(exported);
        // The second is there once an attempt has failed: AlertWebhookIT.
        told.removeIf(each -> each.startsWith(CONNECTOR) || each.equals("plimsoll_webhook_failed_attempts_total"));
        assertThat(LABELS.keySet().stream().toList())
                .containsAll(told.stream()
                        .map(each -> each.equals("plimsoll_end_to_end_latency_seconds") ? each + "_bucket" : each)
                        .toList());
    }

    @Test
    void shouldCountDeadLettersByReason() {
        await().atMost(LONG).untilAsserted(() -> {
            scrape();
            assertThat(text).containsPattern("plimsoll_dead_letters_total\\{reason=\"key_mismatch\"\\} [1-9]");
        });
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
