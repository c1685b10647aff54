package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeMarket;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.PositionSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forced trades of some dollars are a cascade here: 1,000 USD in 5 minutes, of all markets together 1,500. */
class CascadesTest {

    private static final PositionSide LONG = PositionSide.LONG;
    private static final PositionSide SHORT = PositionSide.SHORT;
    private static final double HOUR = 3_600;

    @AutoClose
    private final MonitorFixture monitor = fixture();

    @BeforeEach
    void start() {
        monitor.instrument("BTC", 5, 40).instrument("ETH", 5, 40).instrument("SOL", 5, 40);
    }

    private static MonitorFixture fixture() {
        MonitorFixture fixture = new MonitorFixture(MonitorFixture.SETTINGS.withCascades(CascadeSettings.of(
                1_000, 1_500, 10, Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(2))));
        fixture.driver().advanceWallClockTime(Duration.ofDays(3));
        return fixture;
    }

    private static long ms(double seconds) {
        return MonitorFixture.START.toEpochMilli() + Math.round(seconds * 1_000);
    }

    private @Nullable CascadeEpisode found(String subject, double startSeconds) {
        return monitor.cascades().get(subject + "@" + ms(startSeconds));
    }

    private CascadeEpisode episode(String subject, double startSeconds) {
        return Objects.requireNonNull(
                found(subject, startSeconds), () -> monitor.cascades().toString());
    }

    @Test
    void shouldTellAnEpisodeFromStartToEnd() {
        monitor.at(50).price("BTC", 100);
        monitor.at(65).forced("BTC", LONG, 3, 98, "1").price("BTC", 97);
        monitor.at(130).forced("BTC", LONG, 8, 90, "2").price("BTC", 90);
        monitor.at(140).forced("BTC", SHORT, 1, 91, "3");
        monitor.at(150).price("BTC", 93).settle();

        CascadeEpisode open = episode("test:BTC", 60);
        assertThat(open.getIsFinal()).isFalse();
        assertThat(open.getAsOfMs()).isEqualTo(ms(140));

        monitor.driver().advanceWallClockTime(Duration.ofMinutes(20));
        monitor.settle();

        CascadeEpisode episode = episode("test:BTC", 60);
        assertThat(episode.getIsFinal()).isTrue();
        assertThat(episode.getAsOfMs()).isEqualTo(ms(120 + 16 * 60));
        assertThat(episode.getStartMs()).isEqualTo(ms(65));
        assertThat(episode.getPeakMs()).isEqualTo(ms(120));
        assertThat(episode.getEndMs()).isEqualTo(ms(140));
        assertThat(episode.getLongUsd()).isEqualTo(3 * 98 + 8 * 90);
        assertThat(episode.getShortUsd()).isEqualTo(91);
        assertThat(episode.getForcedUsd()).isEqualTo(3 * 98 + 8 * 90 + 91);
        assertThat(episode.getPeakUsd()).isEqualTo(8 * 90 + 91);
        assertThat(episode.getLargestUsd()).isEqualTo(8 * 90);
        assertThat(episode.getLiquidations()).isEqualTo(3);
        assertThat(episode.getPriceAtStart()).isEqualTo(100);
        assertThat(episode.getPriceExtreme()).isEqualTo(90);
        assertThat(episode.getPriceAtEnd()).isEqualTo(93);
        assertThat(episode.getStalenessMs()).isEqualTo(15_000);
        assertThat(episode.getThresholdUsd()).isEqualTo(1_000);
        assertThat(episode.getBackgroundHours()).isZero();
        assertThat(episode.getCensored()).isFalse();
        assertThat(episode.getMarkets()).isEmpty();
        assertThat(found("system", 60)).describedAs("below the system's floor").isNull();
    }

    @Test
    void shouldCountATradeOnceHoweverOftenItIsReported() {
        monitor.at(10).forced("BTC", LONG, 20, 100, "1");
        monitor.at(10).forced("BTC", LONG, 20, 100, "1");
        monitor.at(11).forced("BTC", SHORT, 20, 100, "1");
        monitor.at(12).forced("ETH", SHORT, 20, 100, "1").settle();

        CascadeEpisode episode = episode("test:BTC", 0);
        assertThat(episode.getLongUsd()).isEqualTo(2_000);
        assertThat(episode.getShortUsd()).isZero();
        assertThat(episode.getTrades()).isEqualTo(1);
        assertThat(episode.getDuplicates()).isEqualTo(2);
        assertThat(episode.getOtherSides()).isEqualTo(1);
        assertThat(episode("test:ETH", 0).getShortUsd())
                .describedAs("ids are a market's own")
                .isEqualTo(2_000);
    }

