package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the venue really sent, read to the last digit; read a second time without any of our code. */
class RecordedPayloadsTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private final Path folder = SharedData.folder("hyperliquid-clearinghouse");

    @ParameterizedTest
    @CsvSource({"clearinghouse_whale.json, 34", "clearinghouse_small.json, 3"})
    void shouldReadEveryPositionOfAnAccount(String file, int count) throws IOException {
        JsonNode json = PLAIN.readTree(folder.resolve("full/" + file).toFile());

        AccountState state = AccountState.of(VenueJson.parse(bytes("full/" + file)));

        assertThat(state.timeMs()).isEqualTo(json.get("time").longValue());
        assertThat(state.holdings()).hasSize(count);
        for (int i = 0; i < count; i++) {
            JsonNode given = json.get("assetPositions").get(i).get("position");
            Position position =
                    AccountState.position("hl", "0xa", state.holdings().get(i), null);
            assertThat(position.getSymbol()).isEqualTo(given.get("coin").textValue());
            assertThat(position.getSize()).isEqualTo(number(given, "szi"));
            assertThat(position.getEntryPrice()).isEqualTo(number(given, "entryPx"));
            assertThat(position.getMarginMode()).isEqualTo(MarginMode.CROSS);
            assertThat(position.getIsolatedMargin()).isNull();
            assertThat(position.getMaxLeverage())
                    .isEqualTo(given.get("maxLeverage").doubleValue());
            JsonNode line = given.get("liquidationPx");
            assertThat(position.getVenueLiquidationPrice())
                    .isEqualTo(line.isNull() ? null : (Double) Double.parseDouble(line.textValue()));
            assertThat(position.getVenueMarkPrice())
                    .isCloseTo(number(given, "positionValue") / Math.abs(number(given, "szi")), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clearinghouse_whale.json", "clearinghouse_small.json"})
    void shouldMakeTheVenuesAccountValueOutOfBalanceAndPositions(String file) throws IOException {
        JsonNode json = PLAIN.readTree(folder.resolve("full/" + file).toFile());

        AccountState state = AccountState.of(VenueJson.parse(bytes("full/" + file)));
        Collateral collateral = state.collateral("hl", "0xa", "USDC");

        double value = collateral.getQuantity();
        for (AccountState.Holding holding : state.holdings()) {
            Position position = AccountState.position("hl", "0xa", holding, null);
            value += position.getSize() * (position.getVenueMarkPrice() - position.getEntryPrice());
        }
        assertThat(value).isCloseTo(number(json.get("crossMarginSummary"), "accountValue"), within(2e-6));
    }

    @Test
    void shouldReadADebtAndAnAnswerWithoutWhatIsNotNeeded() throws IOException {
        AccountState state =
                AccountState.of(VenueJson.parse(bytes("samples/http_clearinghouse_state_negative_total_raw_usd.json")));

        assertThat(state.crossRawUsd()).isEqualTo(new BigDecimal("-22358.938225"));
        assertThat(state.collateral("hl", "0xa", "USDC").getQuantity()).isEqualTo(-22358.938225);
        assertThat(state.holdings()).isEmpty();
    }

    @Test
    void shouldReadEveryAssetContextOfAllDexs() throws IOException {
        JsonNode json = PLAIN.readTree(
                folder.resolve("samples/ws_all_dexs_asset_ctxs.json").toFile());
        int read = 0;

        for (JsonNode dex : json.get("data").get("ctxs")) {
            for (JsonNode given : dex.get(1)) {
                Price price = AssetContext.of(given).price("hl", "M");
                assertThat(price.getMarkPrice()).isEqualTo(number(given, "markPx"));
                assertThat(price.getIndexPrice()).isEqualTo(number(given, "oraclePx"));
                assertThat(price.getFundingRate()).isEqualTo(number(given, "funding"));
                assertThat(price.getFundingIntervalHours()).isEqualTo(1);
                assertThat(price.getOpenInterest()).isEqualTo(number(given, "openInterest"));
                assertThat(price.getDayVolume()).isEqualTo(number(given, "dayBaseVlm"));
                read++;
            }
        }

        assertThat(read).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full/l2book_btc_nsf3.json",
                "full/l2book_btc_nsf4.json",
                "full/l2book_btc_nsf5.json",
                "full/l2book_btc_nsf5_m5.json",
                "samples/http_l2_book_btc.json",
                "samples/http_l2_book_snapshot.json",
                "samples/ws_book_data.json"
            })
    void shouldReadEveryLevelOfABook(String file) throws IOException {
        JsonNode json = PLAIN.readTree(folder.resolve(file).toFile());

        Book book = Book.of(VenueJson.parse(bytes(file)));

        assertThat(book.timeMs()).isEqualTo(json.get("time").longValue());
        assertThat(texts(book.bids().levels()))
                .isEqualTo(texts(json.get("levels").get(0)));
        assertThat(texts(book.asks().levels()))
                .isEqualTo(texts(json.get("levels").get(1)));
        assertThat(book.bids().isWhole()).isEqualTo(json.get("levels").get(0).size() < 20);
    }

    @Test
    void shouldReadMarketsWithoutTables() throws IOException {
        MarketList list = MarketList.of(VenueJson.parse(bytes("samples/http_meta_perp_sample.json")));

        assertThat(list.listings()).extracting(MarketList.Listing::coin).containsExactly("BTC", "ETH", "ATOM");
        assertThat(list.collateralToken()).isZero();
        assertThat(MarketList.instrument("hl", list.listings().get(1), "USDC", "2026-06-22")
                        .getMarginTiers())
                .singleElement()
                .isEqualTo(new MarginTier(0.0, 0.02, null, 25.0));
    }

    @Test
    void shouldReadMarketsOfDexsWithOtherCollateral() throws IOException {
        JsonNode metas = VenueJson.parse(bytes("samples/http_all_perp_metas_non_usdc_collateral.json"));

        MarketList list = MarketList.of(metas.get(1));

        assertThat(list.collateralToken()).isEqualTo(360);
        assertThat(MarketList.instrument("hl-km", list.listings().get(0), "USDH", "2026-06-22"))
                .satisfies(instrument -> {
                    assertThat(instrument.getSymbol()).isEqualTo("km:US500");
                    assertThat(instrument.getBaseAsset()).isEqualTo("US500");
                    assertThat(instrument.getSettleAsset()).isEqualTo("USDH");
                });
    }

    @Test
    void shouldTellWhoWasLiquidatedInAFill() throws IOException {
        JsonNode fill = VenueJson.parse(bytes("samples/ws_user_fill_liquidation.json"))
                .get("data")
                .get("fills")
                .get(0);

        Liquidation liquidation = Fill.of(fill).liquidation("hl", null);

        // The fill is of who opened a short: the liquidated account bought, so it had been short.
        assertThat(liquidation.getPositionSide()).isEqualTo(PositionSide.SHORT);
        assertThat(liquidation.getAccount()).isEqualTo("0x360878d351f05975e25f1807a27895e1e5e004fb");
        assertThat(liquidation.getPrice()).isEqualTo(66653.0);
        assertThat(liquidation.getQuantity()).isEqualTo(0.001);
        assertThat(liquidation.getTradeId()).isEqualTo("745210434703679");
        assertThat(Fill.of(fill)
                        .liquidation("hl", "0x360878D351f05975e25f1807a27895e1e5e004fb")
                        .getPositionSide())
                .describedAs("were it the liquidated account's own fill, it would have sold a long")
                .isEqualTo(PositionSide.LONG);
    }

    @Test
    void shouldReadFillsThatAreNoLiquidations() throws IOException {
        List<Fill> fills = Fill.all(VenueJson.parse(bytes("samples/http_user_fills_dust_conversion.json")));

        assertThat(fills).hasSize(5).isSortedAccordingTo(java.util.Comparator.comparingLong(Fill::timeMs));
        assertThat(fills).allMatch(fill -> fill.liquidation("hl", "0xa") == null);
        assertThat(fills).extracting(Fill::coin).contains("@142", "ARB");
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    private static double number(JsonNode object, String field) {
        return Double.parseDouble(object.get(field).textValue());
    }

    private static List<String> texts(List<Level> levels) {
        return levels.stream()
                .map(level ->
                        level.price().toPlainString() + " " + level.quantity().toPlainString())
                .toList();
    }

    private static List<String> texts(JsonNode levels) {
        List<String> texts = new ArrayList<>();
        levels.forEach(level ->
                texts.add(level.get("px").textValue() + " " + level.get("sz").textValue()));
        return texts;
    }
}
