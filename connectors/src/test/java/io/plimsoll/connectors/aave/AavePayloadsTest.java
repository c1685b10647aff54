package io.plimsoll.connectors.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Liquidation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers in the shapes of the subgraph's schema, and borrowers that others have recorded. */
class AavePayloadsTest {

    private static final String RESERVE = """
            {"id":"0xc02a-p","underlyingAsset":"0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2","symbol":"WETH","decimals":18,
             "isActive":true,"reserveLiquidationThreshold":"8250","liquidityIndex":"1021843789345612345678901234",
             "variableBorrowIndex":"1035791234567890123456789012","liquidityRate":"18943276123456789012345678",
             "variableBorrowRate":"26712345678901234567890123","lastUpdateTimestamp":1690000000,
             "price":{"priceInEth":"171989763743","oracle":{"baseCurrencyUnit":"100000000"}},"eMode":{"id":"1"},
             "somethingNew":true}""";

    private final Reserve ether = reserve(RESERVE);

    @Test
    void shouldReadAReserve() {
        assertThat(ether.priceUsd()).isEqualByComparingTo("1719.89763743");
        assertThat(ether.threshold()).isEqualByComparingTo("0.825");
        assertThat(ether.eMode()).isEqualTo("1");
        assertThat(ether.liquidityIndex()).isEqualByComparingTo("1.021843789345612345678901234");
        assertThat(reserve(RESERVE.replace("{\"id\":\"1\"}", "null")).eMode()).isNull();
        assertThatThrownBy(() -> reserve(RESERVE.replace("\"8250\"", "\"18250\"")))
                .hasMessageContaining("basis points");
        assertThatThrownBy(() -> reserve(RESERVE.replace("171989763743", "0"))).hasMessageContaining("priceInEth");
    }

    @Test
    void shouldBringIndexesUpToTheBlock() {
        long year = 1_690_000_000L + 31_536_000L;

        assertThat(ether.liquidityIndexAt(1_690_000_000L)).isEqualByComparingTo(ether.liquidityIndex());
        assertThat(ether.borrowIndexAt(1_690_000_000L)).isEqualByComparingTo(ether.borrowIndex());
        // Lent: simple interest. Owed: compounded, which three terms of the series give to the fourth power of the
        // rate.
        assertThat(ether.liquidityIndexAt(year).doubleValue())
                .isCloseTo(1.0218437893456123 * (1 + 0.018943276123456789), within(1e-12));
        assertThat(ether.borrowIndexAt(year).doubleValue())
                .isCloseTo(1.0357912345678901 * Math.exp(0.026712345678901234), within(3e-8));
    }

    @Test
    void shouldUseScaledBalancesAtPresentIndexes() {
        Borrower borrower = Borrower.of(VenueJson.parse("""
                {"id":"0x777777c9898d384f785ee44acfe945efdff5f3e0","borrowedReservesCount":1,
                 "eModeCategoryId":{"id":"1","liquidationThreshold":"9300"},
                 "reserves":[{"usageAsCollateralEnabledOnUser":true,"scaledATokenBalance":"2000000000000000000",
                 "currentATokenBalance":"1","scaledVariableDebt":"1000000000000000000","currentVariableDebt":"1",
                 "principalStableDebt":"0","currentTotalDebt":"1","lastUpdateTimestamp":1,"reserve":{"id":"0xc02a-p"}}]}
                """));

        List<Collateral> balances = balances(borrower, Map.of(ether.id(), ether), 1_690_000_000L);

        assertThat(balances).extracting(Collateral::getAsset).containsExactly("WETH", "WETH-debt");
        assertThat(balances.get(0).getQuantity()).isEqualTo(2.043687578691224691357802468);
        assertThat(balances.get(0).getCollateralFactor())
                .describedAs("of its category")
                .isEqualTo(0.93);
        assertThat(balances.get(0).getUnitPriceUsd()).isEqualTo(1719.89763743);
        assertThat(balances.get(1).getQuantity()).isEqualTo(-1.035791234567890123456789012);
        assertThat(balances.get(1).getCollateralFactor()).isEqualTo(1.0);
    }

