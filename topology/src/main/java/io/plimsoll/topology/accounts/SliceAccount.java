package io.plimsoll.topology.accounts;

import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.topology.HeldAccount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of an account. Of one that a single price moves, no more than its name and state. */
final class SliceAccount {

    /** No slot: nothing that it holds follows a price. */
    static final int UNWATCHED = -1;

    final String key;
    MarginCall state;
    int slot = UNWATCHED;

    /** Its holdings, where prices of several markets matter to its ladder places; else null. */
    @Nullable
    HeldAccount priced;

    /** Its entries at the present reference prices, where they are kept; else null. */
    @Nullable
    List<BookEntry> entries;

    SliceAccount(String key, MarginCall state) {
        this.key = key;
        this.state = state;
    }
}
