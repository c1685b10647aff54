package io.plimsoll.risk;

import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The book of one market over one slice of accounts: sums, ladders and the largest sizes, kept while entries come and go. */
public final class PartialBook {

    private SideSums longs = SideSums.NONE;
    private SideSums shorts = SideSums.NONE;
    private BigInteger squaredLots = BigInteger.ZERO;
    private VenueLines venueLines = VenueLines.NONE;
    private final PositionsBySize positionsBySize = new PositionsBySize();
    private final Ladder liquidation = new Ladder();
    private final Ladder bankruptcy = new Ladder();
    private final boolean distributed;
    private final Ladder equityLines = new Ladder();
    private final Ladder sizes = new Ladder();

    /** How many of the largest positions of a side are listed. */
    public static final int LISTED = 32;

    /**
     * An empty book.
     *
     * @param distributed whether it also keeps how leverage and sizes are distributed
     */
    public PartialBook(boolean distributed) {
        this.distributed = distributed;
    }

    /** Adds a position of an account that has none in the book. */
    public void add(String account, BookEntry entry) {
        change(entry, 1);
        positionsBySize.put(account, entry.lots(), entry.liquidationBucket());
        if (entry.liquidationBucket() != null) {
            liquidation.add(entry.liquidationBucket(), entry.lots());
        }
        if (entry.bankruptcyBucket() != null) {
            bankruptcy.add(entry.bankruptcyBucket(), entry.lots());
        }
        if (distributed) {
            equityLines.add(EquityLine.cell(entry.equityLine()), entry.lots());
            sizes.add(SizeCells.cell(Math.abs(entry.lots())), entry.lots());
        }
    }

    /**
     * Takes a position away that was added before.
     *
     * @throws IllegalStateException where there is none; the book is void then
     */
    public void remove(String account, BookEntry entry) {
        change(entry, -1);
        positionsBySize.remove(account, entry.lots());
        if (entry.liquidationBucket() != null) {
            liquidation.remove(entry.liquidationBucket(), entry.lots());
        }
        if (entry.bankruptcyBucket() != null) {
            bankruptcy.remove(entry.bankruptcyBucket(), entry.lots());
        }
        if (distributed) {
            equityLines.remove(EquityLine.cell(entry.equityLine()), entry.lots());
            sizes.remove(SizeCells.cell(Math.abs(entry.lots())), entry.lots());
        }
    }

    /**
     * Puts a position in the place of what it was; what is as before costs nothing.
     *
     * @param from as it was added before
     * @param to in the same market
     * @return whether a sum or a ladder has changed
     */
    public boolean replace(String account, BookEntry from, BookEntry to) {
        boolean changed = !addsTheSame(from, to);
        if (changed) {
            change(from, -1);
            change(to, 1);
        }
        if (from.lots() != to.lots()) {
            positionsBySize.remove(account, from.lots());
            positionsBySize.put(account, to.lots(), to.liquidationBucket());
        } else if (!Objects.equals(from.liquidationBucket(), to.liquidationBucket())) {
            positionsBySize.put(account, to.lots(), to.liquidationBucket());
        }
        changed |= replace(liquidation, from, from.liquidationBucket(), to, to.liquidationBucket());
        changed |= replace(bankruptcy, from, from.bankruptcyBucket(), to, to.bankruptcyBucket());
        if (distributed) {
            changed |= replace(
                    equityLines, from, EquityLine.cell(from.equityLine()), to, EquityLine.cell(to.equityLine()));
            changed |= replace(
                    sizes, from, SizeCells.cell(Math.abs(from.lots())), to, SizeCells.cell(Math.abs(to.lots())));
        }
        return changed;
    }

    private static boolean addsTheSame(BookEntry from, BookEntry to) {
        return from.lots() == to.lots()
                && from.entryAmount() == to.entryAmount()
                && from.cashMicroUsd() == to.cashMicroUsd()
                && from.settleCash() == to.settleCash()
                && (from.liquidationBucket() == null) == (to.liquidationBucket() == null)
                && from.venueLines().equals(to.venueLines());
    }

    private static boolean replace(
            Ladder ladder, BookEntry from, @Nullable Integer fromBucket, BookEntry to, @Nullable Integer toBucket) {
        if (from.lots() == to.lots() && Objects.equals(fromBucket, toBucket)) {
            return false;
        }
        if (fromBucket != null) {
            ladder.remove(fromBucket, from.lots());
        }
        if (toBucket != null) {
            ladder.add(toBucket, to.lots());
        }
        return fromBucket != null || toBucket != null;
    }

    private void change(BookEntry entry, int sign) {
        long lots = Math.abs(entry.lots());
        SideSums one = new SideSums(
                1,
                lots,
                entry.entryAmount(),
                entry.cashMicroUsd(),
                entry.settleCash(),
                entry.liquidationBucket() == null ? lots : 0);
        if (entry.side() == Side.LONG) {
            longs = sign > 0 ? longs.plus(one) : longs.minus(one);
        } else {
            shorts = sign > 0 ? shorts.plus(one) : shorts.minus(one);
        }
        BigInteger square = BigInteger.valueOf(lots).pow(2);
        squaredLots = sign > 0 ? squaredLots.add(square) : squaredLots.subtract(square);
        venueLines = sign > 0 ? venueLines.plus(entry.venueLines()) : venueLines.minus(entry.venueLines());
    }

    /** The sums as they are now. */
    public BookSums sums() {
        return new BookSums(longs, shorts, squaredLots, positionsBySize.sizes(BookSums.LARGEST), venueLines);
    }

    /** The largest positions that some price liquidates, at most {@link #LISTED} of a side. */
    public LargestPositions largest() {
        return positionsBySize.largest(LISTED);
    }

    /** Size by liquidation price. */
    public Ladder liquidation() {
        return liquidation;
    }

    /** Size by bankruptcy price. */
    public Ladder bankruptcy() {
        return bankruptcy;
    }

    /** Size by cell of the {@link EquityLine}; empty where it is not kept. */
    public Ladder equityLines() {
        return equityLines;
    }

    /** Size by cell of the size itself, {@link SizeCells}; empty where it is not kept. */
    public Ladder sizes() {
        return sizes;
    }

    public boolean isEmpty() {
        return longs.positions() == 0 && shorts.positions() == 0;
    }
}
