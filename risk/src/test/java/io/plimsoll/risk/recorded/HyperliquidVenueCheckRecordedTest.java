package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.VenueCheck;
import io.plimsoll.risk.VenueLines;
import io.plimsoll.risk.VenueModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same two accounts as the monitor takes them: ours where the venue's prices confirm them, else the venue's. */
class HyperliquidVenueCheckRecordedTest {

    private static final double AS_EXACT_AS_REPORTED = 1e-9;
    private static final double AS_SET_BY_DEFAULT = 0.001;

    @Test
    void shouldUseItsOwnPricesForTheAccountThatCanBeRebuilt() {
        MarginAccount whale = account("clearinghouse_whale.json");

        VenueLines lines = linesOf(whale, AS_EXACT_AS_REPORTED);

        assertThat(lines).isEqualTo(new VenueLines(0, 33, 0));
    }

    @Test
    void shouldFallBackToTheVenuesPricesWhereTheyImplyHiddenCollateral() {
        MarginAccount small = account("clearinghouse_small.json");

        VenueLines lines = linesOf(small, AS_SET_BY_DEFAULT);

        MarginPool pool = small.pools().get(0);
        VenueCheck check = VenueCheck.of(pool, AS_SET_BY_DEFAULT);
        assertThat(check.confirms()).isFalse();
        assertThat(check.difference(0)).isGreaterThan(0.05);
        assertThat(lines).isEqualTo(new VenueLines(3, 3, 3));
    }

    private static VenueLines linesOf(MarginAccount account, double tolerance) {
        return account.entries(PriceBoard.of("BTC", 1), tolerance).stream()
                .map(entry -> entry.venueLines())
                .reduce(VenueLines.NONE, VenueLines::plus);
    }

    /** Restated at the marks: with the account's value as cash and no profit yet, the lines are the same. */
    private static MarginAccount account(String file) {
        JsonNode state = SharedData.json(
                SharedData.folder("hyperliquid-clearinghouse").resolve("full").resolve(file));
        List<OpenPosition> positions = new ArrayList<>();
        for (JsonNode entry : state.get("assetPositions")) {
            JsonNode position = entry.get("position");
            String coin = position.get("coin").asText();
            double size = position.get("szi").asDouble();
            double mark = Math.abs(position.get("positionValue").asDouble() / size);
            JsonNode reported = position.get("liquidationPx");
            positions.add(Holdings.reported(
                    Holdings.cross(
                            Holdings.linear(
                                    VenueModel.HYPERLIQUID,
                                    coin,
                                    HyperliquidTables.of(
                                            coin, position.get("maxLeverage").asDouble())),
                            size,
                            mark),
                    reported.isNull() ? null : (Double) reported.asDouble(),
                    mark));
        }
        double value = state.at("/crossMarginSummary/accountValue").asDouble();
        return new MarginAccount(positions, List.of(new Balance("USDC", null, value, 1, 1)), VenueModel.HYPERLIQUID);
    }
}
