package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.risk.MarginTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two accounts as the venue reported them: one can be rebuilt from its report, the other cannot. */
class HyperliquidAccountsRecordedTest {

    private record Account(
            double equityUsd, double maintenanceUsd, List<CrossPosition> positions, List<MarginTable> tables) {

        static Account read(String file) {
            JsonNode state = SharedData.json(SharedData.folder("hyperliquid-clearinghouse")
                    .resolve("full")
                    .resolve(file));
            List<CrossPosition> positions = new ArrayList<>();
            List<MarginTable> tables = new ArrayList<>();
            for (JsonNode entry : state.get("assetPositions")) {
                JsonNode position = entry.get("position");
                assertThat(position.at("/leverage/type").asText()).isEqualTo("cross");
                String coin = position.get("coin").asText();
                JsonNode liquidation = position.get("liquidationPx");
                positions.add(CrossPosition.of(
                        coin,
                        number(position.get("szi")),
                        number(position.get("positionValue")),
                        liquidation.isNull() ? Double.NaN : number(liquidation)));
                tables.add(
                        HyperliquidTables.of(coin, position.get("maxLeverage").asDouble()));
            }
            return new Account(
                    number(state.at("/crossMarginSummary/accountValue")),
                    number(state.get("crossMaintenanceMarginUsed")),
                    positions,
                    tables);
        }

        private static double number(JsonNode text) {
            return Double.parseDouble(text.asText());
        }

        double computedMaintenanceUsd() {
            double sum = 0;
            for (int i = 0; i < positions.size(); i++) {
                sum += positions.get(i).maintenanceUsd(tables.get(i));
            }
            return sum;
        }
    }

    @Test
    void shouldRebuildTheWhale() {
        Account account = Account.read("clearinghouse_whale.json");
        double maintenance = account.computedMaintenanceUsd();
        double available = account.equityUsd() - maintenance;
        int within = 0;
        int priced = 0;
        double worst = 0;
        List<String> withoutComputed = new ArrayList<>();
        List<String> withoutReported = new ArrayList<>();

        for (int i = 0; i < account.positions().size(); i++) {
            CrossPosition position = account.positions().get(i);
            MarginTable table = account.tables().get(i);
            if (Double.isNaN(position.liquidationPrice(table, available))) {
                withoutComputed.add(position.coin());
            }
            if (Double.isNaN(position.reported())) {
                withoutReported.add(position.coin());
            } else {
                priced++;
                double error = position.error(table, available);
                worst = Math.max(worst, error);
                within += error <= 1e-9 ? 1 : 0;
            }
        }

        double maintenanceError = Math.abs(maintenance / account.maintenanceUsd() - 1);
        System.out.printf(
                "clearinghouse_whale: %d of %d liquidation prices within 1e-9, worst %.1e; not liquidatable: %s, as"
                        + " reported: %s; maintenance margin %.6f, off by %.1e%n",
                within, priced, worst, withoutComputed, withoutReported, maintenance, maintenanceError);
        assertThat(within).isEqualTo(33);
        assertThat(priced).isEqualTo(33);
        assertThat(withoutComputed).isEqualTo(withoutReported).containsExactly("HYPE");
        assertThat(maintenanceError).isLessThan(1e-6);
    }

    @Test
    void shouldRecogniseTheAccountThatCannotBeRebuilt() {
        Account account = Account.read("clearinghouse_small.json");
        double maintenance = account.computedMaintenanceUsd();
        double available = account.equityUsd() - maintenance;
        List<Double> implied = new ArrayList<>();
        double nearest = Double.POSITIVE_INFINITY;

        for (int i = 0; i < account.positions().size(); i++) {
            CrossPosition position = account.positions().get(i);
            implied.add(position.impliedAvailableUsd(account.tables().get(i)));
            nearest = Math.min(nearest, position.error(account.tables().get(i), available));
        }

        System.out.printf(
                "clearinghouse_small: %.2f available by the report, but the venue's prices imply %.4f %.4f %.4f; our"
                        + " prices differ from the venue's by %.0f %% at least%n",
                available, implied.get(0), implied.get(1), implied.get(2), 100 * nearest);
        assertThat(maintenance)
                .describedAs("the tables are not why")
                .isCloseTo(account.maintenanceUsd(), within(1e-6 * maintenance));
        assertThat(implied).hasSize(3).allSatisfy(each -> assertThat(each).isCloseTo(799_469.76, within(5e-3)));
        assertThat(available).isLessThan(0.5 * implied.get(0));
        assertThat(nearest).describedAs("far beyond rounding").isGreaterThan(0.05);
    }
}
