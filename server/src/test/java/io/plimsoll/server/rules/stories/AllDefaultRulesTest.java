package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.server.rules.DefaultRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All default rules in force, and two venues: the one that stories are told of, and another. */
@SuppressWarnings("NullAway.Init") // opened before each test
class AllDefaultRulesTest {

    private static final String OTHER = "other";
    private static final int ACCOUNTS = 30;
    private static final double SIZE = 10_000;
    private static final double WHALE = 200_000;
    private static final double LINE = 80;

    @TempDir
    Path dir;

    private final List<Alert> alerts = new ArrayList<>();
    private Monitor monitor;
    private double price = 100;
    private double otherPrice = 100;
    private int reports;

    @BeforeEach
    void open() {
        monitor = new Monitor(dir);
        DefaultRules.rules().forEach(monitor::rule);
        for (String venue : List.of(Monitor.VENUE, OTHER)) {
            monitor.instrument(Records.instrument(venue, "X", 10));
            for (int i = 0; i < ACCOUNTS; i++) {
                account(venue, i);
            }
        }
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void shouldBeQuietOnAnOrdinaryDay() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int step = 0; step < 120; step++) {
            price *= 1 + 0.0005 * random.nextGaussian();
            otherPrice = price * (1 + 0.0001 * random.nextGaussian());
            everything();
            monitor.pass(Duration.ofSeconds(20));
            hear();
        }

        // A price may be for a moment where it was ten minutes before: that is pending, and never more.
        assertThat(alerts).describedAs("seed %d", seed).noneMatch(alert -> alert.getStatus() == AlertStatus.FIRING);
    }

    @Test
    void shouldRaiseTheSilenceOfOneFeedWhileAllElseGoesOn() {
        monitor.looksOften(true);
        monitor.position(Monitor.isolatedPosition(OTHER, "whale", "X", WHALE, 100, LINE));
        seconds(20, this::everything);
        long lastPriceMs = monitor.nowMs() - 1_000;

        // Prices of one venue stop; the other's fall to where a large account is near its line, and recover.
        seconds(10, this::allButPrices);
        otherPrice = LINE / 0.99;
        long nearMs = monitor.nowMs();
        seconds(15, this::allButPrices);
        otherPrice = 100;
        long farMs = monitor.nowMs();
        seconds(75, this::allButPrices);

        List<Alert> silence = of("feed-silent");
        assertThat(silence)
                .extracting(Alert::getSubject, Alert::getStatus, Alert::getSinceMs)
                .containsExactly(
                        tuple("prices:test", AlertStatus.FIRING, lastPriceMs + 30_000 + Monitor.ROUND.toMillis()));
        assertThat(of("large-account-near-line"))
                .extracting(Alert::getSubject, Alert::getStatus, Alert::getAsOfMs)
                .containsExactly(
                        tuple("other:whale", AlertStatus.PENDING, nearMs),
                        tuple("other:whale", AlertStatus.FIRING, nearMs + 10_000),
                        tuple("other:whale", AlertStatus.RESOLVED, farMs + 60_000));

        seconds(3, this::everything);
        assertThat(of("feed-silent"))
                .extracting(Alert::getStatus)
                .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
        assertThat(alerts)
                .filteredOn(alert -> alert.getSubject().contains("prices:other"))
                .isEmpty();
    }

    private void seconds(int seconds, Runnable says) {
        for (int second = 0; second < seconds; second++) {
            says.run();
            monitor.pass(Duration.ofSeconds(1));
            hear();
        }
    }

    private void hear() {
        alerts.addAll(monitor.alerts());
    }

    private List<Alert> of(String rule) {
        return alerts.stream().filter(alert -> alert.getRuleId().equals(rule)).toList();
    }

    private void everything() {
        monitor.price(Records.price(Monitor.VENUE, "X", price, ACCOUNTS * SIZE));
        allButPrices();
    }

    private void allButPrices() {
        account(Monitor.VENUE, 0);
        account(OTHER, 0);
        monitor.price(Records.price(OTHER, "X", otherPrice, ACCOUNTS * SIZE));
        depth(Monitor.VENUE, price);
        depth(OTHER, otherPrice);
    }

    /** One of many of both sides, far from their lines. */
    private void account(String venue, int i) {
        monitor.position(Records.position(venue, "a" + i, "X", i % 2 == 0 ? SIZE : -SIZE, 100, 50 * SIZE));
    }

    private void depth(String venue, double mid) {
        double quantity = 1e7 + reports++;
        monitor.depth(new Depth(venue, "X", mid, List.of(new DepthLevel(0.02, quantity, quantity, null, null))));
    }
}
