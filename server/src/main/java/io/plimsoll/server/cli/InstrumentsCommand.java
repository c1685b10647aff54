package io.plimsoll.server.cli;

import io.plimsoll.connectors.InstrumentTables;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "instruments",
        description = "Prints the dated margin tables that ship with Plimsoll, or writes a venue's to your Kafka.",
        footer = "%nTables drift: check the date, and let a feed of your own replace them. Sources: docs/venues.md.")
final class InstrumentsCommand implements Callable<Integer> {

    private static final String ROW = "%-12s %-20s %-10s %-17s %s%n";

    @Parameters(arity = "0..1", paramLabel = "VENUE", description = "Only this venue's (all).")
    private @Nullable String venue;

    @Option(names = "--publish", description = "Write them to the instruments topic.")
    private boolean publish;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    InstrumentsCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (publish) {
            if (venue == null) {
                throw new UsageException(
                        "--publish needs a VENUE, allowed is one of " + String.join(", ", InstrumentTables.VENUES));
            }
            publish(venue, out);
        } else if (cluster.given()) {
            throw new UsageException("--config and --bootstrap go with --publish only");
        } else {
            print(venue == null ? InstrumentTables.VENUES : List.of(venue), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void publish(String chosen, PrintWriter out) {
        // Known before anything is connected to.
        InstrumentTables.of(chosen);
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        try (RecordSink sink = new KafkaRecordSink(config.kafka(), RegistryClients.connect(config.schemaRegistry()))) {
            out.printf(
                    "Wrote %,d instruments of %s to %s%n",
                    InstrumentTables.publish(chosen, sink), chosen, Topics.INSTRUMENTS.name());
        }
    }

    private static void print(List<String> venues, PrintWriter out) {
        out.printf(ROW, "VENUE", "SYMBOL", "TABLE OF", "MODEL", "MAINTENANCE RATE FROM NOTIONAL");
        for (String name : venues) {
            for (InstrumentTables.Listed listed : InstrumentTables.of(name)) {
                Instrument instrument = listed.instrument();
                String date = instrument.getMarginTableDate();
                out.printf(
                        ROW,
                        instrument.getVenue(),
                        instrument.getSymbol(),
                        date == null ? "-" : date,
                        instrument.getMarginModel(),
                        tiers(instrument));
            }
        }
    }

    private static String tiers(Instrument instrument) {
        if (instrument.getMarginTiers().isEmpty()) {
            return "none: " + instrument.getKind();
        }
        String tiers = instrument.getMarginTiers().stream()
                .map(InstrumentsCommand::tier)
                .collect(Collectors.joining(", "));
        double perUnit = instrument.getMaintenanceRatePerUnit();
        return perUnit == 0
                ? tiers
                : tiers + String.format(Locale.ROOT, " + %.4f%% per %s", perUnit * 100, instrument.getBaseAsset());
    }

    private static String tier(MarginTier tier) {
        return String.format(
                Locale.ROOT, "%.4g%% from %,.0f", tier.getMaintenanceRate() * 100, tier.getNotionalFloor());
    }
}
