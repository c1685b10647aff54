package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.SystemState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MonitorTopologyTest {

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @Test
    void shouldCountOpenInterestOnce() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100);

        monitor.cross("a", "BTC", 10, 100)
                .cross("b", "BTC", -6, 100)
                .cross("c", "BTC", -4, 100)
                .settle();

        MarketState market = monitor.market("BTC");
        assertThat(market.getOpenInterest()).isEqualTo(10);
        assertThat(market.getOpenInterestUsd()).isEqualTo(1000);
        assertThat(market.getNetSize()).isZero();
        assertThat(market.getShortPositions()).isEqualTo(2);
    }

    @Test
    void shouldAddUpLeverageOfTwoWallets() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100).cash("long", 10).cash("short", 50);

        monitor.cross("long", "BTC", 1, 100).cross("short", "BTC", -1, 100).settle();

        MarketState market = monitor.market("BTC");
        assertThat(market.getLongLeverage()).isEqualTo(10);
        assertThat(market.getShortLeverage()).isEqualTo(2);
        assertThat(market.getLeverageSkew()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(market.getLeverageLogRatio()).isCloseTo(1.6094, within(1e-4));
    }

    @Test
    void shouldMoveWithThePriceAlone() {
        monitor.instrument("BTC", 5, 40)
                .price("BTC", 100)
                .cash("a", 50)
                .cross("a", "BTC", 1, 100)
                .settle();

        monitor.at(1).price("BTC", 110).settle();

        MarketState market = monitor.market("BTC");
        assertThat(market.getLongNotionalUsd()).isEqualTo(110);
        assertThat(market.getLongEquityUsd()).isEqualTo(60);
        assertThat(market.getLongUnrealisedUsd()).isEqualTo(10);
    }

    @Test
    void shouldComeBackToZeroWhenAllIsClosed() {
        monitor.instrument("BTC", 5, 40)
                .instrument("ETH", 4, 25)
                .price("BTC", 100)
                .price("ETH", 10);
        monitor.cash("a", 33.333333)
                .cross("a", "BTC", 0.33333, 99.7)
                .cross("a", "ETH", -7.1111, 10.3)
                .settle();

        monitor.at(1).closed("a", "BTC").closed("a", "ETH").settle();

        MarketState market = monitor.market("BTC");
        assertThat(market.getOpenInterest()).isZero();
        assertThat(market.getLongEquityUsd()).isZero();
        assertThat(market.getHhi()).isNull();
        assertThat(monitor.ladders().get("test:BTC").getLiquidation()).isEmpty();
        assertThat(monitor.systems().get("system").getLongPositions()).isZero();
        assertThat(monitor.systems().get("system").getLongEquityUsd()).isZero();
    }

    @Test
    void shouldKeepTheNewestOfRecordsThatArriveInDisorder() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100);
        monitor.at(5).cross("a", "BTC", 3, 100);

        monitor.at(4).cross("a", "BTC", 9, 100).settle();

        assertThat(monitor.market("BTC").getLongSize()).isEqualTo(3);
    }

    @Test
    void shouldNotOpenAgainWhatWasClosedLater() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100).at(1).cross("a", "BTC", 3, 100);

        monitor.at(5).closed("a", "BTC").at(4).cross("a", "BTC", 9, 100).settle();

        assertThat(monitor.market("BTC").getLongSize()).isZero();
    }

    @Test
    void shouldTakeUpPositionsThatComeBeforeTheirInstrument() {
        monitor.cross("a", "BTC", 3, 100).price("BTC", 100).settle();
        assertThat(monitor.markets()).isEmpty();

        monitor.instrument("BTC", 5, 40).settle();

        assertThat(monitor.market("BTC").getLongSize()).isEqualTo(3);
    }

    @Test
    void shouldSayHowMuchOfEachSideIsObserved() {
        monitor.instrument("BTC", 5, 40).cross("a", "BTC", 3, 100).cross("b", "BTC", -1, 100);

        monitor.price(new Price(MonitorFixture.VENUE, "BTC", 100.0, 101.0, 0.0003 / 8, 1.0, 12.0, 1.0, null, null))
                .settle();

        MarketState market = monitor.market("BTC");
        assertThat(market.getCoverageLong()).isEqualTo(0.25);
        assertThat(market.getCoverageShort()).isCloseTo(1.0 / 12, within(1e-15));
        assertThat(market.getFundingRate8h()).isCloseTo(0.0003, within(1e-18));
        assertThat(market.getFundingImpliedSkew()).isCloseTo(0.4, within(1e-12));
        assertThat(market.getIndexPrice()).isEqualTo(101);
    }

    @Test
    void shouldAddMarketsUpByVenueAssetAndAll() {
        monitor.instrument("BTC", 5, 40)
                .instrument("ETH", 4, 25)
                .price("BTC", 100)
                .price("ETH", 10);

        monitor.cash("a", 20)
                .cross("a", "BTC", 1, 100)
                .cash("b", 10)
                .cross("b", "ETH", 5, 10)
                .settle();

        SystemState system = monitor.systems().get("system");
        assertThat(monitor.systems().keySet())
                .containsExactlyInAnyOrder("system", "venue:test", "asset:BTC", "asset:ETH");
        assertThat(system.getMarkets()).isEqualTo(2);
        assertThat(system.getLongNotionalUsd()).isEqualTo(150);
        assertThat(system.getLongLeverage()).isEqualTo(5);
        assertThat(monitor.systems().get("asset:ETH").getOpenInterestUsd()).isEqualTo(50);
    }

    @Test
    void shouldMoveACrossLiquidationPriceWhenTheOtherMarketMoves() {
        monitor.instrument("BTC", 5, 40)
                .instrument("ETH", 4, 25)
                .price("BTC", 60_000)
                .price("ETH", 3_000);
        monitor.cash("a", 10_000)
                .cross("a", "BTC", 1, 60_000)
                .cross("a", "ETH", -10, 3_000)
                .settle();
        double before = longRungPrice();

        monitor.at(1).price("ETH", 3_300).settle();

        assertThat(before).isCloseTo(51_240.5, within(51_240.5 * 0.0025));
        assertThat(longRungPrice()).isCloseTo(54_339.2, within(54_339.2 * 0.0025));
    }

    private double longRungPrice() {
        return monitor.ladders().get("test:BTC").getLiquidation().get(0).getLowerPrice();
    }
}
