package io.plimsoll.topology.accounts;

import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The books of one slice of accounts: a pure function of the accounts, the instruments and the reference prices, kept by
 * taking away what an account added before and adding what it adds now. Beside them the watch over its accounts' lines.
 */
final class AccountSlice {

    /** One market's book over the slice, and what of it has not been reported yet. */
    static final class Book {
        final PartialBook sums;
        long bookTimeMs;
        boolean changed = true;
        boolean ladderDue = true;
        boolean whole = true;

        Book(boolean distributed) {
            sums = new PartialBook(distributed);
        }
    }

    private final AccountRiskSettings settings;
    private final boolean distributed;
    private final Function<String, @Nullable AccountBook> stored;
    private final Function<String, MarginCall> stateBefore;
    private final AccountWatch watch;
    private final Map<String, InstrumentTerms> termsByMarket = new HashMap<>();
    private final ReferencePrices reference = new ReferencePrices();
    private final Map<String, SliceAccount> accountByKey = new HashMap<>();
    private final Map<String, Set<SliceAccount>> pricedByMarket = new HashMap<>();
    private final TreeMap<String, Book> books = new TreeMap<>();

    /** Markets whose quote asset has been anything but a dollar: for their sake alone a lone position's line moves. */
    private final Set<String> quotesOffTheDollar = new HashSet<>();

    /**
     * An empty slice.
     *
     * @param distributed whether its books keep how leverage and sizes are distributed
     * @param stored what an account holds
     * @param stateBefore the margin-call state of an account when it was last published
     * @param listener hears of changed states
     */
    AccountSlice(
            AccountRiskSettings settings,
            boolean distributed,
            Function<String, @Nullable AccountBook> stored,
            Function<String, MarginCall> stateBefore,
            StateListener listener) {
        this.settings = settings;
        this.distributed = distributed;
        this.stored = stored;
        this.stateBefore = stateBefore;
        this.watch = new AccountWatch(settings, new AccountWatch.Owner() {
            @Override
            public HeldAccount holdings(SliceAccount account) {
                return AccountSlice.this.holdings(account);
            }

            @Override
            public void changed(SliceAccount account, HeldAccount holdings, MarginCall before) {
                listener.changed(account.key, holdings, before, account.state);
            }
        });
    }

    /** Hears of accounts whose margin-call state changed. */
    interface StateListener {
        void changed(String key, HeldAccount holdings, MarginCall before, MarginCall after);
    }

    /**
     * Takes up an instrument. Where it is another than before and accounts hold it, the books are void until {@link #clear}
     * and all accounts are added again.
     */
    void setTerms(String market, InstrumentTerms terms) {
        termsByMarket.put(market, terms);
    }

    @Nullable
    InstrumentTerms terms(String market) {
        return termsByMarket.get(market);
    }

    /** Terms by market; a view. */
    Map<String, InstrumentTerms> allTerms() {
        return Collections.unmodifiableMap(termsByMarket);
    }

    /** The prices at which accounts are watched. */
    AccountWatch watch() {
        return watch;
    }

    /**
     * Notes a market's price for ladders; it counts from the next {@link #moveReferencePrices} on. True where it is news.
     */
    boolean notePrice(String market, double price, double quoteUsd) {
        return reference.note(market, price, quoteUsd);
    }

    /** True where a market's quote asset leaves the dollar for the first time: the books are void then. */
    boolean leavesTheDollar(String market, double quoteUsd) {
        return PriceGrid.quoteStep(quoteUsd) != 1 && quotesOffTheDollar.add(market);
    }

    /** Markets that have a book, or a price that matters to others' books; the caller's own. */
    Set<String> ladderMarkets() {
        Set<String> markets = new TreeSet<>(books.keySet());
        markets.addAll(reference.noted());
        return markets;
    }

    /**
     * Moves markets' reference prices to where prices are, and with them the ladder places of the accounts they matter to.
     *
     * @param settling also those that are in a neighbouring cell
     */
    void moveReferencePrices(Collection<String> markets, boolean settling) {
        Set<SliceAccount> affected = new LinkedHashSet<>();
        for (String market : markets) {
            if (reference.move(market, settling)) {
                affected.addAll(pricedByMarket.getOrDefault(market, Set.of()));
            }
        }
        for (SliceAccount account : affected) {
            List<BookEntry> before = Objects.requireNonNull(account.entries);
            List<BookEntry> after = entries(Objects.requireNonNull(account.priced));
            account.entries = after;
            replace(account.key, before, after);
        }
    }

