package io.plimsoll.benchmarks.jmh;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MarketQuote;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.VenueLines;
import io.plimsoll.risk.VenueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The calculators: an account's entries, a book's change, a market's measures. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RiskBenchmark {

    private static final LotSize LOTS = new LotSize(3, 1);
    private static final int RUNGS = 1_500;
    private static final double MARK = 2_000;

    /** An account with some cross positions. */
    @State(Scope.Thread)
    public static class Account {

        @Param({"1", "3", "34"})
        public int positions;

        final List<OpenPosition> held = new ArrayList<>();
        MarginAccount account = new MarginAccount(List.of(), List.of(), VenueModel.GENERIC);

        @Setup(Level.Trial)
        public void open() {
            for (int i = 0; i < positions; i++) {
                long lots = i % 2 == 0 ? 1_500 + i : -700 - i;
                held.add(new OpenPosition(
                        contract(i), lots, MARK, LOTS.notionalMicroUsd(Math.abs(lots), MARK), null, null, null, 0));
            }
            account = new MarginAccount(held, List.of(new Balance("USDC", null, 5_000, 1, 1)), VenueModel.GENERIC);
        }
    }

    private static Contract contract(int number) {
        return new Contract(
                String.format("bench:M%02d", number),
                "M" + number,
                "USDC",
                Shape.LINEAR,
                LOTS,
                Contract.DOLLAR_DECIMALS,
                MarginTable.ofMaxLeverage(40),
                0,
                VenueModel.GENERIC);
    }

    private static final Prices AT_MARK = new Prices() {
        @Override
        public double price(String market) {
            return MARK;
        }

        @Override
        public double quoteUsd(String market) {
            return 1;
        }
    };

    /** A book of positions spread over many rungs. */
    @State(Scope.Thread)
    public static class Book {

        /** Whether it keeps how leverage and sizes are distributed. */
        @Param({"false", "true"})
        public boolean distributed;

        PartialBook book = new PartialBook(false);
        final BookEntry entry = new BookEntry(
                "bench:M01", 12_345, 24_690_000_000L, 2_000_000_000L, 0, 7_555, 7_550, 1_838, VenueLines.NONE);
        final MarketQuote quote = new MarketQuote(MARK, 1, MARK, 0.0001, 0.0001, 0.0005, 1e6);
        BookSums sums = BookSums.NONE;

        @Setup(Level.Trial)
        public void fill() {
            book = new PartialBook(distributed);
            SplittableRandom random = new SplittableRandom(1);
            int middle = (int) Math.floor(Math.log(MARK) / 0.001);
            for (int i = 0; i < 50_000; i++) {
                int bucket = middle - RUNGS / 2 + random.nextInt(RUNGS);
                long lots = random.nextLong(1, 1_000_000);
                book.add(
                        "bench:" + i,
                        new BookEntry(
                                "bench:M01",
                                bucket < middle ? lots : -lots,
                                lots * 2_000_000,
                                lots * 100_000,
                                0,
                                bucket,
                                bucket,
                                Math.exp(bucket * 0.001),
                                VenueLines.NONE));
            }
            sums = book.sums();
        }
    }

    @Benchmark
    public List<BookEntry> accountEntries(Account account) {
        return account.account.entries(AT_MARK, 0.001);
    }

    @Benchmark
    public PartialBook bookAddAndRemove(Book book) {
        book.book.add("bench:one", book.entry);
        book.book.remove("bench:one", book.entry);
        return book.book;
    }

    @Benchmark
    public MarketMeasures measuresOf1500Rungs(Book book) {
        return MarketMeasures.of(book.sums, book.book.liquidation(), contract(1), book.quote);
    }
}