    @Test
    void shouldSayHowManyCouldNotBeToldFromCopies() {
        monitor.at(10).forced("BTC", LONG, 10, 100, null);
        monitor.at(10).forced("BTC", LONG, 10, 100, null);
        monitor.at(10).forced("BTC", LONG, 10, 100, "7").settle();

        assertThat(episode("test:BTC", 0).getForcedUsd()).isEqualTo(3_000);
        assertThat(episode("test:BTC", 0).getWithoutId()).isEqualTo(2);
        assertThat(episode("test:BTC", 0).getDuplicates()).isZero();
    }

    @Test
    void shouldTakeTheFillsOfALiquidationForOne() {
        for (int fill = 0; fill < 5; fill++) {
            monitor.at(10 + fill).liquidation(fillOf("A", "a" + fill, 3));
        }
        monitor.at(20).liquidation(fillOf("B", "b", 6)).settle();

        CascadeEpisode episode = episode("test:BTC", 0);
        assertThat(episode.getLiquidations()).isEqualTo(2);
        assertThat(episode.getTrades()).isEqualTo(6);
        assertThat(episode.getLargestUsd()).isEqualTo(1_500);
    }

    private static Liquidation fillOf(String liquidation, String trade, double quantity) {
        return Liquidation.newBuilder(MonitorFixture.liquidationOf("BTC", LONG, quantity, 100, trade))
                .setLiquidationId(liquidation)
                .build();
    }

    @Test
    void shouldBeALowerBoundWhereAFeedLeavesSomeOut() {
        monitor.at(10).forced("BTC", LONG, 10, 100, "1");
        monitor.at(11)
                .liquidation(Liquidation.newBuilder(MonitorFixture.liquidationOf("BTC", LONG, 10, 100, "2"))
                        .setCensored(true)
                        .build());
        monitor.at(12).forced("ETH", LONG, 10, 100, "1").settle();

        assertThat(episode("test:BTC", 0).getCensored()).isTrue();
        assertThat(episode("test:ETH", 0).getCensored()).isFalse();
        assertThat(episode("system", 0).getCensored()).isTrue();
    }

    @Test
    void shouldTakeTheVolumeInDollarsThatTheVenueSays() {
        monitor.at(10)
                .liquidation(Liquidation.newBuilder(MonitorFixture.liquidationOf("BTC", LONG, 1, 100, "1"))
                        .setNotionalUsd(1_200.0)
                        .build());
        monitor.at(12)
                .liquidation(Liquidation.newBuilder(MonitorFixture.liquidationOf("ETH", LONG, 20, 100, "1"))
                        .setQuotePriceUsd(0.5)
                        .build())
                .settle();

        assertThat(episode("test:BTC", 0).getForcedUsd()).isEqualTo(1_200);
        assertThat(episode("test:ETH", 0).getForcedUsd()).isEqualTo(1_000);
    }

    @Test
    void shouldListTheMarketsOfASystemEpisodeInTheOrderInWhichTheyBegan() {
        monitor.at(100).forced("SOL", LONG, 12, 100, "1");
        monitor.at(162.5).forced("BTC", LONG, 30, 100, "1");
        monitor.at(130).forced("ETH", LONG, 1, 100, "1").settle();

        CascadeEpisode episode = episode("system", 60);
        assertThat(episode.getMarkets()).extracting(CascadeMarket::getMarket).containsExactly("test:SOL", "test:BTC");
        assertThat(episode.getMarkets())
                .extracting(CascadeMarket::getLagSeconds)
                .containsExactly(0.0, 62.5);
        assertThat(episode.getOtherMarkets()).isEqualTo(1);
        assertThat(episode.getForcedUsd()).isEqualTo(4_300);
        assertThat(episode.getPriceAtStart()).isNull();
    }

