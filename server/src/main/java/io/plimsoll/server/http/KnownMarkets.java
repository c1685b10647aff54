package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.server.monitor.Instruments;
import java.util.Set;
import java.util.function.Supplier;

/** The parameter {@code markets} of lists: markets that there are. */
final class KnownMarkets {

    private static final String NAME = "markets";

    private final Supplier<Instruments> instruments;

    /** Takes the instruments; they may be a problem while they are being read. */
    KnownMarkets(Supplier<Instruments> instruments) {
        this.instruments = instruments;
    }

    /** The markets that are asked for; empty: all. */
    Set<String> of(Context context) {
        Set<String> asked = Parameters.names(context, NAME);
        // Where another instance asks, it has looked.
        if (!asked.isEmpty() && !Parameters.isLocalOnly(context)) {
            Set<String> known = Set.copyOf(instruments.get().markets());
            for (String market : asked) {
                if (!known.contains(market)) {
                    throw Problem.unknownValue(NAME, market, known);
                }
            }
        }
        return asked;
    }
}
