package io.plimsoll.connectors.bybit;

import org.jspecify.annotations.Nullable;

/** What is known of one market. */
final class Market {

    final Ticker ticker = new Ticker();
    final Book book;

    Listing listing;

    @Nullable
    RiskLimit limit;

    String limitDay = "";
    long limitDueMs = Long.MIN_VALUE;
    boolean isLimitAsked;
    boolean hasNoLimit;

    /** When the connection last said something of its price. */
    long tickerHeardMs;

    /** Since when the book is not known, where it is not. */
    long bookLostMs;

    Market(Listing listing, int depthLevels, long nowMs) {
        this.listing = listing;
        this.book = new Book(depthLevels);
        this.bookLostMs = nowMs;
    }
}
