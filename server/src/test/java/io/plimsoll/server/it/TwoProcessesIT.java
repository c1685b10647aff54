package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.alerts.Alerts;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.it.Answers.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances in processes of their own on one broker: either gives the same answers. While one hangs, and after it was
 * killed, the other says of every answer what it lacks; then it has all of it.
 */
class TwoProcessesIT {

    private static final int PARTITIONS = 4;
    private static final long DEADLINE_MS = 2_000;
    /** Beyond the deadline, on a machine that has much else to do. */
    private static final long SLOWNESS_MS = 6_000;

    private final Answers answers = new Answers();

    @Test
    void shouldGiveTheSameAnswersOrSayWhatTheyLack(@TempDir Path dir) throws Exception {
        long seed = Seeds.printed("TwoProcessesIT", 20_261_122);
        List<LogRecord> log = new RandomMarkets(seed).log(10, 60, 2_500);
        Set<String> accounts = log.stream()
                .filter(record -> record.topic().equals(Topics.POSITIONS.name()))
                .map(record -> record.key().substring(0, record.key().lastIndexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Scene scene = new Scene(dir, PARTITIONS, Map.of());
                HttpServer registry = HttpServer.start(scene.config("registry", Map.of()), scene.registry())) {
            Oracle oracle = new Oracle();
            scene.feed(log, oracle);
            writeAlerts(scene);
            int onePort = EmbeddedKafka.freePort();
            int otherPort = EmbeddedKafka.freePort();
            try (OwnProcess one = start(scene, registry, dir, "one", onePort);
                    OwnProcess other = start(scene, registry, dir, "other", otherPort)) {
                awaitBothHoldMarkets(scene, List.of(one, other), onePort, otherPort);
                scene.awaitEqual(oracle, "two instances, seed " + seed);
                String scenario = askScenario(scene, onePort, otherPort);

                List<String> paths = paths(scene, accounts, scenario);
                awaitSame(scene, paths, onePort, otherPort);
                Map<String, Answer> full = new LinkedHashMap<>();
                for (String path : paths) {
                    full.put(path, answers.get(onePort, path));
                }
                System.out.println("TwoProcessesIT: the same at both: " + paths.size() + " answers");

                try (Load load = new Load(answers, onePort, full, DEADLINE_MS + SLOWNESS_MS)) {
                    other.suspend();
                    load.start();
                    scene.await("answers that lack what hangs").until(() -> load.hasLacked("TIMEOUT"));
                    scene.await("answers that do not wait again").until(() -> load.hasLacked("NOT_ASKED"));
                    scene.await("problems that name the instance")
                            .untilAsserted(() -> assertThat(load.problemsNaming(otherPort))
                                    .describedAs("%s, not full: %s", load, load.notFull())
                                    .isPositive());
                    other.resume();
                    awaitFull("full answers when it goes on", scene, load, one);
                    awaitBothHoldMarkets(scene, List.of(one, other), onePort, otherPort);

                    other.kill();
                    scene.await("answers that lack what is gone").until(() -> load.hasLacked("UNREACHABLE"));
                    scene.await("accounts from copies").until(load::hasSeenCopies);
                    awaitFull("full answers by one alone", scene, load, one);
                    load.stop();
                    System.out.println("TwoProcessesIT: " + load);
                    assertThat(load.wrong()).isEmpty();
                }
                scene.await("the same as before").untilAsserted(() -> {
                    for (String path : paths) {
                        assertThat(settled(answers.get(onePort, path)))
                                .describedAs(path)
                                .isEqualTo(settled(full.get(path)));
                    }
                });
            }
        }
    }

    private static void awaitFull(String what, Scene scene, Load load, OwnProcess process) {
        scene.await(what)
                .failFast(() -> mustLive(process))
                .untilAsserted(() -> assertThat(load.notFull()).isEmpty());
    }

    private static void mustLive(OwnProcess process) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("an instance has ended: " + process.log());
        }
    }

    private static void writeAlerts(Scene scene) throws Exception {
        for (String rule : List.of("first", "second")) {
            Alert alert = Alerts.alert(rule, "market", AlertStatus.FIRING, 1);
            scene.send(new LogRecord(Topics.ALERTS.name(), Alerts.key(alert), alert.getAsOfMs(), alert))
                    .get();
        }
    }

    private static OwnProcess start(Scene scene, HttpServer registry, Path dir, String name, int port)
            throws IOException {
        Path config = Files.writeString(dir.resolve(name + ".yaml"), """
                applicationId: two
                dataDir: %s
                threads: 1
                http: {port: %d, answerWithin: %dms}
                schemaRegistry: {url: "http://127.0.0.1:%d"}
                monitor: {partitions: %d, idle: 500ms, surveyEvery: 500ms}
                kafka:
                  bootstrap.servers: %s
                streams:
                  num.standby.replicas: 1
                """.formatted(
                        dir.resolve("state-" + name),
                        port,
                        DEADLINE_MS,
                        registry.port(),
                        PARTITIONS,
                        scene.bootstrapServers()));
        return new OwnProcess(dir, name, "run", "--config", config.toString());
    }

    /** Work moves to the second instance when it has read it back. */
    private void awaitBothHoldMarkets(Scene scene, List<OwnProcess> processes, int... ports) {
        scene.await("both hold markets")
                .failFast(() -> {
                    for (OwnProcess process : processes) {
                        mustLive(process);
                    }
                })
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    for (int port : ports) {
                        Answer ready = answers.get(port, "/health/ready");
                        Answer its = answers.get(port, "/api/v1/markets?scope=local");
                        if (ready.status() != 200 || its.body().path("markets").isEmpty()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private String askScenario(Scene scene, int onePort, int otherPort) throws Exception {
        Answer taken = answers.post(onePort, "/api/v1/scenarios", "{\"id\":\"both\",\"shocks\":{}}");
        assertThat(taken.status()).isEqualTo(202);
        // The other one knows of it at once.
        assertThat(answers.get(otherPort, "/api/v1/scenarios/both").status()).isIn(200, 202);
        scene.await("the scenario's answer")
                .until(() -> answers.get(otherPort, "/api/v1/scenarios/both").status() == 200);
        return "both";
    }

    private List<String> paths(Scene scene, Set<String> accounts, String scenario) {
        List<String> paths = new ArrayList<>(List.of(
                "/api/v1/markets",
                "/api/v1/tipping-points",
                "/api/v1/system",
                "/api/v1/system/windows",
                "/api/v1/system/cascade",
                "/api/v1/contagion",
                "/api/v1/accounts?limit=1000",
                "/api/v1/cascades",
                "/api/v1/alerts",
                "/api/v1/alert-actions",
                "/api/v1/alert-delivery",
                "/api/v1/scenarios/" + scenario,
                "/api/v1/markets/no:SUCH",
                "/api/v1/accounts/no:such",
                "/api/v1/scenarios/no-such"));
        for (String market : new TreeMap<>(scene.markets()).keySet()) {
            paths.add("/api/v1/markets/" + market);
            paths.add("/api/v1/markets/" + market + "/ladder");
            paths.add("/api/v1/markets/" + market + "/windows?size=1m");
            paths.add("/api/v1/markets/" + market + "/cascade");
            paths.add("/api/v1/markets/" + market + "/cascade?shock=-5%25");
        }
        scene.systems().keySet().stream().sorted().forEach(subject -> {
            paths.add("/api/v1/system/subjects/" + subject);
            paths.add("/api/v1/system/windows?size=5m&subject=" + subject);
        });
        accounts.stream().limit(20).forEach(account -> paths.add("/api/v1/accounts/" + account));
        return paths;
    }

    /** What is asked of both at one moment is the same; some fields go with the clock, so moments may have to be tried. */
    private void awaitSame(Scene scene, List<String> paths, int onePort, int otherPort) {
        for (String path : paths) {
            scene.await("the same at both: " + path).untilAsserted(() -> {
                Answer one = answers.get(onePort, path);
                Answer other = answers.get(otherPort, path);
                assertThat(Answers.lasting(one)).isEqualTo(Answers.lasting(other));
                assertThat(one.isPartial()).describedAs(path).isFalse();
                assertThat(one.isStale()).describedAs(path).isFalse();
            });
        }
    }

    /** What does not go with the clock while nothing comes in: windows are closed by it, and what is computed anew is newer. */
    private static String settled(Answer answer) {
        JsonNode body = answer.body().deepCopy();
        Answers.strip(
                body,
                List.of(
                        "ageMs",
                        "servedAtMs",
                        "behind",
                        "behindAsOfMs",
                        "stalenessMs",
                        "asOfMs",
                        "windows",
                        "known",
                        "detail"));
        return answer.status() + " " + body;
    }
}
