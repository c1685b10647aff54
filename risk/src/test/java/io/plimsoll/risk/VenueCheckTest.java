package io.plimsoll.risk;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.pool;
import static io.plimsoll.risk.Holdings.reported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VenueCheckTest {

    private static final double TOLERANCE = 1e-6;
    private static final OpenPosition BTC = cross(linear(VenueModel.HYPERLIQUID, "BTC", flat(0.0125)), 1, 60_000);
    private static final OpenPosition ETH = cross(linear(VenueModel.HYPERLIQUID, "ETH", flat(0.02)), -10, 3000);
    private static final double BTC_LINE = (60_000 - (10_000 - 600)) / (1 - 0.0125);
    private static final double ETH_LINE = (3000 + (10_000 - 750) / 10.0) / (1 + 0.02);

    /** Now ETH is elsewhere than when the venue computed its lines. */
    private static final PriceBoard NOW = PriceBoard.of("BTC", 60_000).with("ETH", 3300);

    private static MarginPool two(@Nullable Double btcLine, @Nullable Double ethLine, @Nullable Double ethMark) {
        return pool(List.of(reported(BTC, btcLine, 60_000.0), reported(ETH, ethLine, ethMark)), cash("USDC", 10_000));
    }

    private static AccountRiskMeasures measures(MarginPool pool, @Nullable Double venueRatio) {
        return AccountRiskMeasures.of(List.of(pool), NOW, venueRatio, TOLERANCE);
    }

    @Test
    void shouldConfirmAtThePricesOfTheVenue() {
        MarginPool pool = two(BTC_LINE, ETH_LINE * (1 + 0.9 * TOLERANCE), 3000.0);

        VenueCheck check = VenueCheck.of(pool, TOLERANCE);
        AccountRiskMeasures account = measures(pool, 0.9);

        assertThat(check.confirms()).isTrue();
        assertThat(check.difference(0)).isCloseTo(0, within(1e-12));
        assertThat(check.difference(1)).isCloseTo(0.9 * TOLERANCE, within(1e-10));
        assertThat(check.isApart(1)).isFalse();
        assertThat(account.source()).isEqualTo(NumberSource.COMPUTED);
        assertThat(account.marginRatio()).isCloseTo(1410 / 7000.0, within(1e-12));
        assertThat(account.positions().get(0).liquidationPrice())
                .describedAs("ours at present prices")
                .isCloseTo(54_339.2405, within(5e-5));
    }

    @Test
    void shouldUseTheVenuesWhereTheyDiffer() {
        MarginPool pool = two(BTC_LINE, ETH_LINE * 1.01, 3000.0);

        VenueCheck check = VenueCheck.of(pool, TOLERANCE);
        AccountRiskMeasures account = measures(pool, 0.9);

        assertThat(check.confirms()).isFalse();
        assertThat(check.isApart(0)).isFalse();
        assertThat(check.isApart(1)).isTrue();
        assertThat(check.difference(1)).isCloseTo(1 - 1 / 1.01, within(1e-12));
        assertThat(account.source()).isEqualTo(NumberSource.VENUE_REPORTED);
        assertThat(account.marginRatio()).isEqualTo(0.9);
        assertThat(account.positions().get(0).liquidationPrice()).isEqualTo(BTC_LINE);
        assertThat(account.positions().get(0).source()).isEqualTo(NumberSource.VENUE_REPORTED);
        assertThat(account.positions().get(1).venueDifference()).isCloseTo(1 - 1 / 1.01, within(1e-12));
    }

    @Test
    void shouldNotCompareWithoutAllMarks() {
        MarginPool pool = two(BTC_LINE, ETH_LINE, null);

        VenueCheck check = VenueCheck.of(pool, TOLERANCE);
        AccountRiskMeasures account = measures(pool, null);

        assertThat(check.confirms()).isFalse();
        assertThat(check.isCompared(0)).isFalse();
        assertThat(check.isApart(0)).isFalse();
        assertThat(check.difference(0)).isNaN();
        assertThat(account.positions().get(0).venueDifference()).isNull();
        assertThat(account.positions().get(0).liquidationPrice()).isEqualTo(BTC_LINE);
        assertThat(account.source()).isEqualTo(NumberSource.VENUE_REPORTED);
    }

    @Test
    void shouldUseOursWhereNothingIsReported() {
        MarginPool pool = two(null, null, null);

        VenueCheck check = VenueCheck.of(pool, TOLERANCE);

        assertThat(check.confirms()).isTrue();
        assertThat(check.isCompared(0)).isFalse();
        assertThat(measures(pool, 0.9).source()).isEqualTo(NumberSource.COMPUTED);
    }

    @Test
    void shouldCompareAPositionAloneWithoutItsMark() {
        double line = (60_000 - 10_000) / (1 - 0.0125);
        OpenPosition position = reported(BTC, line, null);

        VenueCheck check = VenueCheck.of(pool(List.of(position), cash("USDC", 10_000)), TOLERANCE);

        assertThat(check.isCompared(0)).isTrue();
        assertThat(check.confirms()).isTrue();
    }

    @Test
    void shouldDifferWholeWhereWeFindNoLine() {
        VenueCheck check = VenueCheck.of(pool(List.of(reported(BTC, 40_000.0, null)), cash("USDC", 70_000)), TOLERANCE);

        assertThat(check.difference(0)).isEqualTo(1);
        assertThat(check.confirms()).isFalse();
    }

    @Test
    void shouldCompareInTheAccountsOwnMoney() {
        // A stablecoin that its record puts at 0.999: the venue's line is in that coin, whatever a dollar is.
        Contract contract = linear(VenueModel.BYBIT, "BTCUSDT", "USDT", flat(0.0125));
        OpenPosition position = reported(cross(contract, 1, 60_000), (60_000 - 10_000) / (1 - 0.0125), 60_000.0);
        Balance cash = new Balance("USDT", null, 10_000, 1, 0.999);

        VenueCheck check = VenueCheck.of(pool(List.of(position), cash), TOLERANCE);

        assertThat(check.difference(0)).isCloseTo(0, within(1e-12));
        assertThat(check.confirms()).isTrue();
    }

    @Test
    void shouldPutVenuesLinesOnTheLadderWhereTheyAreUsed() {
        MarginAccount differing = new MarginAccount(
                List.of(reported(BTC, BTC_LINE, 60_000.0), reported(ETH, ETH_LINE * 1.01, 3000.0)),
                List.of(cash("USDC", 10_000)),
                VenueModel.GENERIC);
        MarginAccount agreeing = new MarginAccount(
                List.of(reported(BTC, BTC_LINE, 60_000.0), reported(ETH, ETH_LINE, 3000.0)),
                List.of(cash("USDC", 10_000)),
                VenueModel.GENERIC);

        List<BookEntry> venues = differing.entries(NOW, TOLERANCE);
        List<BookEntry> ours = agreeing.entries(NOW, TOLERANCE);

        assertThat(venues.get(0).liquidationBucket()).isEqualTo(PriceGrid.LADDER.cell(BTC_LINE));
        assertThat(venues.get(1).liquidationBucket()).isEqualTo(PriceGrid.LADDER.cell(ETH_LINE * 1.01));
        assertThat(venues.get(0).venueLines()).isEqualTo(new VenueLines(1, 1, 0));
        assertThat(venues.get(1).venueLines()).isEqualTo(new VenueLines(1, 1, 1));
        assertThat(ours.get(0).liquidationBucket()).isEqualTo(PriceGrid.LADDER.cell(54_339.2405));
        assertThat(ours.get(0).venueLines()).isEqualTo(new VenueLines(0, 1, 0));
        assertThat(ours.get(0).cashMicroUsd() + ours.get(1).cashMicroUsd()).isEqualTo(10_000_000_000L);
        assertThat(ours.get(0).cashMicroUsd()).describedAs("by entry notional").isEqualTo(6_666_666_666L);
    }
}
