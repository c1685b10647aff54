package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelBookTest {

    private static final List<Double> DISTANCES = List.of(0.01, 0.02, 0.05);

    private final LevelBook book = new LevelBook();

    @Test
    void shouldHoldWhatWasSetLast() {
        bid("100", "1");
        bid("99.5", "2");
        ask("101", "3");

        bid("100.0", "4");
        bid("99.50", "0");

        assertThat(book.bestBid()).isEqualByComparingTo("100");
        assertThat(book.quantity(BookSide.BID, number("100"))).isEqualTo(number("4"));
        assertThat(book.quantity(BookSide.BID, number("99.5"))).isZero();
        assertThat(book.mid()).isEqualByComparingTo("100.5");
        assertThat(book.side(BookSide.BID).levels()).hasSize(1);
    }

    @Test
    void shouldListEachSideFromItsBestPrice() {
        for (String price : List.of("98", "100", "99")) {
            bid(price, "1");
            ask(new BigDecimal(price).add(BigDecimal.TEN).toPlainString(), "1");
        }

        assertThat(book.side(BookSide.BID).levels())
                .extracting(level -> level.price().toPlainString())
                .containsExactly("100", "99", "98");
        assertThat(book.side(BookSide.ASK).levels())
                .extracting(level -> level.price().toPlainString())
                .containsExactly("108", "109", "110");
    }

    @Test
    void shouldTellACrossedBook() {
        bid("100", "1");
        ask("101", "1");
        assertThat(book.isCrossed()).isFalse();

        ask("100", "1");

        assertThat(book.isCrossed()).isTrue();
        assertThat(book.depth("v", "s", DISTANCES)).isNull();
    }

    @Test
    void shouldSayNothingOfAnEmptySide() {
        bid("100", "1");

        assertThat(book.mid()).isNull();
        assertThat(book.isCrossed()).isFalse();
        assertThat(book.depth("v", "s", DISTANCES)).isNull();
    }

    @Test
    void shouldReachAsFarAsItIsKnown() {
        bid("100", "1");
        bid("98", "2");
        bid("90", "4");
        ask("100.2", "8");
        ask("110", "16");
        book.knownTo(BookSide.BID, number("97"));
        book.known(BookSide.ASK);
        // A price beyond what is known has changed: the others there are not known.
        bid("96", "32");

        Depth depth = book.depth("v", "s", DISTANCES);

        assertThat(depth.getLevels())
                .extracting(DepthLevel::getDistance)
                .containsExactly(0.01, 0.02, (100.1 - 97) / 100.1);
        assertThat(depth.getLevels()).extracting(DepthLevel::getBidQuantity).containsExactly(1.0, 1.0, 3.0);
        assertThat(depth.getLevels()).extracting(DepthLevel::getAskQuantity).containsExactly(8.0, 8.0, 8.0);
    }

    @Test
    void shouldReachToItsLastLevelWhereNothingElseIsKnown() {
        bid("100", "1");
        bid("98", "2");
        ask("100.2", "8");
        ask("110", "16");

        Depth depth = book.depth("v", "s", DISTANCES);

        assertThat(depth.getLevels())
                .extracting(DepthLevel::getDistance)
                .containsExactly(0.01, 0.02, (100.1 - 98) / 100.1);
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        bid("100", "1");
        ask("101", "1");
        book.knownTo(BookSide.BID, number("99"));
        book.known(BookSide.ASK);

        book.clear();

        assertThat(book.mid()).isNull();
        bid("98", "1");
        assertThat(book.side(BookSide.BID))
                .isEqualTo(new BookDepth.Side(List.of(new Level(number("98"), number("1"))), false));
        assertThat(book.side(BookSide.ASK).isWhole()).isFalse();
    }

    @Test
    void shouldRefuseWhatCannotStandInABook() {
        assertThatThrownBy(() -> bid("0", "1"))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("1 at 0");
        assertThatThrownBy(() -> bid("1", "-1"))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("-1 at 1");
    }

    /** Every level's sums, against a plain map that is gone through price by price. */
    @Test
    void shouldAgreeWithACountThatKnowsNoOrder() {
        long seed = 4711;
        Random random = new Random(seed);
        Map<Integer, Integer> bids = new HashMap<>();
        Map<Integer, Integer> asks = new HashMap<>();
        int lastKnown = 9_000;
        book.knownTo(BookSide.BID, number(Integer.toString(lastKnown)));
        book.known(BookSide.ASK);
        int compared = 0;

        for (int i = 0; i < 20_000; i++) {
            boolean isBid = random.nextBoolean();
            int price = isBid ? 10_000 - random.nextInt(1_200) : 10_001 + random.nextInt(1_200);
            int quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000);
            (isBid ? bids : asks).put(price, quantity);
            book.set(isBid ? BookSide.BID : BookSide.ASK, BigDecimal.valueOf(price), BigDecimal.valueOf(quantity));
            if (i % 100 == 99) {
                compared += compare(bids, asks, lastKnown, "seed " + seed + ", change " + i);
            }
        }

        assertThat(compared).isGreaterThan(500);
    }

    private int compare(Map<Integer, Integer> bids, Map<Integer, Integer> asks, int lastKnown, String when) {
        Depth depth = book.depth("v", "s", DISTANCES);
        int best = bids.keySet().stream()
                .filter(price -> bids.get(price) > 0)
                .mapToInt(p -> p)
                .max()
                .orElse(0);
        int ask = asks.keySet().stream()
                .filter(price -> asks.get(price) > 0)
                .mapToInt(p -> p)
                .min()
                .orElse(0);
        if (best < lastKnown || ask == 0) {
            assertThat(depth).describedAs(when).isNull();
            return 0;
        }
        double mid = (best + ask) / 2.0;
        assertThat(depth.getMidPrice()).describedAs(when).isEqualTo(mid);
        List<Double> reached = new ArrayList<>(DISTANCES);
        reached.add((mid - lastKnown) / mid);
        assertThat(depth.getLevels())
                .describedAs(when)
                .extracting(DepthLevel::getDistance)
                .containsExactlyElementsOf(reached);
        for (DepthLevel level : depth.getLevels()) {
            double sumBid = 0;
            double sumAsk = 0;
            double valueBid = 0;
            for (Map.Entry<Integer, Integer> entry : bids.entrySet()) {
                if ((mid - entry.getKey()) / mid <= level.getDistance()) {
                    sumBid += entry.getValue();
                    valueBid += (double) entry.getValue() * entry.getKey();
                }
            }
            for (Map.Entry<Integer, Integer> entry : asks.entrySet()) {
                sumAsk += (entry.getKey() - mid) / mid <= level.getDistance() ? entry.getValue() : 0;
            }
            assertThat(level.getBidQuantity()).describedAs(when).isEqualTo(sumBid);
            assertThat(level.getAskQuantity()).describedAs(when).isEqualTo(sumAsk);
            if (sumBid > 0) {
                assertThat(level.getBidAveragePrice()).describedAs(when).isCloseTo(valueBid / sumBid, within(1e-9));
            }
        }
        return depth.getLevels().size();
    }

    private void bid(String price, String quantity) {
        book.set(BookSide.BID, number(price), number(quantity));
    }

    private void ask(String price, String quantity) {
        book.set(BookSide.ASK, number(price), number(quantity));
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
