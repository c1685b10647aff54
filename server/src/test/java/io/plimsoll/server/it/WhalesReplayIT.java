package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.TippingPoint;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.server.it.WhaleFiles.Snapshot;
import io.plimsoll.server.it.WhaleFiles.Whale;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Positions of large accounts through the fall of 5 and 6 February 2026, snapshot by snapshot through the monitor on a
 * real broker. Ladders must equal a recount of the raw files, bucket by bucket, and cascade risks must hold between them
 * what a liquidation of one position after the other leads to.
 *
 * <p>The files have neither depth nor collateral: the ladder stands on the venue's own liquidation prices, and the impact
 * is the square root of a day's volume. That was recorded until 4 February, and stays what it was then.
 */
class WhalesReplayIT {

    private static final Instant END = Instant.parse("2026-02-07T00:00:00Z");
    private static final int SNAPSHOTS = 23;
    private static final String VENUE = "hyperliquid";
    private static final List<String> COINS = List.of("BTC", "ETH", "SOL");
    private static final Map<String, Integer> SIZE_DECIMALS = Map.of("BTC", 5, "ETH", 4, "SOL", 2);
    private static final Map<String, Double> MAX_LEVERAGE = Map.of("BTC", 40.0, "ETH", 25.0, "SOL", 20.0);

    private static final double BUCKET = 0.001;
    private static final double ROUNDING = 1e-9;

    /** Two directions, three haircuts of depth. */
    private static final int OUTCOMES = 6;

    private final Map<String, Double> dayVolumes = new TreeMap<>();
    private int compared;
    private int tips;

    @Test
    void shouldGiveLadderAndCascadeRiskOfEverySnapshotAsTheRawFilesDo(@TempDir Path dir) throws Exception {
        List<Snapshot> snapshots = new WhaleFiles(SharedData.folder("hyperliquid-whales-feb2026")).before(END, COINS);
        assertThat(snapshots).hasSize(SNAPSHOTS);
        Oracle oracle = new Oracle();

        try (Scene scene = new Scene(dir, 2, Map.of())) {
            TopicReader<CascadeRisk> cascades = scene.reader(Topics.CASCADE_RISK);
            scene.startMonitor("only", 1);
            scene.feed(instruments(snapshots.get(0).timeMs()), oracle);
            Snapshot before = new Snapshot(0, Map.of(), Map.of());
            for (Snapshot snapshot : snapshots) {
                COINS.forEach(coin -> {
                    if (snapshot.dayVolumes().containsKey(coin)) {
                        dayVolumes.put(coin, snapshot.dayVolumes().get(coin));
                    }
                });
                scene.feed(log(before, snapshot), oracle);
                for (String coin : COINS) {
                    String market = VENUE + ":" + coin;
                    scene.await(market + " at " + Instant.ofEpochMilli(snapshot.timeMs()))
                            .untilAsserted(() -> {
                                assertSameLadder(scene.ladders().get(market), snapshot, coin);
                                assertBracketed(cascades.latest().get(market), snapshot, coin);
                            });
                    compared++;
                    tips += cascades.latest().get(market).getOutcomes().stream()
                            .mapToInt(outcome -> outcome.getTippingPoints().size())
                            .sum();
                }
                before = snapshot;
            }
            scene.awaitEqual(oracle, "the last snapshot");
        }

        System.out.printf(
                "WhalesReplayIT: %d ladders and cascade risks of %d snapshots as the raw files, %d tipping points in them%n",
                compared, snapshots.size(), tips);
        assertThat(compared).isEqualTo(SNAPSHOTS * COINS.size());
    }

    private static List<LogRecord> instruments(long timeMs) {
        List<LogRecord> log = new ArrayList<>();
        for (String coin : COINS) {
            double maxLeverage = MAX_LEVERAGE.get(coin);
            Instrument instrument = new Instrument(
                    VENUE,
                    coin,
                    ContractKind.LINEAR_PERPETUAL,
                    coin,
                    "USDC",
                    "USDC",
                    1.0,
                    SIZE_DECIMALS.get(coin),
                    List.of(new MarginTier(0.0, 0.5 / maxLeverage, null, maxLeverage)),
                    "2026-02-04",
                    TriggerPrice.MARK,
                    OpenInterestUnit.BASE,
                    OpenInterestSides.SINGLE,
                    0.0001,
                    0.0005,
                    MarginModel.HYPERLIQUID,
                    0.0,
                    0.0,
                    8,
                    false);
            log.add(new LogRecord(Topics.INSTRUMENTS.name(), VENUE + ":" + coin, timeMs, instrument));
        }
        return log;
    }

