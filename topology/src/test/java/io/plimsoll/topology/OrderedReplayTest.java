package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In event-time order a log gives the same alerts and measures, whatever the pace and however its topics overtake each other. */
class OrderedReplayTest {

    private static final List<String> SYMBOLS = List.of("BTC", "ETH", "SOL");
    private static final int SECONDS = 90;
    private static final long START_MS = MonitorFixture.START.toEpochMilli();

    /** A record of the log; with an empty key a mark. */
    private record Entry(
            Topic<?> topic,
            String key,
            long timeMs,
            @Nullable SpecificRecord value) {}

    /** What a replay gave: alerts by key, in order, and measures in order. */
    private record Replayed(
            Map<String, List<Alert>> alerts, List<MeasureSet> measures, List<SystemMeasureSet> systemMeasures) {}

    @Test
    void shouldGiveTheSameAtAnyPaceAndInterleaving() {
        long seed = 20_260_921;
        List<Entry> log = log(new Random(seed), SECONDS, 90);

        Replayed replayed = replayed(log, new Random(1), Integer.MAX_VALUE);

        Map<String, List<Alert>> first = replayed.alerts();

        assertThat(first).describedAs("seed %d", seed).hasSizeGreaterThan(6);
        assertThat(first.values().stream().flatMap(List::stream).map(Alert::getStatus))
                .contains(AlertStatus.PENDING, AlertStatus.FIRING, AlertStatus.RESOLVED);
        assertThat(first.keySet().stream().map(key -> key.substring(0, key.indexOf('|'))))
                .contains("spike", "held", "jump", "rank", "forced", "account", "window", "system");
        assertThat(replayed.measures()).hasSizeGreaterThan(SECONDS);
        for (int run = 2; run <= 4; run++) {
            Replayed again = replayed(log, new Random(run), run * run * 40);
            assertThat(again.alerts()).describedAs("run %d, seed %d", run, seed).isEqualTo(first);
            assertThat(again.measures())
                    .describedAs("run %d, seed %d", run, seed)
                    .isEqualTo(replayed.measures());
        }
    }

    @Test
    void shouldJudgeTheHoursOfTheSystemTheSameAtAnyPaceAndInterleaving() {
        long seed = 20_261_122;
        List<Entry> log = log(new Random(seed), (int) Duration.ofHours(4).toSeconds(), 60_000);

        List<SystemMeasureSet> first =
                replayed(log, new Random(1), Integer.MAX_VALUE).systemMeasures();

        SystemMeasureSet last = first.stream()
                .filter(its -> its.getSubject().equals("system"))
                .reduce((before, after) -> after)
                .orElseThrow();
        assertThat(last.getMarketsJudged()).isEqualTo(3);
        assertThat(last.getCycle().getSamples()).isBetween(3, 4);
        for (int run = 2; run <= 3; run++) {
            assertThat(replayed(log, new Random(run), run * run * 40).systemMeasures())
                    .describedAs("run %d, seed %d", run, seed)
                    .isEqualTo(first);
        }
    }

    /** Each topic keeps its own order; pauses come after about so many records. */
    private Replayed replayed(List<Entry> log, Random random, int recordsPerPause) {
        MonitorSettings settings = MonitorFixture.SETTINGS.withOrder(RecordOrder.EVENT_TIME);
        try (MonitorFixture monitor = new MonitorFixture(settings)) {
            monitor.at((log.get(log.size() - 1).timeMs() - START_MS) / 1000.0).live(); // what is replayed is past
            rules().forEach(monitor::rule);
            ReplayMark.TERMS.forEach(topic -> monitor.mark(topic, ReplayMark.FOR_EVER));
            Map<Topic<?>, List<Entry>> byTopic = new HashMap<>();
            ReplayMark.DATA.forEach(topic -> {
                monitor.mark(topic, ReplayMark.BEGIN);
                byTopic.put(topic, new ArrayList<>());
            });
            long markedMs = 0;
            for (Entry entry : log) {
                long secondMs = entry.timeMs() / 1000 * 1000 - 1;
                if (secondMs > markedMs) {
                    mark(byTopic, secondMs);
                    markedMs = secondMs;
                }
                byTopic.get(entry.topic()).add(entry);
            }
            mark(byTopic, log.get(log.size() - 1).timeMs());
            List<List<Entry>> ways = new ArrayList<>(byTopic.values());
            while (!ways.isEmpty()) {
                List<Entry> way = ways.get(random.nextInt(ways.size()));
                int some = 1 + random.nextInt(50);
                for (int i = 0; i < some && !way.isEmpty(); i++) {
                    send(monitor, way.remove(0));
                    if (random.nextInt(recordsPerPause) == 0) {
                        monitor.wait(Duration.ofMillis(random.nextInt(400)));
                    }
                }
                ways.removeIf(List::isEmpty);
            }
            monitor.wait(Duration.ofSeconds(3));
            Map<String, List<Alert>> alerts = monitor.alerts().stream()
                    .collect(Collectors.groupingBy(
                            record -> record.key(),
                            TreeMap::new,
                            Collectors.mapping(record -> record.value(), Collectors.toList())));
            return new Replayed(alerts, monitor.measureRecords(), monitor.systemMeasureRecords());
        }
    }

