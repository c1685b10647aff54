package io.plimsoll.topology.episodes;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.topology.DeadLetters;
import io.plimsoll.topology.avro.RoutedRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Markets with liquidations whose instrument has not come. These count, since forced volume needs no instrument; but a
 * name that nothing else knows may be a wrong one, so the first of them is reported.
 */
final class UnknownMarkets {

    private record Waiting(RoutedRecord first, long sinceMs) {}

    private final Predicate<String> isKnown;
    private final long graceMs;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Set<String> settled = new HashSet<>();

    UnknownMarkets(Predicate<String> isKnown, Duration grace) {
        this.isKnown = isKnown;
        this.graceMs = grace.toMillis();
    }

    /** Notes a liquidation; {@code nowMs} is wall-clock time. */
    void came(RoutedRecord liquidation, long nowMs) {
        if (!settled.contains(liquidation.getKey())) {
            waiting.putIfAbsent(liquidation.getKey(), new Waiting(liquidation, nowMs));
        }
    }

    /** Reports each market that has waited long enough, once. */
    void report(long nowMs, Consumer<DeadLetter> out) {
        for (Iterator<Map.Entry<String, Waiting>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Waiting> each = all.next();
            String market = each.getKey();
            if (isKnown.test(market)) {
                settled.add(market);
                all.remove();
            } else if (nowMs - each.getValue().sinceMs() >= graceMs) {
                settled.add(market);
                all.remove();
                out.accept(DeadLetters.of(
                        each.getValue().first(),
                        Topics.LIQUIDATIONS.name(),
                        DeadLetterReason.UNKNOWN_INSTRUMENT,
                        "instrument " + market + " is not on " + Topics.INSTRUMENTS.name()
                                + ": its liquidations are counted all the same, as those of a market of that name"));
            }
        }
    }
}