    /** Prices, tombstones of what is not in the sample any more, and all positions. */
    private List<LogRecord> log(Snapshot before, Snapshot snapshot) {
        List<LogRecord> log = new ArrayList<>();
        for (String coin : COINS) {
            Price price = new Price(
                    VENUE, coin, snapshot.mark(coin), null, null, null, null, 1.0, dayVolumes.get(coin), null);
            log.add(new LogRecord(Topics.PRICES.name(), VENUE + ":" + coin, snapshot.timeMs(), price));
        }
        before.whales().keySet().stream()
                .filter(key -> !snapshot.whales().containsKey(key))
                .forEach(key -> log.add(position(key, snapshot.timeMs(), null)));
        snapshot.whales().forEach((key, whale) -> log.add(position(key, snapshot.timeMs(), whale)));
        return log;
    }

    private static LogRecord position(String key, long timeMs, @Nullable Whale whale) {
        Position position = whale == null
                ? null
                : new Position(
                        VENUE,
                        whale.account(),
                        whale.coin(),
                        whale.size(),
                        whale.entry(),
                        MarginMode.CROSS,
                        null,
                        null,
                        whale.line(),
                        whale.mark(),
                        null,
                        null,
                        null,
                        null);
        return new LogRecord(Topics.POSITIONS.name(), VENUE + ":" + key, timeMs, position);
    }

    private static void assertSameLadder(Ladder ladder, Snapshot snapshot, String coin) {
        assertThat(ladder).isNotNull();
        assertThat(ladder.getAsOfMs()).isEqualTo(snapshot.timeMs());
        TreeMap<Integer, double[]> expected = new TreeMap<>();
        for (Whale whale : snapshot.of(coin)) {
            int bucket = (int) Math.floor(StrictMath.log(whale.line()) / BUCKET);
            double[] sizes = expected.computeIfAbsent(bucket, none -> new double[4]);
            sizes[whale.size() > 0 ? 0 : 1] += Math.abs(whale.size());
            sizes[whale.size() > 0 ? 2 : 3]++;
        }
        assertThat(ladder.getLiquidation()).hasSameSizeAs(expected.values());
        ladder.getLiquidation()
                .forEach(rung -> assertThat(expected.get(rung.getBucket()))
                        .describedAs("%s bucket %d", coin, rung.getBucket())
                        .containsExactly(
                                new double[] {
                                    rung.getLongSize(),
                                    rung.getShortSize(),
                                    rung.getLongPositions(),
                                    rung.getShortPositions()
                                },
                                within(1e-6)));
    }

    private void assertBracketed(CascadeRisk risk, Snapshot snapshot, String coin) {
        assertThat(risk).isNotNull();
        assertThat(risk.getAsOfMs()).isEqualTo(snapshot.timeMs());
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.DAY_VOLUME);
        assertThat(risk.getOutcomes()).hasSize(OUTCOMES);
        for (CascadeOutcome outcome : risk.getOutcomes()) {
            OneByOne market = new OneByOne(
                    snapshot.of(coin),
                    outcome.getDirection() == ShockDirection.FALL ? 1 : -1,
                    dayVolumes.get(coin) * outcome.getDepthHaircut());
            for (ShockOutcome shock : outcome.getShocks()) {
                OneByOne.Rest rest = market.rest(snapshot.mark(coin) * (1 + shock.getShock()));
                assertThat(rest.price())
                        .describedAs("%s rests after %s", coin, shock)
                        .isBetween(
                                shock.getRestingPriceLow() * (1 - ROUNDING),
                                shock.getRestingPriceHigh() * (1 + ROUNDING));
                assertThat(rest.size())
                        .describedAs("%s is forced after %s", coin, shock)
                        .isBetween(shock.getForcedSizeLow() - ROUNDING, shock.getForcedSizeHigh() + ROUNDING);
            }
            outcome.getTippingPoints().forEach(tip -> assertTips(market, tip));
        }
    }

    /**
     * Published are tips of the pessimistic reading, at most one bucket before the true ones: a bucket further the price
     * is carried to the landing or beyond, and before the threshold it does not get beyond the entry.
     */
    private static void assertTips(OneByOne market, TippingPoint tip) {
        double further = Math.exp(-market.side() * BUCKET);
        double carried = market.rest(tip.getThresholdPrice() * further).price();
        double landing = tip.getLandingPrice() * further;
        assertThat(market.side() * Math.log(carried / landing))
                .describedAs("%s carries to its landing", tip)
                .isLessThan(ROUNDING);
        double before = market.rest(tip.getThresholdPrice() * Math.exp(market.side() * 1e-7))
                .price();
        assertThat(market.side() * Math.log(before / tip.getEntryPrice()))
                .describedAs("%s begins at its entry", tip)
                .isGreaterThan(-1e-6);
    }
}