    private static void mark(Map<Topic<?>, List<Entry>> byTopic, long upToMs) {
        byTopic.forEach((topic, way) -> way.add(new Entry(topic, "", upToMs, null)));
    }

    private static void send(MonitorFixture monitor, Entry entry) {
        monitor.at((entry.timeMs() - START_MS) / 1000.0);
        if (entry.key().isEmpty()) {
            monitor.mark(entry.topic(), entry.timeMs());
        } else {
            send(monitor, entry.topic(), entry);
        }
    }

    private static <T extends SpecificRecord> void send(MonitorFixture monitor, Topic<T> topic, Entry entry) {
        monitor.send(topic, entry.key(), topic.valueType().cast(entry.value()));
    }

    /** Prices that now and then jump for a second, positions that come and go, liquidations, at most so far apart. */
    private static List<Entry> log(Random random, int seconds, int apartMs) {
        List<Entry> log = new ArrayList<>();
        double[] marks = {100, 50, 20};
        for (String symbol : SYMBOLS) {
            log.add(new Entry(Topics.INSTRUMENTS, market(symbol), START_MS, MonitorFixture.linear(symbol, 4, 25)));
        }
        for (int account = 0; account < 12; account++) {
            String name = "a" + account;
            log.add(new Entry(
                    Topics.COLLATERAL,
                    Keys.collateral(MonitorFixture.VENUE, name, "USDC"),
                    START_MS + account,
                    new Collateral(MonitorFixture.VENUE, name, "USDC", 15.0, 1.0, 1.0, null, null)));
        }
        for (long ms = 20; ms < seconds * 1000L; ms += 1 + random.nextInt(apartMs)) {
            int market = random.nextInt(SYMBOLS.size());
            String symbol = SYMBOLS.get(market);
            long timeMs = START_MS + ms;
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    String account = "a" + random.nextInt(12);
                    double size =
                            random.nextInt(5) == 0 ? 0 : (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextInt(4));
                    log.add(new Entry(
                            Topics.POSITIONS,
                            Keys.position(MonitorFixture.VENUE, account, symbol),
                            timeMs,
                            MonitorFixture.crossOf(account, symbol, size, marks[market])));
                }
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        log.add(new Entry(
                                Topics.LIQUIDATIONS,
                                market(symbol),
                                timeMs,
                                MonitorFixture.liquidationOf(
                                        symbol, PositionSide.LONG, 1 + random.nextInt(9), marks[market], "t" + ms)));
                    }
                }
                default -> {
                    boolean spike = random.nextInt(40) == 0;
                    marks[market] *= Math.exp(random.nextGaussian() * 0.002);
                    double mark = spike ? marks[market] * 1.1 : marks[market];
                    log.add(new Entry(
                            Topics.PRICES,
                            market(symbol),
                            timeMs,
                            new Price(MonitorFixture.VENUE, symbol, mark, null, null, null, null, 1.0, null, null)));
                }
            }
        }
        return log;
    }

    private static String market(String symbol) {
        return Keys.market(MonitorFixture.VENUE, symbol);
    }

    private static List<Rule> rules() {
        return List.of(
                rule("spike", SubjectKind.MARKET, "markPrice", RuleForm.LEVEL, null, 105, 0),
                rule("held", SubjectKind.MARKET, "leverage", RuleForm.LEVEL, null, 2, 5_000),
                rule("jump", SubjectKind.MARKET, "markPrice", RuleForm.CHANGE_RATIO, 3_000L, 0.05, 0),
                rule("rank", SubjectKind.MARKET, "markPrice", RuleForm.RANK, 60_000L, 0.97, 0),
                rule("forced", SubjectKind.MARKET, "liquidatedUsd5m", RuleForm.LEVEL, null, 400, 2_000),
                rule("account", SubjectKind.ACCOUNT, "marginRatio", RuleForm.LEVEL, null, 0.6, 0),
                rule("window", SubjectKind.WINDOW, "markPriceHigh", RuleForm.LEVEL, null, 40, 0),
                rule("system", SubjectKind.SYSTEM, "openInterestUsd", RuleForm.LEVEL, null, 300, 3_000));
    }

    private static Rule rule(
            String id,
            SubjectKind kind,
            String metric,
            RuleForm form,
            @Nullable Long windowMs,
            double above,
            long holdMs) {
        return new Rule(
                id,
                "For the test.",
                kind,
                List.of("*"),
                List.of(new RuleCondition(metric, form, windowMs, Comparison.ABOVE, above, null)),
                holdMs,
                0L,
                10_000L,
                Severity.CRITICAL,
                Map.of(),
                null,
                null);
    }
}
