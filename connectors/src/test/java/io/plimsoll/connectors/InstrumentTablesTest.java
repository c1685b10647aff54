package io.plimsoll.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of instruments that ship with Plimsoll: what the monitor takes, dated, and the venue's own rule. */
class InstrumentTablesTest {

    @Test
    void shouldHaveATableForEachVenueItNames() throws IOException, URISyntaxException {
        List<String> files;
        try (Stream<Path> folder = Files.list(path("README.md").resolveSibling("."))) {
            files = folder.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .map(name -> name.replace(".jsonl", ""))
                    .sorted()
                    .toList();
        }

        assertThat(InstrumentTables.VENUES).containsExactlyElementsOf(files);
        assertThat(InstrumentTables.of("hyperliquid")).hasSize(36);
        assertThatThrownBy(() -> InstrumentTables.of("hyperliqid"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean hyperliquid?");
    }

    @Test
    void shouldListEachInstrumentOnceUnderItsKeyOnTheDayOfItsTable() throws URISyntaxException {
        for (String venue : InstrumentTables.VENUES) {
            List<RecordedRecord> records = read(venue + ".jsonl");

            assertThat(records.stream().map(RecordedRecord::key)).doesNotHaveDuplicates();
            for (RecordedRecord record : records) {
                Instrument instrument = instrument(record);
                assertThat(record.topic()).isEqualTo(Topics.INSTRUMENTS);
                assertThat(record.key()).isEqualTo(venue + ":" + instrument.getSymbol());
                assertThat(instrument.getVenue()).isEqualTo(venue);
                String date = instrument.getMarginTableDate();
                assertThat(date == null ? LocalDate.of(2022, 1, 1) : LocalDate.parse(date))
                        .isEqualTo(LocalDate.ofInstant(Instant.ofEpochMilli(record.timestampMs()), ZoneOffset.UTC));
            }
        }
    }

    @Test
    void shouldPublishATableUnderItsKeys() {
        CollectedRecords written = new CollectedRecords();

        int count = InstrumentTables.publish("deribit", written);

        assertThat(count).isEqualTo(3);
        assertThat(written.all().stream().map(CollectedRecords.Written::key))
                .containsExactly("deribit:BTC-PERPETUAL", "deribit:ETH-PERPETUAL", "deribit:BTC_USDC-PERPETUAL");
        assertThat(written.flushes()).isEqualTo(1);
    }

    @Test
    void shouldAskForHalfOfTheInitialMarginInEveryTierOfHyperliquid() throws URISyntaxException {
        for (RecordedRecord record : read("hyperliquid.jsonl")) {
            List<MarginTier> tiers = instrument(record).getMarginTiers();

            assertThat(tiers).hasSize(2);
            assertThat(tiers.get(0).getNotionalFloor()).isZero();
            assertThat(tiers.get(1).getNotionalFloor()).isPositive();
            assertThat(tiers.get(1).getMaintenanceRate())
                    .isGreaterThan(tiers.get(0).getMaintenanceRate());
            for (MarginTier tier : tiers) {
                assertThat(tier.getMaintenanceRate() * Objects.requireNonNull(tier.getMaxLeverage()))
                        .describedAs(record.key())
                        .isCloseTo(0.5, within(1e-15));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BTC, 5, 40, 150e6, 20",
        "ETH, 4, 25, 100e6, 15",
        "SOL, 2, 20, 70e6, 10",
        "XRP, 0, 20, 40e6, 10",
        "HYPE, 2, 10, 20e6, 5",
        "ONDO, 0, 10, 3e6, 5",
    })
    void shouldStateWhatTheVenueDocuments(
            String symbol, int sizeDecimals, double maxLeverage, double floorUsd, double above)
            throws URISyntaxException {
        Instrument instrument = read("hyperliquid.jsonl").stream()
                .filter(record -> record.key().equals("hyperliquid:" + symbol))
                .map(InstrumentTablesTest::instrument)
                .findFirst()
                .orElseThrow();
        List<MarginTier> tiers = instrument.getMarginTiers();

        assertThat(instrument.getSizeDecimals()).isEqualTo(sizeDecimals);
        assertThat(tiers.get(0).getMaxLeverage()).isEqualTo(maxLeverage);
        assertThat(tiers.get(1).getNotionalFloor()).isEqualTo(floorUsd);
        assertThat(tiers.get(1).getMaxLeverage()).isEqualTo(above);
    }

    private static Instrument instrument(RecordedRecord record) {
        return (Instrument) Objects.requireNonNull(record.value());
    }

    private static List<RecordedRecord> read(String name) throws URISyntaxException {
        Path file = path(name);
        List<RecordedRecord> records = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(file)) {
            for (RecordedRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    private static Path path(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(InstrumentTablesTest.class.getResource("instruments/" + name))
                .toURI());
    }
}
