package io.plimsoll.risk.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PriceMoveTest {

    private static final long START = 29_000_000;

    private final TreeMap<Long, PriceMinute> prices = new TreeMap<>();

    private void price(long minute, double second, double price) {
        long ms = ForcedMinute.startMs(minute) + Math.round(second * 1_000);
        prices.merge(minute, PriceMinute.of(price, ms), (before, ignored) -> before.plus(price, ms));
    }

    private static CascadeEpisode episode(long longMicroUsd, long shortMicroUsd) {
        ForcedMinute forced = new ForcedMinute(
                longMicroUsd,
                shortMicroUsd,
                1,
                1,
                1,
                0,
                0,
                0,
                false,
                ForcedMinute.startMs(START) + 30_000,
                ForcedMinute.startMs(START + 2) + 50_000);
        return new CascadeEpisode(START, START + 2, START, 1, forced, 1, 1, 0, 0, 0, true);
    }

    @Test
    void shouldGoFromThePriceBeforeOverTheLowestToTheLast() {
        price(START - 1, 59, 100);
        price(START, 10, 95);
        price(START + 1, 10, 80);
        price(START + 2, 40, 90);
        price(START + 3, 0, 70);

        PriceMove move = Objects.requireNonNull(PriceMove.of(episode(2, 1), prices));

        assertThat(move).isEqualTo(new PriceMove(100, 80, 90, 31_000));
    }

    @Test
    void shouldTakeTheHighestWhereShortsWereForcedMore() {
        price(START - 1, 0, 100);
        price(START + 1, 0, 120);
        price(START + 2, 50, 110);

        assertThat(Objects.requireNonNull(PriceMove.of(episode(1, 2), prices)).extreme())
                .isEqualTo(120);
    }

    @Test
    void shouldCountTheLastPriceOfASecondAlone() {
        price(START - 1, 0, 100);
        price(START, 10.1, 50);
        price(START, 10.9, 90);
        price(START, 11, 95);

        PriceMinute minute = prices.get(START);

        assertThat(minute.lowest()).isEqualTo(90);
        assertThat(minute.first()).isEqualTo(90);
        assertThat(minute.last()).isEqualTo(95);
        assertThat(minute.plus(1, ForcedMinute.startMs(START) + 10_950)).isEqualTo(minute);
    }

    @Test
    void shouldMakeDoWithTheFirstPriceInItWhereNoneCameInTheHourBefore() {
        price(START - 61, 0, 500);
        price(START, 45, 100);

        PriceMove move = Objects.requireNonNull(PriceMove.of(episode(2, 1), prices));

        assertThat(move.start()).isEqualTo(100);
        assertThat(move.end()).isEqualTo(100);
    }

    @Test
    void shouldSayThatThereIsNoPrice() {
        price(START - 61, 0, 500);
        price(START + 3, 0, 100);

        assertThat(PriceMove.of(episode(2, 1), prices)).isNull();
    }
}
