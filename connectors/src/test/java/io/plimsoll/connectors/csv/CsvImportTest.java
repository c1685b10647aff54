package io.plimsoll.connectors.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.CollectedRecords;
import io.plimsoll.connectors.InputException;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvImportTest {

    private static final String PRICE_RULE = """
            records:
              - topic: prices
                time: {column: t, format: FORMAT}
                fields:
                  venue: bank
                  symbol: {column: s}
                  markPrice: EXPRESSION
            """;

    @TempDir
    Path folder;

    private final CollectedRecords records = new CollectedRecords();

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private CsvImport.Result run(String mapping, Path... files) throws IOException {
        Mapping read = Mapping.read(file("mapping.yaml", mapping));
        return new CsvImport(read, List.of(files)).run(records);
    }

    private Price onlyPrice(String format, String expression, String header, String row) throws IOException {
        run(PRICE_RULE.replace("FORMAT", format).replace("EXPRESSION", expression), file("prices.csv", header, row));
        assertThat(records.all()).hasSize(1);
        return (Price) records.all().get(0).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{column: p} | 1.25e-05 | 1.25e-05",
                "{column: p, unit: percent} | 3 | 0.03",
                "{column: p, unit: bps} | 3 | 0.0003",
                "{column: p, unit: micro} | 2500000 | 2.5",
                "{column: p, factor: 1000} | 0.001 | 1",
                "{column: p, absolute: true} | -7 | 7",
                "{column: p, negate: true} | -7 | 7",
                "{column: p, times: s} | 3 | 30",
                "{column: p, divided-by: s} | 3 | 0.3",
                "{column: p, less: s} | 13 | 3",
                "{column: p, less: [s, {column: s, factor: 0.5}]} | 20 | 5",
                "{column: p, values: {low: 1, high: 2}} | high | 2",
                "{column: p, values: {low: 1}, otherwise: 5} | high | 5",
                "{column: p, otherwise: 5} | '' | 5",
                "{column: p, when: {column: s, equals: 11}, otherwise: 6} | 1 | 6",
                "{column: p, when: {column: s, not-equals: [11, 12]}, otherwise: 6} | 1 | 1",
                "{constant: 9} | 1 | 9",
                "9.5 | 1 | 9.5",
                "{sum: p, per: s} | 4 | 4",
                "{file-name: 'pri(c)es', values: {c: 8}} | 4 | 8",
            })
    void shouldEvaluateExpressions(String expression, String cell, double expected) throws IOException {
        Price price = onlyPrice("ms", expression, "t,s,p", "7,10," + cell);

        assertThat(price.getMarkPrice()).isEqualTo(expected);
        assertThat(price.getSymbol()).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s | 1767225600.5 | 1767225600500",
                "ms | 1767225600500 | 1767225600500",
                "us | 1767225600500999 | 1767225600500",
                "ns | 1767225600500999999 | 1767225600500",
                "iso | 2026-01-01T01:00:00.5+01:00 | 1767225600500",
                "iso | 2026-01-01T00:00:00Z | 1767225600000",
                "iso | 2026-01-01 00:00:00 | 1767225600000",
                "iso | 2026-01-01 | 1767225600000",
                "iso, zone: Europe/Zurich | 2026-01-01T01:00:00 | 1767225600000",
                "dd.MM.yyyy HH:mm | 01.01.2026 00:00 | 1767225600000",
                "dd.MM.yyyy | 01.01.2026 | 1767225600000",
            })
    void shouldReadTimes(String format, String cell, long expectedMs) throws IOException {
        onlyPrice(format, "1", "t,s", cell + ",X");

        assertThat(records.all().get(0).timestampMs()).isEqualTo(expectedMs);
    }

    @Test
    void shouldReadDecimalCommasThousandsQuotesAndOtherSeparators() throws IOException {
        String mapping =
                "csv: {separator: \";\", decimal: \",\", thousands: \".\", empty: [\"n/a\"], charset: iso-8859-1}\n"
                        + PRICE_RULE.replace("FORMAT", "ms").replace("EXPRESSION", "{column: \"p; \\\"x\\\"\"}")
                        + "      indexPrice: {column: i}\n";
        Path csv = Files.write(
                folder.resolve("a.csv"),
                "t;s;\"p; \"\"x\"\"\";i\r\n1;\"Z\u00fc\nrich\";1.234.567,5;n/a\r\n\r\n2;b;-0,5;12\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        run(mapping, csv);

        assertThat(records.all())
                .containsExactly(
                        new CollectedRecords.Written(
                                "plimsoll.prices",
                                "bank:Z\u00fc\nrich",
                                1,
                                new Price(
                                        "bank", "Z\u00fc\nrich", 1_234_567.5, null, null, null, null, 1.0, null, null)),
                        new CollectedRecords.Written(
                                "plimsoll.prices",
                                "bank:b",
                                2,
                                new Price("bank", "b", -0.5, 12.0, null, null, null, 1.0, null, null)));
    }

    private static final String BOOK = """
            order: ORDER
            records:
              - topic: positions
                files: book*.csv
                time: {column: time, format: ms}
                snapshot: SNAPSHOT
                when: {column: kind, equals: [P, I]}
                fields:
                  venue: bank
                  account: {template: "c-{customer}"}
                  symbol: {column: symbol}
                  size: {column: size}
                  entryPrice: 10
                  marginMode: {column: kind, values: {P: CROSS, I: ISOLATED}}
                  isolatedMargin: {column: margin, when: {column: kind, equals: I}}
              - topic: collateral
                files: book*.csv
                time: {column: time, format: ms}
                fields:
                  venue: bank
                  account: {template: "c-{customer}"}
                  asset: USD
                  quantity: {sum: margin, per: [time, customer]}
            """;

    private String book(String order, String snapshot) {
        return BOOK.replace("ORDER", order).replace("SNAPSHOT", snapshot);
    }

    private List<String> summary(String topic) {
        List<String> summary = new ArrayList<>();
        for (CollectedRecords.Written written : records.of(topic)) {
            summary.add(written.timestampMs() + " " + written.key() + (written.value() == null ? " gone" : ""));
        }
        return summary;
    }

    @Test
    void shouldMakeSeveralRecordsOfARowAndSumOverRows() throws IOException {
        Path csv = file(
                "book.csv", "time,kind,customer,symbol,size,margin", "5,P,1,BTC,2,100", "5,I,1,ETH,-3,50", "5,X,2,,,7");

        CsvImport.Result result = run(book("time", "false"), csv);

        Position isolated =
                (Position) records.of(Topics.POSITIONS.name()).get(1).value();
        assertThat(isolated.getMarginMode()).isEqualTo(MarginMode.ISOLATED);
        assertThat(isolated.getIsolatedMargin()).isEqualTo(50.0);
        assertThat(records.latest(Topics.COLLATERAL.name(), Collateral.class).values())
                .extracting(Collateral::getQuantity)
                .containsExactly(150.0, 7.0);
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.recordsByTopic())
                .containsEntry("plimsoll.positions", 2L)
                .containsEntry("plimsoll.collateral", 3L);
    }

    @Test
    void shouldRemoveWhatTheNextSnapshotOfTheSameSymbolNoLongerHas() throws IOException {
        String header = "time,kind,customer,symbol,size,margin";
        Path first = file("book1.csv", header, "10,P,1,BTC,2,1", "10,P,2,BTC,2,1", "10,P,1,ETH,2,1");
        Path second = file("book2.csv", header, "20,P,2,BTC,3,1", "30,P,1,BTC,3,1", "30,P,9,ETH,3,1");

        CsvImport.Result result = run(book("time", "true"), second, first);

        assertThat(summary(Topics.POSITIONS.name()))
                .containsExactly(
                        "10 bank:c-1:BTC",
                        "10 bank:c-2:BTC",
                        "10 bank:c-1:ETH",
                        "20 bank:c-1:BTC gone",
                        "20 bank:c-2:BTC",
                        "30 bank:c-2:BTC gone",
                        "30 bank:c-1:BTC",
                        "30 bank:c-1:ETH gone",
                        "30 bank:c-9:ETH");
        assertThat(result.tombstonesByTopic()).containsExactly(java.util.Map.entry("plimsoll.positions", 3L));
    }

    @Test
    void shouldTakeAFileAsOneSnapshotWhereTold() throws IOException {
        String header = "time,kind,customer,symbol,size,margin";
        Path first = file("book1.csv", header, "10,P,1,BTC,2,1", "11,P,2,BTC,2,1");
        Path second = file("book2.csv", header, "20,P,2,BTC,3,1", "22,P,3,BTC,3,1");

        run(book("file", "file"), first, second);

        assertThat(summary(Topics.POSITIONS.name()))
                .containsExactly(
                        "10 bank:c-1:BTC",
                        "11 bank:c-2:BTC",
                        "22 bank:c-1:BTC gone",
                        "20 bank:c-2:BTC",
                        "22 bank:c-3:BTC");
    }

    @Test
    void shouldRefuseSnapshotsThatGoBackInTimeFileByFile() throws IOException {
        String header = "time,kind,customer,symbol,size,margin";
        Path late = file("book1.csv", header, "20,P,1,BTC,2,1");
        Path early = file("book2.csv", header, "10,P,1,BTC,2,1");

        assertThatThrownBy(() -> run(book("file", "time"), late, early))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(early + " line 2: a snapshot of plimsoll.positions bank:BTC is older");
    }

    @Test
    void shouldWriteTombstonesWhereRowsSaySo() throws IOException {
        String mapping = PRICE_RULE
                .replace("FORMAT", "ms")
                .replace("EXPRESSION", "{column: p}")
                .replace("    time:", "    delete-when: {column: p, equals: \"\"}\n    time:");

        run(mapping, file("a.csv", "t,s,p", "1,A,5", "2,A,"));

        assertThat(summary(Topics.PRICES.name())).containsExactly("1 bank:A", "2 bank:A gone");
    }

    @Test
    void shouldWriteConstantsFirstAtTheEarliestTime() throws IOException {
        String mapping = """
                constants:
                  - topic: collateral
                    value: {venue: bank, account: house, asset: USD, quantity: 1e6}
                """ + PRICE_RULE.replace("FORMAT", "ms").replace("EXPRESSION", "1");

        run(mapping, file("a.csv", "t,s", "9,A", "4,B"));

        assertThat(summary(Topics.COLLATERAL.name())).containsExactly("4 bank:house:USD");
        assertThat(records.all().get(0).topic()).isEqualTo(Topics.COLLATERAL.name());
        assertThat(summary(Topics.PRICES.name())).containsExactly("4 bank:B", "9 bank:A");
    }

    @Test
    void shouldWriteNothingInADryRunButCountTheSame() throws IOException {
        Path csv = file("a.csv", "t,s,p", "1,A,5", "2,B,6");
        Mapping mapping =
                Mapping.read(file("m.yaml", PRICE_RULE.replace("FORMAT", "ms").replace("EXPRESSION", "{column: p}")));

        CsvImport.Result dry = new CsvImport(mapping, List.of(csv)).dryRun();

        assertThat(dry).isEqualTo(new CsvImport(mapping, List.of(csv)).run(records));
        assertThat(dry.recordsByTopic()).containsEntry("plimsoll.prices", 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{column: p} | 1,A,abc | line 3: field markPrice: column p is \"abc\", allowed is a number with a decimal point",
                "{column: p} | 1,A,'1,5' | line 3: the row has 4 cells, allowed is 3 as in the first line",
                "{column: p} | 1,A,1e999999999 | line 3: field markPrice: column p is \"1e999999999\", allowed is a number",
                "{column: p} | 1,A, | line 3: field markPrice is missing, allowed is a number",
                "{column: p} | x,A,1 | line 3: time: \"x\", allowed is epoch milliseconds",
                "{column: p} | -5,A,1 | line 3: time: \"-5\", allowed is epoch milliseconds, 1970 or later",
                "{column: p} | ,A,1 | line 3: time: it is empty, allowed is epoch milliseconds",
                "{column: p} | 1,,1 | line 3: field symbol is empty, allowed is a text",
                "{column: p, divided-by: t} | 0,A,1 | line 3: field markPrice: column t is \"0\", allowed is a number other than 0",
                "{column: p, values: {1: 1, low: 1}} | 1,A,lo | line 3: field markPrice: column p is \"lo\", did you mean low? Allowed is 1, low",
                "{column: q} | 1,A,1 | line 1: column q is not there: did you mean t? Allowed is t, s, p",
            })
    void shouldNameFileLineFieldValueAndWhatIsAllowed(String expression, String row, String message)
            throws IOException {
        Path csv = file("bad.csv", "t,s,p", "1,A,1", row.replace("'", ""));
        String mapping = PRICE_RULE.replace("FORMAT", "ms").replace("EXPRESSION", expression);

        assertThatThrownBy(() -> run(mapping, csv))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(csv + " " + message);
        assertThat(records.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topic: prices | topic: price | line 2: records[0].topic is price, did you mean prices? Allowed is instruments",
                "topic: prices | topic: market-state | line 2: records[0].topic is market-state, allowed is instruments",
                "markPrice: | markPrise: | line 7: records[0].fields.markPrise is not a field of Price: did you mean markPrice?",
                "markPrice: EXPRESSION | indexPrice: 1 | line 5: records[0].fields has no markPrice, which Price needs: Mark price",
                "EXPRESSION | {colum: p} | line 7: records[0].fields.markPrice.colum is not a key of a mapping: did you mean column?",
                "EXPRESSION | {unit: percent} | line 7: records[0].fields.markPrice has no source, allowed is one of column",
                "EXPRESSION | {column: p, unit: pct} | line 7: records[0].fields.markPrice.unit is pct, allowed is percent",
                "EXPRESSION | {column: p, factor: x} | line 7: records[0].fields.markPrice.factor is x, allowed is a number",
                "EXPRESSION | {column: p, absolute: yes} | line 7: records[0].fields.markPrice.absolute is yes, allowed is true or false",
                "EXPRESSION | {file-name: 'a'} | line 7: records[0].fields.markPrice.file-name is a, allowed is a regular expression with one group",
                "FORMAT | hours | line 3: records[0].time.format is hours, allowed is s, ms, us, ns, iso",
                "FORMAT} | ms, zone: Mars} | line 3: records[0].time.zone is Mars, allowed is a time zone",
                "venue: bank | {venue: bank | line ",
            })
    void shouldNameTheMappingsLineAndKey(String good, String bad, String message) throws IOException {
        Path csv = file("a.csv", "t,s,p", "1,A,1");
        String mapping = PRICE_RULE.replace(good, bad).replace("FORMAT", "ms").replace("EXPRESSION", "{column: p}");

        assertThatThrownBy(() -> run(mapping, csv))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("mapping.yaml") + " " + message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldSaySoWhenNoRuleIsForAFileOrAFileIsNotThere() throws IOException {
        String mapping = PRICE_RULE
                .replace("FORMAT", "ms")
                .replace("EXPRESSION", "1")
                .replace("    time:", "    files: prices_*.csv\n    time:");

        assertThatThrownBy(() -> run(mapping, folder.resolve("other.csv")))
                .hasMessage(folder.resolve("other.csv") + ": no rule of the mapping is for a file of this name");
        assertThatThrownBy(() -> run(mapping, folder.resolve("prices_1.csv")))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot read " + folder.resolve("prices_1.csv") + ": there is no such file or folder");
    }

    @Test
    void shouldRefuseEmptyFilesAndColumnsThatAreThereTwice() throws IOException {
        String mapping = PRICE_RULE.replace("FORMAT", "ms").replace("EXPRESSION", "1");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        Path twice = file("twice.csv", "t,s,t", "1,A,2");

        assertThatThrownBy(() -> run(mapping, empty)).hasMessageStartingWith(empty + " line 1: the file is empty");
        assertThatThrownBy(() -> run(mapping, twice))
                .hasMessage(twice + " line 1: column t is there twice, allowed is once");
    }
}
