package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Tier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Deductions of all recorded brackets, recomputed from floors and rates: in exact decimals, where they must be the
 * venue's number; and by {@link MarginTable}, whose doubles must round to it at the decimals that the venue prints.
 */
class BracketsRecordedTest {

    /** Doubles of a few operations, relative to rate x notional. */
    private static final double RELATIVE_ERROR = 1e-14;

    private record Bracket(BigDecimal floor, BigDecimal rate, BigDecimal deduction) {}

    @Test
    void shouldRecomputeTheCumOfEveryBinanceBracket() {
        JsonNode symbols = SharedData.json(
                SharedData.folder("binance-brackets-2026").resolve("binance_leverage_tiers_2026-05.json"));
        Recomputed recomputed = new Recomputed();

        for (JsonNode tiers : symbols) {
            List<Bracket> brackets = new ArrayList<>();
            for (JsonNode tier : tiers) {
                JsonNode info = tier.get("info");
                brackets.add(new Bracket(
                        info.get("notionalFloor").decimalValue(),
                        info.get("maintMarginRatio").decimalValue(),
                        info.get("cum").decimalValue()));
            }
            recomputed.add(brackets);
        }

        System.out.println("binance-brackets-2026: " + recomputed);
        assertThat(symbols.size()).isEqualTo(716);
        recomputed.assertAll(5913);
    }

    @Test
    void shouldRecomputeTheDeductionOfEveryBybitTier() {
        JsonNode symbols =
                SharedData.json(SharedData.folder("bybit-risk-limit").resolve("bybit_BTCPERP_2025-12-29.json"));
        Recomputed recomputed = new Recomputed();

        for (JsonNode tiers : symbols) {
            List<Bracket> brackets = new ArrayList<>();
            for (JsonNode tier : tiers) {
                brackets.add(new Bracket(
                        tier.get("minNotional").decimalValue(),
                        tier.get("maintenanceMarginRate").decimalValue(),
                        tier.get("mmDeduction").decimalValue()));
            }
            recomputed.add(brackets);
        }

        System.out.println("bybit-risk-limit: " + recomputed);
        recomputed.assertAll(30);
    }

    /** Counts of what came out as the venue says. */
    private static final class Recomputed {

        private int brackets;
        private int exact;
        private int rounded;
        private double worst;
        private final List<String> wrong = new ArrayList<>();

        void add(List<Bracket> tiers) {
            MarginTable derived = MarginTable.of(tiers.stream()
                    .map(tier ->
                            new Tier(tier.floor().doubleValue(), tier.rate().doubleValue(), null, null))
                    .toList());
            BigDecimal deduction = BigDecimal.ZERO;
            for (int i = 0; i < tiers.size(); i++) {
                Bracket tier = tiers.get(i);
                if (i > 0) {
                    BigDecimal rise = tier.rate().subtract(tiers.get(i - 1).rate());
                    deduction = deduction.add(tier.floor().multiply(rise));
                }
                brackets++;
                if (deduction.compareTo(tier.deduction()) == 0) {
                    exact++;
                } else {
                    wrong.add(tier + " gives " + deduction);
                }
                compare(tier, derived);
            }
        }

        /** At the floor itself, or at 1 in the first tier, where rate x notional - maintenance is the deduction. */
        private void compare(Bracket tier, MarginTable derived) {
            BigDecimal notional = tier.floor().max(BigDecimal.ONE);
            double before = tier.rate().doubleValue() * notional.doubleValue();
            double maintenance = derived.maintenance(notional.doubleValue());
            BigDecimal ofTable = new BigDecimal(before - maintenance);
            int decimals = Math.max(tier.deduction().scale(), 0);
            if (ofTable.setScale(decimals, RoundingMode.HALF_EVEN).compareTo(tier.deduction()) == 0) {
                rounded++;
            }
            BigDecimal due = tier.rate().multiply(notional).subtract(tier.deduction());
            BigDecimal error = new BigDecimal(maintenance).subtract(due).abs();
            worst = Math.max(
                    worst,
                    error.divide(tier.rate().multiply(notional), MathContext.DECIMAL64)
                            .doubleValue());
        }

        void assertAll(int expected) {
            assertThat(wrong).describedAs("in decimals").isEmpty();
            assertThat(exact).isEqualTo(expected);
            assertThat(rounded)
                    .describedAs("in doubles, at the printed decimals")
                    .isEqualTo(expected);
            assertThat(worst).isLessThan(RELATIVE_ERROR);
        }

        @Override
        public String toString() {
            return String.format(
                    "%d of %d deductions exact in decimals, %d by MarginTable at the printed decimals, maintenance at"
                            + " the floors within %.1e of rate x notional",
                    exact, brackets, rounded, worst);
        }
    }
}
