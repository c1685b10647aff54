package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialBookTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldAddUpToWhatIsInIt(long seed) {
        Random random = new Random(seed);
        PartialBook book = new PartialBook(true);
        List<BookEntry> open = new ArrayList<>();

        for (int i = 0; i < 3_000; i++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                BookEntry entry = randomEntry(random);
                open.add(entry);
                book.add(entry.toString(), entry);
            } else {
                BookEntry closed = open.remove(random.nextInt(open.size()));
                book.remove(closed.toString(), closed);
            }
        }

        BookSums sums = book.sums();
        List<BookEntry> longs = open.stream().filter(entry -> entry.lots() > 0).toList();
        assertThat(sums.longs().positions()).describedAs("seed %d", seed).isEqualTo(longs.size());
        assertThat(sums.longs().lots())
                .isEqualTo(longs.stream().mapToLong(BookEntry::lots).sum());
        assertThat(sums.longs().cashMicroUsd())
                .isEqualTo(longs.stream().mapToLong(BookEntry::cashMicroUsd).sum());
        assertThat(sums.squaredLots())
                .isEqualTo(open.stream()
                        .map(entry -> BigInteger.valueOf(entry.lots()).pow(2))
                        .reduce(BigInteger.ZERO, BigInteger::add));
        assertThat(sums.largestLots())
                .isEqualTo(open.stream()
                        .map(entry -> Math.abs(entry.lots()))
                        .sorted(Comparator.reverseOrder())
                        .limit(BookSums.LARGEST)
                        .toList());
        assertThat(book.liquidation().longLotsFrom(Integer.MIN_VALUE)
                        + sums.longs().unliquidatableLots())
                .isEqualTo(sums.longs().lots());
        assertThat(book.bankruptcy().longLotsFrom(0))
                .isEqualTo(longs.stream()
                        .filter(entry -> entry.bankruptcyBucket() != null && entry.bankruptcyBucket() >= 0)
                        .mapToLong(BookEntry::lots)
                        .sum());
    }

    @Test
    void shouldBeEmptyWhenAllWasTakenAway() {
        Random random = new Random(7);
        PartialBook book = new PartialBook(true);
        List<BookEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(randomEntry(random));
        }

        entries.forEach(entry -> book.add(entry.toString(), entry));
        entries.forEach(entry -> book.remove(entry.toString(), entry));

        assertThat(book.sums()).isEqualTo(BookSums.NONE);
        assertThat(book.liquidation().isEmpty()).isTrue();
        assertThat(book.bankruptcy().isEmpty()).isTrue();
        assertThat(book.equityLines().isEmpty()).isTrue();
        assertThat(book.sizes().isEmpty()).isTrue();
    }

    @Test
    void shouldStopWhenMoreIsTakenThanIsThere() {
        PartialBook book = new PartialBook(true);
        BookEntry entry = new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, 80, VenueLines.NONE);

        assertThatThrownBy(() -> book.remove("v:a", entry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no position of 5 lots of v:a");
    }

    @Test
    void shouldStopWhenAPositionIsTakenFromWhereItDoesNotStand() {
        PartialBook book = new PartialBook(true);
        book.add("v:a", new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, 80, VenueLines.NONE));
        BookEntry elsewhere = new BookEntry("v:BTC", 5, 100, 10, 0, 4, 2, 80, VenueLines.NONE);

        assertThatThrownBy(() -> book.remove("v:a", elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("below zero");
    }

    @Test
    void shouldMergePartsInAnyOrder() {
        Random random = new Random(11);
        PartialBook whole = new PartialBook(true);
        List<PartialBook> parts = List.of(new PartialBook(true), new PartialBook(true), new PartialBook(true));
        for (int i = 0; i < 500; i++) {
            BookEntry entry = randomEntry(random);
            whole.add(entry.toString(), entry);
            parts.get(random.nextInt(3)).add(entry.toString(), entry);
        }

        BookSums forward =
                parts.get(0).sums().plus(parts.get(1).sums()).plus(parts.get(2).sums());
        BookSums backward =
                parts.get(2).sums().plus(parts.get(1).sums()).plus(parts.get(0).sums());

        assertThat(forward).isEqualTo(whole.sums()).isEqualTo(backward);
    }

    @Test
    void shouldListTheLargestPositionsThatSomePriceLiquidates() {
        Random random = new Random(13);
        PartialBook book = new PartialBook(true);
        List<BookEntry> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            BookEntry entry = randomEntry(random);
            open.add(entry);
            book.add(entry.toString(), entry);
        }

        LargestPositions largest = book.largest();

        assertThat(largest.longs()).isNotEmpty().hasSizeLessThanOrEqualTo(PartialBook.LISTED);
        assertThat(largest.longs())
                .containsAll(open.stream()
                        .filter(entry -> entry.lots() >= largest.completeFrom() && entry.liquidationBucket() != null)
                        .map(entry -> new LargePosition(entry.toString(), entry.lots(), entry.liquidationBucket()))
                        .toList());
        assertThat(largest.shorts())
                .containsAll(open.stream()
                        .filter(entry -> -entry.lots() >= largest.completeFrom() && entry.liquidationBucket() != null)
                        .map(entry -> new LargePosition(entry.toString(), -entry.lots(), entry.liquidationBucket()))
                        .toList());
        assertThat(Math.max(largest.longs().size(), largest.shorts().size())).isEqualTo(PartialBook.LISTED);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldBeAsIfMadeAnewWhenPositionsAreReplaced(long seed) {
        Random random = new Random(seed);
        PartialBook book = new PartialBook(true);
        Map<String, BookEntry> open = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            open.put("v:" + i, randomEntry(random));
        }
        open.forEach(book::add);

        for (int i = 0; i < 3_000; i++) {
            String account = "v:" + random.nextInt(2_000);
            BookEntry from = Objects.requireNonNull(open.get(account));
            BookEntry to = random.nextBoolean() ? randomEntry(random) : atAnotherPlace(from, random);
            open.put(account, to);
            assertThat(book.replace(account, from, to)).isEqualTo(!from.equals(to));
            if (i % 100 == 0) {
                assertThat(book.largest()).isEqualTo(bookOf(open).largest());
            }
        }

        PartialBook anew = bookOf(open);
        assertThat(book.sums()).isEqualTo(anew.sums());
        assertThat(book.largest()).isEqualTo(anew.largest());
        assertThat(book.liquidation().rungs()).isEqualTo(anew.liquidation().rungs());
        assertThat(book.bankruptcy().rungs()).isEqualTo(anew.bankruptcy().rungs());
        assertThat(book.equityLines().rungs()).isEqualTo(anew.equityLines().rungs());
        assertThat(book.sizes().rungs()).isEqualTo(anew.sizes().rungs());
    }

    @Test
    void shouldListTheFirstByNameOfManyEqualPositions() {
        PartialBook book = new PartialBook(true);
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            accounts.add(String.format("v:%04d", i));
        }
        Collections.shuffle(accounts, new Random(17));

        accounts.forEach(
                account -> book.add(account, new BookEntry("v:BTC", 500, 100, 10, 0, 3, 2, 80, VenueLines.NONE)));

        LargestPositions largest = book.largest();
        assertThat(largest.completeFrom()).isEqualTo(501);
        assertThat(largest.shorts()).isEmpty();
        assertThat(largest.longs())
                .extracting(LargePosition::account)
                .containsExactlyElementsOf(
                        accounts.stream().sorted().limit(PartialBook.LISTED).toList());
    }

    private static PartialBook bookOf(Map<String, BookEntry> open) {
        PartialBook book = new PartialBook(true);
        open.forEach(book::add);
        return book;
    }

    /** The same position, its lines moved to the next cell, or gone. */
    private static BookEntry atAnotherPlace(BookEntry entry, Random random) {
        Integer liquidation = entry.liquidationBucket();
        return new BookEntry(
                entry.market(),
                entry.lots(),
                entry.entryAmount(),
                entry.cashMicroUsd(),
                entry.settleCash(),
                liquidation == null || random.nextInt(5) > 0 ? (Integer) random.nextInt(100) : null,
                entry.bankruptcyBucket(),
                entry.equityLine(),
                entry.venueLines());
    }

    @Test
    void shouldListAllOfASmallBookWhereItStandsNow() {
        PartialBook book = new PartialBook(true);
        BookEntry before = new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, 80, VenueLines.NONE);
        BookEntry after = new BookEntry("v:BTC", 5, 100, 10, 0, 4, 2, 80, VenueLines.NONE);
        book.add("v:a", before);

        book.replace("v:a", before, after);

        assertThat(book.largest())
                .isEqualTo(new LargestPositions(List.of(new LargePosition("v:a", 5, 4)), List.of(), 1));
    }

    @Test
    void shouldKeepNoDistributionWhereNoneIsAskedFor() {
        PartialBook book = new PartialBook(false);

        book.add("v:a", new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, 80, VenueLines.NONE));

        assertThat(book.equityLines().isEmpty()).isTrue();
        assertThat(book.sizes().isEmpty()).isTrue();
    }

    @Test
    void shouldMoveTheEquityLineWithTheQuoteAsset() {
        PartialBook book = new PartialBook(true);
        BookEntry before = new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, 80, VenueLines.NONE);
        BookEntry after = new BookEntry("v:BTC", 5, 100, 10, 0, 3, 2, -80, VenueLines.NONE);
        book.add("v:a", before);

        assertThat(book.replace("v:a", before, after)).isTrue();
        assertThat(book.equityLines().rungs()).containsExactly(new Ladder.Rung(EquityLine.cell(-80), 5, 0, 1, 0));

        book.remove("v:a", after);
        assertThat(book.equityLines().isEmpty()).isTrue();
    }

    private static BookEntry randomEntry(Random random) {
        long size = 1 + (long) (1_000 / (0.001 + random.nextDouble()));
        return new BookEntry(
                "v:BTC",
                random.nextBoolean() ? size : -size,
                random.nextInt(1_000_000),
                random.nextInt(1_000) - 300,
                random.nextInt(1_000) - 300,
                bucket(random),
                bucket(random),
                random.nextDouble() * 200 - 50,
                VenueLines.ofOne(random.nextInt(4) == 0, random.nextBoolean(), false));
    }

    private static @Nullable Integer bucket(Random random) {
        return random.nextInt(6) == 0 ? null : (Integer) (random.nextInt(2_000) - 1_000);
    }
}
