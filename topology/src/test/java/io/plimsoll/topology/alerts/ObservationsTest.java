package io.plimsoll.topology.alerts;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.alert.Contributor;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.AccountLeverageMeasures;
import io.plimsoll.schemas.avro.AccountLeverageQuantile;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeMarket;
import io.plimsoll.schemas.avro.CollateralAsset;
import io.plimsoll.schemas.avro.CollateralLoop;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.CollateralVenue;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.PositionRisk;
import io.plimsoll.schemas.avro.Rung;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.Systemicness;
import io.plimsoll.schemas.avro.TailSkew;
import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.episodes.ForcedVolume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationsTest {

    private static final long AS_OF_MS = 1_770_000_000_000L;

    @Test
    void shouldReadAMarketFromItsState() {
        Observation observation = Observations.of(marketState());

        assertThat(observation.kind()).isEqualTo(SubjectKind.MARKET);
        assertThat(observation.subject()).isEqualTo("hyperliquid:BTC");
        assertThat(observation.asOfMs()).isEqualTo(AS_OF_MS);
        assertThat(observation.stalenessMs()).isEqualTo(250);
        assertThat(observation.coverageLong()).isEqualTo(0.4);
        assertThat(observation.coverageShort()).isEqualTo(0.3);
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("markPrice", 50_000.0),
                        entry("indexGap", 0.25),
                        entry("openInterest", 12.0),
                        entry("openInterestUsd", 600_000.0),
                        entry("venueOpenInterest", 30.0),
                        entry("netSize", 3.0),
                        entry("longNotionalUsd", 600_000.0),
                        entry("shortNotionalUsd", 450_000.0),
                        entry("longEquityUsd", 60_000.0),
                        entry("shortEquityUsd", 90_000.0),
                        entry("longLeverage", 10.0),
                        entry("shortLeverage", 5.0),
                        entry("leverage", 7.0),
                        entry("leverageSkew", 1 / 3.0),
                        entry("hhi", 0.2),
                        entry("effectiveAccounts", 5.0),
                        entry("top1Share", 0.3),
                        entry("top5Share", 0.9),
                        entry("top20Share", 1.0),
                        entry("fundingRate8h", 0.0001),
                        entry("fundingImpliedSkew", 0.4),
                        entry("coverageLong", 0.4),
                        entry("coverageShort", 0.3),
                        entry("coverage", 0.3),
                        entry("linesApartShare", 0.125),
                        entry("linesCompared", 8.0),
                        entry("tailLongShare1", 0.01),
                        entry("tailShortShare1", 0.02),
                        entry("tailLongShare10", 0.1),
                        entry("stalenessMs", 250.0)));
    }

    @Test
    void shouldNotKnowWhatTheStateDoesNotSay() {
        MarketState state = marketState();
        state.setLongLeverage(null);
        state.setIndexPrice(null);
        state.setVenueLinesCompared(0);
        state.setVenueLinesApart(0);
        state.setFundingRate8h(null);

        assertThat(known(Observations.of(state)))
                .doesNotContainKeys("longLeverage", "indexGap", "linesApartShare", "fundingRate8h")
                .containsEntry("linesCompared", 0.0);
    }

    @ParameterizedTest
    @CsvSource({"system, SYSTEM", "venue:hyperliquid, VENUE", "asset:BTC, ASSET"})
    void shouldReadMarketsAddedUp(String subject, SubjectKind kind) {
        SystemState state = new SystemState();
        state.setSubject(subject);
        state.setAsOfMs(AS_OF_MS);
        state.setStalenessMs(90);
        state.setMarkets(4);
        state.setOpenInterestUsd(1e9);
        state.setLongNotionalUsd(1e9);
        state.setShortNotionalUsd(8e8);
        state.setLongEquityUsd(1e8);
        state.setShortEquityUsd(2e8);
        state.setLongLeverage(10.0);
        state.setShortLeverage(4.0);
        state.setLeverage(6.0);
        state.setLeverageSkew(3 / 7.0);
        state.setVenueOpenInterestUsd(4e9);
        state.setCoverageLong(0.25);
        state.setCoverageShort(0.2);
        state.setVenueLinesCompared(100);
        state.setVenueLinesApart(3);

        Observation observation = Observations.of(state);

        assertThat(observation.kind()).isEqualTo(kind);
        assertThat(observation.subject()).isEqualTo(subject);
        assertThat(observation.coverageShort()).isEqualTo(0.2);
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("markets", 4.0),
                        entry("openInterestUsd", 1e9),
                        entry("longNotionalUsd", 1e9),
                        entry("shortNotionalUsd", 8e8),
                        entry("longEquityUsd", 1e8),
                        entry("shortEquityUsd", 2e8),
                        entry("longLeverage", 10.0),
                        entry("shortLeverage", 4.0),
                        entry("leverage", 6.0),
                        entry("leverageSkew", 3 / 7.0),
                        entry("venueOpenInterestUsd", 4e9),
                        entry("coverageLong", 0.25),
                        entry("coverageShort", 0.2),
                        entry("coverage", 0.2),
                        entry("linesApartShare", 0.03),
                        entry("linesCompared", 100.0),
                        entry("stalenessMs", 90.0)));
    }

    @Test
    void shouldReadContagionOfTheSystemOnly() {
        Contagion contagion = new Contagion();
        contagion.setSubject("system");
        contagion.setAsOfMs(AS_OF_MS);
        contagion.setStalenessMs(1);
        contagion.setPoolsUnpriced(7);
        contagion.setSpectralRadius(0.8);
        contagion.setAggregateVulnerability(0.02);
        contagion.setWithoutEquity(3L);
        contagion.setAccountLeverage(new AccountLeverageMeasures(
                9L,
                9L,
                2L,
                1L,
                0.0,
                0.0,
                List.of(
                        new AccountLeverageQuantile(0.5, 2.0, null, 4.0, null, 1.0, null, 1.5, null),
                        new AccountLeverageQuantile(0.9, 8.0, 7.0, 20.0, 15.0, 6.0, 5.0, 12.0, 11.0)),
                List.of()));
        contagion.setVenues(List.of(new Systemicness("a", 0.01, 5.0, 0.0), new Systemicness("b", 0.01, 9.0, 0.0)));

        Observation observation = Observations.of(contagion);

        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "spectralRadius",
                        0.8,
                        "aggregateVulnerability",
                        0.02,
                        "poolsUnpriced",
                        7.0,
                        "longAccountLeverageMedian",
                        2.0,
                        "longAccountLeverageP90",
                        20.0,
                        "shortAccountLeverageP90",
                        15.0,
                        "accountsWithoutEquity",
                        3.0));
        assertThat(observation.contributors())
                .containsExactly(new Contributor("venue", "b", 9, "USD"), new Contributor("venue", "a", 5, "USD"));
        contagion.setSubject("hyperliquid:BTC");
        assertThatThrownBy(() -> Observations.of(contagion))
                .hasMessage("contagion is of hyperliquid:BTC, allowed is system");
    }

    @Test
    void shouldReadWhatLeverageRestsOn() {
        CollateralState state = new CollateralState(
                "system",
                AS_OF_MS,
                1L,
                2,
                3L,
                0L,
                100.0,
                80.0,
                40.0,
                0.4,
                0.5,
                List.of(
                        new CollateralAsset("stETH", "ETH", 2L, 70.0, 56.0, 0.0, 0.7),
                        new CollateralAsset("ETH", "ETH", 0L, 30.0, 24.0, 40.0, 0.3)),
                List.of(new CollateralVenue("aave", 100.0, 40.0, 1.0)),
                List.of(),
                List.of(new CollateralLoop("ETH", 2L, 100.0, 10.0, 1.1, 0.25, List.of())));

        Observation observation = Observations.of(state);

        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("collateralConcentration", 0.5, "largestCollateralShare", 0.7, "loopedDebtShare", 0.25));
        assertThat(observation.contributors()).containsExactly(new Contributor("venue", "aave", 100, "USD"));
        state.setCollateralUsd(0.0);
        state.setDebtUsd(0.0);
        assertThat(known(Observations.of(state))).containsOnlyKeys("collateralConcentration");
    }

    @Test
    void shouldReadAnAccount() {
        AccountRisk risk = new AccountRisk();
        risk.setVenue("hyperliquid");
        risk.setAccount("0xabc");
        risk.setAsOfMs(AS_OF_MS);
        risk.setStalenessMs(12);
        risk.setDistance(-0.018);
        risk.setMarginRatio(0.9);
        risk.setEquityUsd(-5);
        risk.setGrossNotionalUsd(2e7);
        risk.setForcedNotionalUsd(1e7);
        risk.setFundingLiquidationMs(3_600_000L);
        PositionRisk small = new PositionRisk();
        small.setSymbol("ETH");
        small.setNotionalUsd(5e6);
        PositionRisk large = new PositionRisk();
        large.setSymbol("BTC");
        large.setNotionalUsd(1.5e7);
        risk.setPositions(List.of(small, large));

        Observation observation = Observations.of(risk);

        assertThat(observation.subject()).isEqualTo("hyperliquid:0xabc");
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "distance", 0.018,
                        "marginRatio", 0.9,
                        "equityUsd", -5.0,
                        "grossNotionalUsd", 2e7,
                        "grossLeverage", Double.POSITIVE_INFINITY,
                        "forcedNotionalUsd", 1e7,
                        "fundingLiquidationMs", 3.6e6,
                        "interestLiquidationMs", Double.POSITIVE_INFINITY,
                        "stalenessMs", 12.0));
        assertThat(observation.contributors())
                .containsExactly(
                        new Contributor("market", "hyperliquid:BTC", 1.5e7, "USD"),
                        new Contributor("market", "hyperliquid:ETH", 5e6, "USD"));
    }

    @Test
    void shouldReadDepthBetweenItsBandsButNotBeyondThem() {
        Depth depth = new Depth(
                "binance",
                "BTCUSDT",
                50_000.0,
                List.of(new DepthLevel(0.005, 10.0, 20.0, null, null), new DepthLevel(0.02, 40.0, 50.0, null, null)));

        Observation observation = Observations.of(depth, AS_OF_MS);

        assertThat(observation.subject()).isEqualTo("binance:BTCUSDT");
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bidDepth1", 20.0, "askDepth1", 30.0, "bidDepth2", 40.0, "askDepth2", 50.0));
    }

    @Test
    void shouldReadWhatWasLiquidated() {
        Observation observation = Observations.of("okx:BTC-USDT-SWAP", new ForcedVolume(3e6, 1e6, 1e7, 2e6), AS_OF_MS);

        assertThat(observation.asOfMs()).isEqualTo(AS_OF_MS);
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "liquidatedUsd5m", 4e6,
                        "liquidatedLongUsd5m", 3e6,
                        "liquidatedShortUsd5m", 1e6,
                        "liquidatedUsd1h", 1.2e7));
    }

    @Test
    void shouldReadARunningEpisodeAndNothingOfOneThatIsOver() {
        CascadeEpisode episode = new CascadeEpisode();
        episode.setSubject("system");
        episode.setAsOfMs(AS_OF_MS);
        episode.setForcedUsd(2e7);
        episode.setThresholdUsd(5e6);
        episode.setMarkets(List.of(new CascadeMarket("sim:ETH", 0L, 0.0, 1e6, 2e6, 3, false)));

        Observation running = Observations.of(episode);
        episode.setIsFinal(true);
        Observation over = Observations.of(episode);

        assertThat(running.kind()).isEqualTo(SubjectKind.SYSTEM);
        assertThat(known(running))
                .containsExactlyInAnyOrderEntriesOf(Map.of("episodeUsd", 2e7, "episodeStrength", 4.0));
        assertThat(running.contributors()).containsExactly(new Contributor("market", "sim:ETH", 3e6, "USD"));
        assertThat(known(over)).containsExactlyInAnyOrderEntriesOf(Map.of("episodeUsd", 0.0, "episodeStrength", 0.0));
    }

    @Test
    void shouldReadAClosedWindowAtItsEnd() {
        WindowState window = new WindowState(
                "sim:BTC",
                300_000L,
                AS_OF_MS,
                true,
                AS_OF_MS + 290_000,
                700L,
                0.5,
                null,
                280,
                2,
                1,
                List.of(
                        new WindowMetric("markPrice", 100.0, 120.0, 96.0, 110.0, 105.0),
                        new WindowMetric("leverageSkew", -0.2, 0.1, -0.4, 0.0, -0.1)));

        Observation observation = Observations.of(window);

        assertThat(observation.kind()).isEqualTo(SubjectKind.WINDOW);
        assertThat(observation.subject()).isEqualTo("sim:BTC@5m");
        assertThat(observation.asOfMs()).isEqualTo(AS_OF_MS + 300_000);
        assertThat(observation.stalenessMs()).isEqualTo(10_700);
        assertThat(observation.coverageLong()).isEqualTo(0.5);
        assertThat(observation.coverageShort()).isNull();
        Map<String, Double> known = known(observation);
        assertThat(known)
                .containsOnlyKeys(
                        "markPriceOpen",
                        "markPriceHigh",
                        "markPriceLow",
                        "markPriceClose",
                        "markPriceMean",
                        "markPriceMove",
                        "markPriceRange",
                        "leverageSkewOpen",
                        "leverageSkewHigh",
                        "leverageSkewLow",
                        "leverageSkewClose",
                        "leverageSkewMean",
                        "samples",
                        "lateSamples",
                        "minCoverageLong",
                        "stalenessMs")
                .containsEntry("markPriceOpen", 100.0)
                .containsEntry("markPriceHigh", 120.0)
                .containsEntry("markPriceLow", 96.0)
                .containsEntry("markPriceClose", 110.0)
                .containsEntry("markPriceMean", 105.0)
                .containsEntry("leverageSkewLow", -0.4)
                .containsEntry("samples", 280.0)
                .containsEntry("minCoverageLong", 0.5)
                .containsEntry("stalenessMs", 700.0);
        assertThat(known.get("markPriceMove")).isCloseTo(0.1, within(1e-12));
        assertThat(known.get("markPriceRange")).isCloseTo(0.25, within(1e-12));

        window.setIsFinal(false);
        assertThatThrownBy(() -> Observations.of(window)).hasMessage("the window of sim:BTC is not final");
    }

    @Test
    void shouldReadAFeed() {
        Observation observation = Observations.of(
                "prices:hyperliquid", new FeedReading(30_000, 2_000, -40, 1, Double.NaN, 0.02), AS_OF_MS);

        assertThat(observation.kind()).isEqualTo(SubjectKind.FEED);
        assertThat(observation.stalenessMs()).isEqualTo(2_000);
        assertThat(known(observation))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "silenceMs", 30_000.0,
                        "stalenessMs", 2_000.0,
                        "skewMs", -40.0,
                        "frozenMarkets", 1.0,
                        "deadLetterShare", 0.02));
    }

    @Test
    void shouldNameTheLargestAccountsOfALadder() {
        Ladder ladder = new Ladder();
        ladder.setMarkPrice(100.0);
        ladder.setLiquidation(List.of(
                rung(49, "far", 9.0, null),
                rung(91, "small", 1.0, null),
                rung(95, "large", 3.0, null),
                rung(96, null, 7.0, "short")));

        List<Contributor> longs = Contributors.of(ladder, true, 0.1);
        List<Contributor> shorts = Contributors.of(ladder, false, 0.1);

        assertThat(longs)
                .containsExactly(
                        new Contributor("account", "large", 3, "base units"),
                        new Contributor("account", "small", 1, "base units"));
        assertThat(shorts).containsExactly(new Contributor("account", "short", 2, "base units"));
    }

    /** The metrics that are known, by name. */
    static Map<String, Double> known(Observation observation) {
        List<String> names = Metrics.names(observation.kind());
        assertThat(observation.values()).hasSize(names.size());
        Map<String, Double> known = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!Double.isNaN(observation.values()[i])) {
                known.put(names.get(i), observation.values()[i]);
                assertThat(Metrics.place(observation.kind(), names.get(i))).isEqualTo(i);
            }
        }
        return known;
    }

    private static Rung rung(double price, String longAccount, double longSize, String shortAccount) {
        Rung rung = new Rung();
        rung.setLowerPrice(price);
        rung.setUpperPrice(price + 0.1);
        rung.setLargestLongAccount(longAccount);
        rung.setLargestLongSize(longSize);
        rung.setLargestShortAccount(shortAccount);
        rung.setLargestShortSize(shortAccount == null ? null : 2.0);
        return rung;
    }

    private static MarketState marketState() {
        MarketState state = new MarketState();
        state.setVenue("hyperliquid");
        state.setSymbol("BTC");
        state.setAsOfMs(AS_OF_MS);
        state.setStalenessMs(250);
        state.setMarkPrice(50_000);
        state.setIndexPrice(40_000.0);
        state.setOpenInterest(12);
        state.setOpenInterestUsd(600_000);
        state.setVenueOpenInterest(30.0);
        state.setNetSize(3);
        state.setLongNotionalUsd(600_000);
        state.setShortNotionalUsd(450_000);
        state.setLongEquityUsd(60_000);
        state.setShortEquityUsd(90_000);
        state.setLongLeverage(10.0);
        state.setShortLeverage(5.0);
        state.setLeverage(7.0);
        state.setLeverageSkew(1 / 3.0);
        state.setHhi(0.2);
        state.setEffectiveAccounts(5.0);
        state.setTop1Share(0.3);
        state.setTop5Share(0.9);
        state.setTop20Share(1.0);
        state.setFundingRate8h(0.0001);
        state.setFundingImpliedSkew(0.4);
        state.setCoverageLong(0.4);
        state.setCoverageShort(0.3);
        state.setVenueLinesCompared(8);
        state.setVenueLinesApart(1);
        state.setTailSkew(List.of(new TailSkew(0.01, 0.01, 0.02, -0.01), new TailSkew(0.1, 0.1, null, null)));
        return state;
    }
}