    @Test
    void shouldCountOnlyWhatMayBackALoan() {
        String one = """
                {"id":"0xa","eModeCategoryId":null,"reserves":[{"usageAsCollateralEnabledOnUser":%s,
                 "scaledATokenBalance":"1000000000000000000","scaledVariableDebt":"0","reserve":{"id":"0xc02a-p"}}]}""";
        Map<String, Reserve> reserves = Map.of(ether.id(), ether);

        assertThat(balances(Borrower.of(VenueJson.parse(one.formatted("true"))), reserves, 1_690_000_000L))
                .singleElement()
                .satisfies(balance -> assertThat(balance.getCollateralFactor()).isEqualTo(0.825));
        assertThat(balances(Borrower.of(VenueJson.parse(one.formatted("false"))), reserves, 1_690_000_000L))
                .singleElement()
                .satisfies(balance -> assertThat(balance.getCollateralFactor()).isZero());
    }

    @Test
    void shouldReadALiquidationCallAsCollateralThatIsTaken() {
        Liquidation liquidation = Liquidations.liquidation("aave-v3", VenueJson.parse("""
                        {"id":"17:0xabc:1:2","txHash":"0xabc","timestamp":1690000100,"user":{"id":"0xa"},
                         "collateralReserve":{"id":"0xc02a-p"},"collateralAmount":"2250000000000000000",
                         "principalReserve":{"id":"0xa0b8-p"},"principalAmount":"3000000000",
                         "collateralAssetPriceUSD":"1400","borrowAssetPriceUSD":"1"}"""), Map.of(ether.id(), ether));

        assertThat(liquidation.getSymbol()).isEqualTo("WETH");
        assertThat(liquidation.getQuantity()).isEqualTo(2.25);
        assertThat(liquidation.getPrice()).isEqualTo(1400.0);
        assertThat(liquidation.getAccount()).isEqualTo("0xa");
        assertThat(liquidation.getLiquidationId()).isEqualTo("0xabc");
    }

    @Test
    void shouldGiveRecordedBorrowersTheirHealthFactors() throws IOException {
        List<String> lines =
                Files.readAllLines(SharedData.folder("aave-borrowers-2023").resolve("steth_aave_v3.csv"));

        int compared = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            // Backing and debt of the recording, put in one reserve each that is worth a dollar.
            Reserve backing =
                    reserve(RESERVE.replace("\"8250\"", "\"" + row[5] + "\"").replace("171989763743", "100000000"));
            Reserve debt = reserve(RESERVE.replace("0xc02a-p", "0xdebt")
                    .replace("WETH", "DEBT")
                    .replace("171989763743", "100000000"));
            Borrower borrower = Borrower.of(VenueJson.parse("""
                    {"id":"%s","reserves":[{"usageAsCollateralEnabledOnUser":true,"scaledATokenBalance":"%s",
                     "scaledVariableDebt":"0","reserve":{"id":"0xc02a-p"}},{"usageAsCollateralEnabledOnUser":false,
                     "scaledATokenBalance":"0","scaledVariableDebt":"%s","reserve":{"id":"0xdebt"}}]}""".formatted(
                            row[1], scaled(row[2], backing.liquidityIndex()), scaled(row[3], debt.borrowIndex()))));

            List<Collateral> balances =
                    balances(borrower, Map.of(backing.id(), backing, debt.id(), debt), 1_690_000_000L);

            double health = balances.get(0).getQuantity()
                    * balances.get(0).getCollateralFactor()
                    / -balances.get(1).getQuantity();
            assertThat(health).describedAs(row[1]).isCloseTo(Double.parseDouble(row[7]), within(1e-9 * health));
            compared++;
        }
        assertThat(compared).isEqualTo(502);
    }

    private static String scaled(String amount, BigDecimal index) {
        return new BigDecimal(amount)
                .movePointRight(18)
                .divide(index, 0, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static Reserve reserve(String json) {
        var node = VenueJson.parse(json);
        return Reserve.of(node, node.get("symbol").textValue());
    }

    private static List<Collateral> balances(Borrower borrower, Map<String, Reserve> reserves, long timeS) {
        return borrower.records("aave-v3", reserves, timeS).stream()
                .map(entry -> (Collateral) entry.value())
                .toList();
    }
}
