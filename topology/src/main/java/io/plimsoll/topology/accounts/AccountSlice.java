package io.plimsoll.topology.accounts;

import io.plimsoll.risk.AccountMargin;
import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one slice of accounts: a pure function of the accounts, the instruments and the reference prices, kept by
 * taking away what an account added before and adding what it adds now.
 */
final class AccountSlice {

    /** One market's book over the slice, and what of it has not been reported yet. */
    static final class Book {
        final PartialBook sums = new PartialBook();
        long bookTimeMs;
        boolean changed = true;
        boolean ladderDue = true;
        boolean whole = true;
    }

    /** An account in integers: its open positions by symbol, and its cash before and after haircuts. */
    private record Holdings(List<OpenPosition> positions, long cashMicroUsd, long marginCashMicroUsd) {}

    /** An account whose ladder places depend on reference prices, and its entries at the present ones. */
    private static final class PricedAccount {
        final Holdings holdings;
        List<BookEntry> entries;

        PricedAccount(Holdings holdings, List<BookEntry> entries) {
            this.holdings = holdings;
            this.entries = entries;
        }
    }

    private final Map<String, InstrumentTerms> termsByMarket = new HashMap<>();
    private final Map<String, Integer> cellByMarket = new HashMap<>();
    private final Map<String, Integer> newCellByMarket = new HashMap<>();
    private final Map<String, PricedAccount> pricedByKey = new HashMap<>();
    private final Map<String, Set<PricedAccount>> pricedByMarket = new HashMap<>();
    private final TreeMap<String, Book> books = new TreeMap<>();

    /** Takes up an instrument. The books are void until {@link #clear} and all accounts are added again. */
    void setTerms(String market, InstrumentTerms terms) {
        termsByMarket.put(market, terms);
    }

    @Nullable
    InstrumentTerms terms(String market) {
        return termsByMarket.get(market);
    }

    /** Notes a market's price; it counts from the next {@link #moveReferencePrices} on. True where it is news. */
    boolean notePrice(String market, double price) {
        int cell = PriceGrid.REFERENCE.cell(price);
        boolean news = !Integer.valueOf(cell).equals(newCellByMarket.getOrDefault(market, cellByMarket.get(market)));
        newCellByMarket.put(market, cell);
        return news;
    }

    /** Moves reference prices to where prices are, and with them the ladder places of the accounts they matter to. */
    void moveReferencePrices() {
        newCellByMarket.entrySet().removeIf(entry -> entry.getValue().equals(cellByMarket.get(entry.getKey())));
        if (newCellByMarket.isEmpty()) {
            return;
        }
        cellByMarket.putAll(newCellByMarket);
        Set<PricedAccount> affected = new HashSet<>();
        for (String market : newCellByMarket.keySet()) {
            affected.addAll(pricedByMarket.getOrDefault(market, Set.of()));
        }
        newCellByMarket.clear();
        for (PricedAccount account : affected) {
            List<BookEntry> before = account.entries;
            account.entries = entries(account.holdings);
            for (int i = 0; i < before.size(); i++) {
                BookEntry after = account.entries.get(i);
                Book book = book(after.market());
                book.changed |= book.sums.relocate(before.get(i), after);
            }
        }
    }

    /** Puts an account in the place of what it was. */
    void replace(String key, AccountBook before, AccountBook after) {
        PricedAccount priced = pricedByKey.remove(key);
        if (priced == null) {
            take(entries(holdings(key, before)));
        } else {
            take(priced.entries);
            priced.holdings
                    .positions()
                    .forEach(position -> pricedOf(position.market()).remove(priced));
        }
        add(key, after);
        touch(key, before, AccountChanges.newestEventTimeMs(after));
    }

    /** Adds an account that is not in the books yet. */
    void add(String key, AccountBook account) {
        Holdings holdings = holdings(key, account);
        List<BookEntry> entries = entries(holdings);
        entries.forEach(entry -> book(entry.market()).sums.add(entry));
        if (AccountMargin.dependsOnPrices(holdings.positions())) {
            PricedAccount priced = new PricedAccount(holdings, entries);
            pricedByKey.put(key, priced);
            holdings.positions().forEach(position -> pricedOf(position.market()).add(priced));
        }
        touch(key, account, AccountChanges.newestEventTimeMs(account));
    }

    private void take(List<BookEntry> entries) {
        entries.forEach(entry -> book(entry.market()).sums.remove(entry));
    }

