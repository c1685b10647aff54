package io.plimsoll.connectors.bybit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.MarginTier;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskLimitTest {

    private static final int TIERS = 30;

    /** The file holds the venue's numbers under another program's names; here they are put under the venue's again. */
    @Test
    void shouldReadTheRecordedTiersToTheLastDigit() throws IOException {
        JsonNode recorded = new ObjectMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(SharedData.folder("bybit-risk-limit")
                        .resolve("bybit_BTCPERP_2025-12-29.json")
                        .toFile())
                .get("BTCPERP (BTC/USDC:USDC)");
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tier : recorded) {
            list.addObject()
                    .put("symbol", "BTCPERP")
                    .put("riskLimitValue", tier.get("maxNotional").asText())
                    .put("maintenanceMargin", tier.get("maintenanceMarginRate").asText())
                    .put("maxLeverage", tier.get("maxLeverage").asText())
                    .put("mmDeduction", tier.get("mmDeduction").asText());
        }

        RiskLimit limit = RiskLimit.of(list, "BTCPERP");

        List<MarginTier> tiers = limit.marginTiers();
        assertThat(tiers).hasSize(recorded.size()).hasSize(TIERS);
        BigDecimal deduction = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            RiskLimit.Tier read = limit.tiers().get(i);
            JsonNode is = recorded.get(i);
            assertThat(read.floor()).isEqualByComparingTo(is.get("minNotional").decimalValue());
            assertThat(read.limit()).isEqualByComparingTo(is.get("maxNotional").decimalValue());
            assertThat(read.maintenanceRate())
                    .isEqualByComparingTo(is.get("maintenanceMarginRate").decimalValue());
            assertThat(read.maxLeverage())
                    .isEqualByComparingTo(is.get("maxLeverage").decimalValue());
            assertThat(read.deduction())
                    .isEqualByComparingTo(is.get("mmDeduction").decimalValue());
            assertThat(tiers.get(i).getNotionalFloor())
                    .isEqualTo(is.get("minNotional").doubleValue());
            assertThat(tiers.get(i).getMaintenanceRate())
                    .isEqualTo(is.get("maintenanceMarginRate").doubleValue());
            assertThat(tiers.get(i).getDeduction())
                    .isEqualTo(is.get("mmDeduction").doubleValue());
            if (i > 0) {
                BigDecimal step =
                        read.maintenanceRate().subtract(limit.tiers().get(i - 1).maintenanceRate());
                deduction = deduction.add(read.floor().multiply(step));
            }
            assertThat(read.deduction())
                    .describedAs("deduction of tier %d, which makes maintenance margin continuous", i)
                    .isEqualByComparingTo(deduction);
        }
    }

    @Test
    void shouldPutTiersInOrderAndKeepOtherMarketsOut() {
        RiskLimit limit = RiskLimit.of(VenueJson.parse("""
                [{"id":2,"symbol":"A","riskLimitValue":"300","maintenanceMargin":"0.01","mmDeduction":"1.5"},
                 {"id":9,"symbol":"B","riskLimitValue":"1","maintenanceMargin":"0.5"},
                 {"id":1,"symbol":"A","riskLimitValue":"150","maintenanceMargin":0.005,"maxLeverage":"100.00","mmDeduction":""}]"""), "A");

        assertThat(limit.marginTiers())
                .containsExactly(new MarginTier(0.0, 0.005, null, 100.0), new MarginTier(150.0, 0.01, 1.5, null));
    }

    /** As in the venue's own example: rates of 0.5 and 1 percent at a leverage of 100. */
    @Test
    void shouldTellPercentFromFractionsByTheLeverage() {
        String tier = "{\"id\":1,\"symbol\":\"BTCUSD\",\"riskLimitValue\":\"150\",\"maintenanceMargin\":\"%s\","
                + "\"initialMargin\":\"%s\",\"isLowestRisk\":1,\"maxLeverage\":\"100.00\"}";

        RiskLimit percent = RiskLimit.of(VenueJson.parse("[" + tier.formatted("0.5", "1") + "]"), "BTCUSD");
        RiskLimit fraction = RiskLimit.of(VenueJson.parse("[" + tier.formatted("0.005", "0.01") + "]"), "BTCUSD");

        assertThat(percent.marginTiers()).isEqualTo(fraction.marginTiers());
        assertThat(percent.marginTiers().get(0).getMaintenanceRate()).isEqualTo(0.005);
    }

    @Test
    void shouldRefuseTiersThatCannotBe() {
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> RiskLimit.of(
                        VenueJson.parse("[{\"symbol\":\"A\",\"riskLimitValue\":\"1\",\"maintenanceMargin\":\"1\"}]"),
                        "A"))
                .withMessageContaining("between 0 and 1");
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> RiskLimit.of(
                        VenueJson.parse("[{\"symbol\":\"A\",\"riskLimitValue\":\"0\",\"maintenanceMargin\":\"0.1\"}]"),
                        "A"))
                .withMessageContaining("rise");
    }
}