    @Test
    void shouldTakeBackAnEpisodeWhoseStartMoves() {
        monitor.at(130).forced("BTC", LONG, 20, 100, "1").settle();
        assertThat(found("test:BTC", 120)).isNotNull();

        monitor.at(70).forced("BTC", LONG, 3, 100, "0").settle();

        assertThat(found("test:BTC", 120)).isNull();
        assertThat(episode("test:BTC", 60).getForcedUsd()).isEqualTo(2_300);
        assertThat(episode("system", 60).getForcedUsd()).isEqualTo(2_300);
    }

    @Test
    void shouldReportALiquidationThatComesTooLate() {
        monitor.at(3 * HOUR).forced("BTC", LONG, 20, 100, "1");
        monitor.at(0.5 * HOUR).forced("BTC", LONG, 20, 100, "0").settle();

        List<DeadLetter> letters = monitor.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).getReason()).isEqualTo(DeadLetterReason.TIMESTAMP_OUT_OF_RANGE);
        assertThat(letters.get(0).getDetail()).contains("2026-01-01T00:30:00Z", "2026-01-01T01:00:00Z or later");
        assertThat(monitor.cascades().keySet()).containsExactly("system@" + ms(3 * HOUR), "test:BTC@" + ms(3 * HOUR));
    }

    @Test
    void shouldNotLoseAnEpisodeToALeapOfEventTime() {
        monitor.at(10).forced("BTC", LONG, 20, 100, "1");
        monitor.at(40 * HOUR).forced("BTC", LONG, 1, 100, "2").settle();

        assertThat(episode("test:BTC", 0).getIsFinal()).isTrue();
        assertThat(episode("system", 0).getIsFinal()).isTrue();
    }

    @Test
    void shouldCountAMarketWithoutAnInstrumentAndReportIt() {
        monitor.at(10).forced("NEW", LONG, 20, 100, "1").settle();
        monitor.wait(Duration.ofSeconds(6));

        assertThat(episode("test:NEW", 0).getForcedUsd()).isEqualTo(2_000);
        List<DeadLetter> letters = monitor.deadLetters();
        assertThat(letters).extracting(DeadLetter::getReason).containsExactly(DeadLetterReason.UNKNOWN_INSTRUMENT);
        assertThat(letters.get(0).getDetail()).startsWith("instrument test:NEW is not on plimsoll.instruments");
        assertThat(monitor.wait(Duration.ofSeconds(10)).deadLetters()).isEmpty();
    }

    /** Something that happens to the monitor at an event time. */
    private record Event(
            double seconds, String symbol, PositionSide side, double quantity, boolean isPrice, String id) {

        void tell(MonitorFixture monitor) {
            if (isPrice) {
                monitor.at(seconds).price(symbol, quantity);
            } else {
                monitor.at(seconds).forced(symbol, side, quantity, 100, id);
            }
        }
    }

    @Test
    void shouldFindTheSameInWhateverOrderLiquidationsCome() {
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            List<Event> prices = new ArrayList<>();
            List<Event> forced = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                double seconds = Math.round(random.nextDouble() * 1.9 * HOUR * 10) / 10.0;
                String symbol = List.of("BTC", "ETH", "SOL").get(random.nextInt(3));
                double size = random.nextInt(20) == 0 ? 8 : 0.4;
                forced.add(new Event(seconds, symbol, random.nextBoolean() ? LONG : SHORT, size, false, "i" + i));
                prices.add(new Event(seconds, symbol, LONG, 90 + random.nextInt(20), true, ""));
            }
            prices.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));

            Map<String, CascadeEpisode> first = told(prices, forced);
            Collections.shuffle(forced, random);
            Map<String, CascadeEpisode> again = told(forced, prices);

            assertThat(first).describedAs("seed %d", seed).hasSizeGreaterThan(3);
            assertThat(again).describedAs("seed %d", seed).isEqualTo(first);
        }
    }

    private static Map<String, CascadeEpisode> told(List<Event> before, List<Event> after) {
        try (MonitorFixture monitor = fixture()) {
            before.forEach(event -> event.tell(monitor));
            monitor.wait(Duration.ofSeconds(2));
            for (int i = 0; i < after.size(); i++) {
                after.get(i).tell(monitor);
                if (i % 100 == 0) {
                    monitor.wait(Duration.ofSeconds(2));
                }
            }
            monitor.settle();
            monitor.driver().advanceWallClockTime(Duration.ofHours(1));
            monitor.settle();
            return new TreeMap<>(monitor.cascades());
        }
    }
}
