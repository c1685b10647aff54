package io.plimsoll.connectors.okx;

/** What is known of one market. */
final class Market {

    final Quote quote = new Quote();

    Contract contract;
    Book book;

    /** When the connection last said something of its mark. */
    long markHeardMs;

    /** When a part of its price first came. */
    long pricedSinceMs;

    /** Since when the book is not known, where it is not. */
    long bookLostMs;

    Market(Contract contract, long nowMs) {
        this.contract = contract;
        this.book = new Book(contract.multiplier());
        this.bookLostMs = nowMs;
    }

    /** The venue has changed what it says of the market; a book in contracts of another size begins anew. */
    void listed(Contract now, long nowMs) {
        if (now.multiplier().compareTo(contract.multiplier()) != 0) {
            book = new Book(now.multiplier());
            bookLostMs = nowMs;
        }
        contract = now;
    }

    /** The book is not to be trusted any more. */
    void loseBook(long nowMs) {
        if (book.isKnown()) {
            bookLostMs = nowMs;
        }
        book.forget();
    }
}
