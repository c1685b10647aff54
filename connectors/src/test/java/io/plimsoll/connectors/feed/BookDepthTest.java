package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.BookDepth.Side;
import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookDepthTest {

    private static final List<Double> DISTANCES = List.of(0.005, 0.01, 0.02);

    private static final Side BIDS = side(false, "99.9", "1", "99.2", "2", "98.5", "4");
    private static final Side ASKS = side(false, "100.1", "3", "100.9", "5", "101.8", "7");

    @Test
    void shouldAddUpWhatLiesWithinEachDistance() {
        List<DepthLevel> levels = BookDepth.of(BIDS, ASKS, new BigDecimal("100"), DISTANCES, true);

        // Bids are known down to 1.5 %, asks up to 1.8 %: both to 1.5 %.
        assertThat(levels).extracting(DepthLevel::getDistance).containsExactly(0.005, 0.01, 0.015);
        assertThat(levels).extracting(DepthLevel::getBidQuantity).containsExactly(1.0, 3.0, 7.0);
        assertThat(levels).extracting(DepthLevel::getAskQuantity).containsExactly(3.0, 8.0, 8.0);
        assertThat(levels.get(1).getBidAveragePrice()).isEqualTo(298.3 / 3);
        assertThat(levels.get(1).getAskAveragePrice()).isEqualTo(804.8 / 8);
    }

    @Test
    void shouldKnowAWholeBookAtEveryDistance() {
        List<DepthLevel> levels = BookDepth.of(
                new Side(BIDS.levels(), true), new Side(ASKS.levels(), true), new BigDecimal("100"), DISTANCES, true);

        assertThat(levels).extracting(DepthLevel::getDistance).containsExactly(0.005, 0.01, 0.02);
        assertThat(levels.get(2).getAskQuantity()).isEqualTo(15);
    }

    @Test
    void shouldGiveNoAveragesOfRoundedPrices() {
        assertThat(BookDepth.of(BIDS, ASKS, new BigDecimal("100"), DISTANCES, false))
                .allMatch(level -> level.getBidAveragePrice() == null && level.getAskAveragePrice() == null);
    }

    @Test
    void shouldSayNothingBeyondABookOfOnePrice() {
        Side one = side(false, "100", "1");

        assertThat(BookDepth.of(one, one, new BigDecimal("100"), DISTANCES, true))
                .isEmpty();
    }

    @Test
    void shouldGiveTheFurthestDistanceWhereTheBookReachesNoneThatIsWanted() {
        Side bids = side(false, "99.99", "1", "99.98", "1");
        Side asks = side(false, "100.01", "1", "100.03", "1");

        assertThat(BookDepth.of(bids, asks, new BigDecimal("100"), DISTANCES, true))
                .singleElement()
                .satisfies(level -> assertThat(level.getDistance()).isEqualTo((100 - 99.98) / 100))
                .satisfies(level -> assertThat(level.getAskQuantity()).isEqualTo(1));
    }

    private static Side side(boolean isWhole, String... pricesAndQuantities) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            levels.add(new Level(new BigDecimal(pricesAndQuantities[i]), new BigDecimal(pricesAndQuantities[i + 1])));
        }
        return new Side(levels, isWhole);
    }
}