    /** Empties all books; markets that had one keep it, so that its emptiness is reported. */
    void clear() {
        Set<String> markets = Set.copyOf(books.keySet());
        books.clear();
        pricedByKey.clear();
        pricedByMarket.clear();
        cellByMarket.putAll(newCellByMarket);
        newCellByMarket.clear();
        markets.forEach(this::book);
    }

    /** The books, by market. */
    Map<String, Book> books() {
        return books;
    }

    /** Why a position cannot be counted under an instrument's terms; null where it can. */
    static @Nullable String whyNotCountable(double size, double entryPrice, InstrumentTerms terms) {
        return Counted.of(size, entryPrice, terms) != null
                ? null
                : "size is " + size + " and entryPrice " + entryPrice + ", allowed is +-" + OpenPosition.MAX_LOTS
                        + " lots of 1e-" + terms.lotSize().decimals() + " and a notional of "
                        + MicroUsd.toUsd(OpenPosition.MAX_NOTIONAL_MICRO_USD) + " USD";
    }

    /** A position in integers. */
    private record Counted(long lots, long notionalMicroUsd) {

        static @Nullable Counted of(double size, double entryPrice, InstrumentTerms terms) {
            try {
                long lots = terms.lotSize().lots(size);
                if (Math.abs(lots) > OpenPosition.MAX_LOTS) {
                    return null;
                }
                long notional = terms.lotSize().notionalMicroUsd(Math.abs(lots), entryPrice);
                return notional > OpenPosition.MAX_NOTIONAL_MICRO_USD ? null : new Counted(lots, notional);
            } catch (ArithmeticException e) {
                return null;
            }
        }
    }

    private List<BookEntry> entries(Holdings holdings) {
        return AccountMargin.entries(
                holdings.positions(), holdings.cashMicroUsd(), holdings.marginCashMicroUsd(), this::referencePrice);
    }

    private Holdings holdings(String key, AccountBook account) {
        long cash = 0;
        long marginCash = 0;
        for (HeldBalance balance : account.getBalances()) {
            cash += MicroUsd.of(balance.getQuantity(), balance.getUnitPriceUsd(), 1);
            double factor = balance.getQuantity() > 0 ? balance.getCollateralFactor() : 1;
            marginCash += MicroUsd.of(balance.getQuantity(), balance.getUnitPriceUsd(), factor);
        }
        return new Holdings(openPositions(key, account), cash, marginCash);
    }

    private double referencePrice(String market) {
        Integer cell = cellByMarket.get(market);
        return cell == null ? Double.NaN : PriceGrid.REFERENCE.middle(cell);
    }

    /** The positions that count: open, of a known instrument, of a lot or more. Stored by symbol, so in its order. */
    private List<OpenPosition> openPositions(String key, AccountBook account) {
        String venue = venueOf(key);
        List<OpenPosition> open = new ArrayList<>(account.getPositions().size());
        for (HeldPosition held : account.getPositions()) {
            InstrumentTerms terms = termsByMarket.get(Keys.market(venue, held.getSymbol()));
            Counted counted = held.getSize() == 0 || terms == null
                    ? null
                    : Counted.of(held.getSize(), held.getEntryPrice(), terms);
            if (terms == null || counted == null || counted.lots() == 0) {
                continue;
            }
            Double isolated = held.getIsolatedMargin();
            open.add(new OpenPosition(
                    terms.market(),
                    terms.lotSize(),
                    terms.table(),
                    counted.lots(),
                    held.getEntryPrice(),
                    counted.notionalMicroUsd(),
                    isolated == null ? null : (Long) MicroUsd.of(isolated),
                    held.getMaxLeverage(),
                    held.getVenueLiquidationPrice()));
        }
        return open;
    }

    /** The account changed at that time: so did the books of all markets that it holds or remembers. */
    private void touch(String key, AccountBook account, long eventTimeMs) {
        String venue = venueOf(key);
        for (HeldPosition position : account.getPositions()) {
            Book book = book(Keys.market(venue, position.getSymbol()));
            book.bookTimeMs = Math.max(book.bookTimeMs, eventTimeMs);
            book.changed = true;
        }
    }

    private Book book(String market) {
        return books.computeIfAbsent(market, m -> new Book());
    }

    private Set<PricedAccount> pricedOf(String market) {
        return pricedByMarket.computeIfAbsent(market, m -> new HashSet<>());
    }

    static String venueOf(String key) {
        return key.substring(0, key.indexOf(Keys.SEPARATOR));
    }
}
