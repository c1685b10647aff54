package io.plimsoll.topology.markets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.risk.LargePosition;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.avro.BookLadder;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.LadderChunk;
import io.plimsoll.topology.avro.LargeReport;
import io.plimsoll.topology.avro.RungReport;
import io.plimsoll.topology.avro.SideReport;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class BookStoreTest {

    private static final String MARKET = "hl:BTC";
    private static final int SLICE = 3;
    private static final long EPOCH = 7;

    /** One account's position moves from one chunk to another, then a second one's closes. */
    private static final List<BookReport> REPORTS = List.of(
            report(EPOCH, 1, true, List.of(chunk(0, rung(10, 5), rung(20, 3))), large("A", 5, 10), large("B", 3, 20)),
            sums(EPOCH, 2, 9),
            report(
                    EPOCH,
                    3,
                    false,
                    List.of(chunk(0, rung(20, 3)), chunk(9, rung(600, 5))),
                    large("A", 5, 600),
                    large("B", 3, 20)),
            report(EPOCH, 4, false, List.of(chunk(0)), large("A", 5, 600)),
            report(EPOCH + 1, 1, true, List.of(chunk(9, rung(601, 4))), large("A", 4, 601)));

    private final KeyValueStore<String, BookReport> store =
            LatestStore.<BookReport>builder("books").build();

    @Test
    void shouldShowNoBookOfTwoMomentsWhereverItWasStopped() {
        take(new BookStore(store), REPORTS);
        FrozenBook last = new BookStore(store).book(MARKET).frozen();
        int writes = 0;
        while (stoppedAfter(writes)) {
            BookStore again = new BookStore(store);
            if (again.book(MARKET).isWhole()) {
                assertLargestAreOnTheLadder(again);
            }

            take(again, REPORTS);

            assertThat(again.book(MARKET).isWhole()).isTrue();
            assertThat(again.book(MARKET).frozen()).isEqualTo(last);
            assertThat(new BookStore(store).book(MARKET).frozen()).isEqualTo(last);
            writes++;
        }
        assertThat(writes).isEqualTo(15);
    }

    @Test
    void shouldHoldBackABookOfWhichAReportWasTakenUpInPart() {
        stoppedAfter(3 + 1 + 2); // the third report has begun, and moved the first account's lots away

        assertThat(new BookStore(store).book(MARKET).isWhole()).isFalse();
    }

    @Test
    void shouldNotGoBackToWhatItReadsAgain() {
        take(new BookStore(store), REPORTS);

        BookStore again = new BookStore(store);

        assertThat(REPORTS).noneMatch(again::isNews);
    }

    /** Says whether it was stopped before the end. */
    private boolean stoppedAfter(int writes) {
        List.copyOf(keys()).forEach(store::delete);
        BookStore books = new BookStore(stopping(writes));
        return catchThrowableOfType(Stopped.class, () -> take(books, REPORTS)) != null;
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        try (var all = store.all()) {
            all.forEachRemaining(row -> keys.add(row.key));
        }
        return keys;
    }

    private static final class Stopped extends RuntimeException {}

    /** The store, which takes so many writes and no more. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<String, BookReport> stopping(int writes) {
        int[] left = {writes};
        return (KeyValueStore<String, BookReport>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    boolean isWrite =
                            method.getName().equals("put") || method.getName().equals("delete");
                    if (isWrite && left[0]-- == 0) {
                        throw new Stopped();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static void take(BookStore books, List<BookReport> reports) {
        for (BookReport report : reports) {
            if (books.isNews(report)) {
                books.apply(report);
            }
        }
    }

    private static void assertLargestAreOnTheLadder(BookStore books) {
        FrozenBook book = books.book(MARKET).frozen();
        for (LargePosition large : book.largest().longs()) {
            assertThat(book.liquidation())
                    .anyMatch(rung -> rung.bucket() == large.bucket() && rung.longLots() >= large.lots());
        }
    }

    private static LadderChunk chunk(int number, RungReport... rungs) {
        return new LadderChunk(BookLadder.LIQUIDATION, number, List.of(rungs));
    }

    private static RungReport rung(int bucket, long longLots) {
        return new RungReport(bucket, longLots, 0L, 1, 0);
    }

    private static LargeReport large(String account, long lots, int bucket) {
        return new LargeReport(account, lots, bucket);
    }

    private static BookReport report(
            long epoch, long number, boolean whole, List<LadderChunk> chunks, LargeReport... largest) {
        BookReport report = sums(epoch, number, 8);
        report.setWhole(whole);
        report.setChunks(chunks);
        report.setLargest(List.of(largest));
        report.setCompleteFrom(1L);
        return report;
    }

    private static BookReport sums(long epoch, long number, long lots) {
        return BookReport.newBuilder()
                .setSlice(SLICE)
                .setEpoch(epoch)
                .setNumber(number)
                .setEventTimeMs(number)
                .setMarket(MARKET)
                .setBookTimeMs(number)
                .setLongs(new SideReport(1, lots, 0L, 0L, 0L, 0L))
                .setShorts(new SideReport(0, 0L, 0L, 0L, 0L, 0L))
                .setSquaredLots(ByteBuffer.wrap(new byte[1]))
                .build();
    }
}
