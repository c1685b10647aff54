package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.connectors.feed.LiquidationRecords.Report;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiquidationRecordsTest {

    private static final long MINUTE = 60_000;

    private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
    private final FeedOutput output = new FeedOutput();
    private LiquidationRecords records = started();

    private LiquidationRecords started() {
        LiquidationRecords fresh = new LiquidationRecords("v", new SourceOffsets("v", partitions -> stored), true);
        fresh.set(List.of("BTCUSD"));
        return fresh;
    }

    private static Report report(boolean isInverse, String size, long timeMs) {
        return new Report(
                "BTCUSD", isInverse, PositionSide.LONG, new BigDecimal(size), new BigDecimal("50000"), timeMs);
    }

    private List<Liquidation> written(List<Report> message) {
        records.write(message, output);
        return output.drain().stream()
                .map(record -> {
                    stored.put(
                            record.mark().partition(),
                            new HashMap<>(record.mark().offset()));
                    return (Liquidation) record.value();
                })
                .toList();
    }

    @Test
    void shouldWriteEachReportOnceAlsoAfterARestart() {
        assertThat(written(List.of(report(false, "1.5", 1_000)))).hasSize(1);
        assertThat(written(List.of(report(false, "1.5", 1_000)))).isEmpty();

        records = started();

        assertThat(written(List.of(report(false, "1.5", 1_000), report(false, "1.5", 1_001))))
                .hasSize(1);
    }

    @Test
    void shouldTakeEqualReportsInOneMessageForTwoLiquidations() {
        List<Report> twice = List.of(report(false, "1.5", 1_000), report(false, "1.5", 1_000));

        assertThat(written(twice))
                .extracting(Liquidation::getTradeId)
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(written(twice)).isEmpty();
    }

    @Test
    void shouldGiveInverseSizesInCoinsAndTheirFaceInDollars() {
        Liquidation linear = written(List.of(report(false, "1.5", 1))).get(0);
        Liquidation inverse = written(List.of(report(true, "1000", 2))).get(0);

        assertThat(linear.getQuantity()).isEqualTo(1.5);
        assertThat(linear.getNotionalUsd()).isNull();
        assertThat(inverse.getQuantity()).isEqualTo(0.02);
        assertThat(inverse.getNotionalUsd()).isEqualTo(1_000.0);
        assertThat(inverse.getPriceKind()).isEqualTo(LiquidationPriceKind.BANKRUPTCY);
    }

    @Test
    void shouldSayOfTheMinuteOfACutThatSomeMayBeMissing() {
        records.heardAgain(10 * MINUTE + 20_000);

        assertThat(records.isMinuteBroken(11 * MINUTE - 1)).isTrue();
        assertThat(records.isMinuteBroken(11 * MINUTE)).isFalse();
        assertThat(written(List.of(report(false, "1", 11 * MINUTE - 1), report(false, "1", 11 * MINUTE))))
                .extracting(Liquidation::getCensored)
                .containsExactly(true, false);
    }

    @Test
    void shouldPassOverMarketsOfOthers() {
        Report other = new Report("ETHUSD", false, PositionSide.SHORT, BigDecimal.ONE, BigDecimal.ONE, 1);

        assertThat(written(List.of(other))).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoLiquidation() {
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> report(false, "0", 1))
                .withMessageContaining("more than 0");
    }
}
