package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.binance.OrderBook.Taken;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Depth;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderBookTest {

    private static final List<Double> DISTANCES = List.of(0.05);

    private final OrderBook book = new OrderBook("BTCUSDT", BigDecimal.ONE);

    @Test
    void shouldMakeTheChangesThatCameWhileTheSnapshotWasUnderWay() {
        assertThat(book.take(change(101, 105, 90, "99", "5"))).isEqualTo(Taken.KEPT);
        assertThat(book.take(change(106, 110, 105, "99", "7"))).isEqualTo(Taken.KEPT);

        // Taken in the middle of the second change.
        assertThat(book.snapshot(snapshot(107), 10)).isTrue();

        assertThat(book.isSynced()).isTrue();
        assertThat(bids()).isEqualTo(1 + 7);
        assertThat(book.take(change(112, 113, 110, "99", "0"))).isEqualTo(Taken.APPLIED);
        assertThat(bids()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithAChangeThatBeginsBeforeTheSnapshot() {
        book.snapshot(snapshot(107), 10);

        assertThat(book.take(change(101, 105, 90, "99", "5"))).isEqualTo(Taken.OLD);
        assertThat(book.take(change(106, 110, 105, "99", "7"))).isEqualTo(Taken.APPLIED);
        assertThat(bids()).isEqualTo(1 + 7);
    }

    @Test
    void shouldBeginAnewWhereAChangeIsMissing() {
        book.snapshot(snapshot(107), 10);
        book.take(change(106, 110, 105, "99", "7"));

        assertThat(book.take(change(116, 120, 115, "98", "1"))).isEqualTo(Taken.GAP);

        assertThat(book.isSynced()).isFalse();
        assertThat(book.needsSnapshot()).isTrue();
        assertThat(book.depth("v", DISTANCES)).isNull();
        assertThat(book.snapshot(snapshot(121), 10)).isTrue();
    }

    @Test
    void shouldNotTakeASnapshotThatIsOlderThanTheFirstChange() {
        book.take(change(116, 120, 115, "98", "1"));

        assertThat(book.snapshot(snapshot(107), 10)).isFalse();

        assertThat(book.isSynced()).isFalse();
    }

    @Test
    void shouldPassOverWhatComesTwice() {
        book.snapshot(snapshot(107), 10);
        DepthChange change = change(106, 110, 105, "99", "7");
        book.take(change);

        assertThat(book.take(change)).isEqualTo(Taken.OLD);
        assertThat(bids()).isEqualTo(1 + 7);
    }

    @Test
    void shouldKeepWhatItKnowsWhereASecondSnapshotIsBehindIt() {
        book.snapshot(snapshot(107), 10);
        book.take(change(106, 110, 105, "99", "7"));
        book.asked();

        assertThat(book.snapshot(snapshot(50), 10)).isTrue();

        assertThat(bids()).isEqualTo(1 + 7);
        assertThat(book.isSynced()).isTrue();
    }

    @Test
    void shouldCountContractsByTheirFaceValue() {
        OrderBook inverse = new OrderBook("BTCUSD_PERP", BigDecimal.valueOf(100));

        inverse.snapshot(snapshot(107), 10);

        assertThat(inverse.depth("v", DISTANCES).getLevels().get(0).getBidQuantity())
                .isEqualTo(100);
    }

    private double bids() {
        Depth depth = book.depth("v", DISTANCES);
        return depth.getLevels().get(0).getBidQuantity();
    }

    private static JsonNode snapshot(long id) {
        return VenueJson.parse("{\"lastUpdateId\":" + id
                + ",\"E\":1000,\"T\":999,\"bids\":[[\"100\",\"1\"]],\"asks\":[[\"101\",\"2\"]]}");
    }

    private static DepthChange change(long first, long last, long previous, String price, String quantity) {
        return DepthChange.of(
                VenueJson.parse("{\"e\":\"depthUpdate\",\"E\":1001,\"T\":1001,\"s\":\"BTCUSDT\",\"U\":" + first
                        + ",\"u\":" + last + ",\"pu\":" + previous + ",\"b\":[[\"" + price + "\",\"" + quantity
                        + "\"]],\"a\":[]}"));
    }
}