    /** Puts entries in the place of what they were. */
    private void replace(String account, List<BookEntry> before, List<BookEntry> after) {
        if (!inSameMarkets(before, after)) {
            before.forEach(entry -> book(entry.market()).sums.remove(account, entry));
            after.forEach(entry -> book(entry.market()).sums.add(account, entry));
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            Book book = book(after.get(i).market());
            book.changed |= book.sums.replace(account, before.get(i), after.get(i));
        }
    }

    private static boolean inSameMarkets(List<BookEntry> before, List<BookEntry> after) {
        boolean same = before.size() == after.size();
        for (int i = 0; same && i < before.size(); i++) {
            same = before.get(i).market().equals(after.get(i).market());
        }
        return same;
    }

    /** Puts an account in the place of what it was. */
    void replace(String key, AccountBook before, AccountBook after) {
        SliceAccount account = accountByKey.computeIfAbsent(key, k -> new SliceAccount(k, MarginCall.OK));
        HeldAccount priced = account.priced;
        List<BookEntry> added = priced == null ? entries(read(key, before)) : Objects.requireNonNull(account.entries);
        put(account, added, after);
        touch(key, before, HeldAccount.newestMs(after));
    }

    /** Adds an account that is not in the books yet. */
    void add(String key, AccountBook book) {
        SliceAccount account = new SliceAccount(key, stateBefore.apply(key));
        accountByKey.put(key, account);
        put(account, List.of(), book);
    }

    private void put(SliceAccount account, List<BookEntry> before, AccountBook book) {
        HeldAccount held = read(account.key, book);
        List<BookEntry> entries = entries(held);
        replace(account.key, before, entries);
        boolean priced = held.account().dependsOnPrices(quotesOffTheDollar::contains);
        setPriced(account, priced ? held : null);
        account.entries = priced ? entries : null;
        watch.put(account, held);
        if (account.slot == SliceAccount.UNWATCHED) {
            accountByKey.remove(account.key);
        }
        touch(account.key, book, HeldAccount.newestMs(book));
    }

    /** Under which markets it is found follows from its holdings; most changes leave it as it is. */
    private void setPriced(SliceAccount account, @Nullable HeldAccount holdings) {
        Set<String> before = account.priced == null ? Set.of() : account.priced.markets();
        Set<String> after = holdings == null ? Set.of() : holdings.markets();
        if (!before.equals(after)) {
            before.forEach(market -> pricedOf(market).remove(account));
            after.forEach(market -> pricedOf(market).add(account));
        }
        account.priced = holdings;
    }

    /** Empties all books; markets that had one keep it, so that its emptiness is reported. */
    void clear() {
        Set<String> markets = Set.copyOf(books.keySet());
        books.clear();
        accountByKey.values().forEach(watch::remove);
        accountByKey.clear();
        pricedByMarket.clear();
        reference.moveAll();
        markets.forEach(this::book);
    }

    /** Whether an account holds a position in the market, or has held one, be its instrument known or not. */
    boolean holds(String market) {
        return books.containsKey(market);
    }

    /** The books, by market. */
    Map<String, Book> books() {
        return books;
    }

    /** What an account holds now. */
    HeldAccount holdings(SliceAccount account) {
        HeldAccount priced = account.priced;
        if (priced != null) {
            return priced;
        }
        AccountBook book = stored.apply(account.key);
        return read(account.key, book == null ? AccountChanges.empty() : book);
    }

    /** An account under the terms of its instruments. */
    HeldAccount read(String key, AccountBook book) {
        return HeldAccount.of(key, book, termsByMarket::get);
    }

    private List<BookEntry> entries(HeldAccount held) {
        return held.account().entries(reference, settings.venueLineTolerance());
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
        Book known = books.get(market);
        return known != null ? known : books.computeIfAbsent(market, m -> new Book(distributed));
    }

    private Set<SliceAccount> pricedOf(String market) {
        return pricedByMarket.computeIfAbsent(market, m -> new HashSet<>());
    }

    static String venueOf(String key) {
        return key.substring(0, key.indexOf(Keys.SEPARATOR));
    }
}
