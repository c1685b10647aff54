package io.plimsoll.connectors;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The instruments that ship with Plimsoll, by venue, each with the day for which its margin table is stated. They are
 * reference data and drift; what a feed of your own says replaces them. Where they are from: README.md beside them.
 */
public final class InstrumentTables {

    /** Venues with a table. */
    public static final List<String> VENUES = List.of("aave-v3", "deribit", "dydx", "hyperliquid");

    private InstrumentTables() {}

    /**
     * One instrument.
     *
     * @param timestampMs event time: the day of its table, midnight UTC, epoch milliseconds; 1 January 2022
     *     where that is unknown, so that what any feed says wins
     */
    public record Listed(long timestampMs, Instrument instrument) {}

    /**
     * The table of a venue, in its order.
     *
     * @throws InputException for a venue without one; the message names the nearest that has
     */
    public static List<Listed> of(String venue) {
        if (!VENUES.contains(venue)) {
            throw new InputException(
                    "there is no table of instruments for " + venue + ", " + NearestName.allowed(venue, VENUES));
        }
        String file = "instruments/" + venue + ".jsonl";
        InputStream content = Objects.requireNonNull(InstrumentTables.class.getResourceAsStream(file), file);
        List<Listed> listed = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(file, content)) {
            for (RecordedRecord record = reader.next(); record != null; record = reader.next()) {
                listed.add(new Listed(
                        record.timestampMs(), (Instrument) Objects.requireNonNull(record.value(), record.key())));
            }
        }
        return listed;
    }

    /** Writes the table of a venue to the instruments topic. */
    public static int publish(String venue, RecordSink sink) {
        List<Listed> listed = of(venue);
        for (Listed one : listed) {
            Instrument instrument = one.instrument();
            sink.write(
                    Topics.INSTRUMENTS.name(),
                    Keys.market(instrument.getVenue(), instrument.getSymbol()),
                    one.timestampMs(),
                    instrument);
        }
        sink.flush();
        return listed.size();
    }
}
