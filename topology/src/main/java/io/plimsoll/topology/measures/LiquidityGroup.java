package io.plimsoll.topology.measures;

import io.plimsoll.risk.RobustScore;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.risk.liquidity.DepthResilience;
import io.plimsoll.risk.liquidity.ShotsOfDepth;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ForcedAgainstDepth;
import io.plimsoll.schemas.avro.LiquidityMeasures;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.depth.BelievedDepth;
import io.plimsoll.topology.markets.LadderMoment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the book could take, and how it recovers. */
final class LiquidityGroup implements GroupMeasures {

    private static final double[] DISTANCES = {0.01, 0.02, 0.05};

    /** Fewest hours from which it is told what is usual. */
    private static final int FEWEST_HOURS = 24;

    private final KeyValueStore<String, KnownDepth> depths;
    private final AvroDeserializer<Depth> depthReader;
    private final Map<String, DepthMemory> memories = new HashMap<>();

    LiquidityGroup(KeyValueStore<String, KnownDepth> depths, AvroDeserializer<Depth> depthReader) {
        this.depths = depths;
        this.depthReader = depthReader;
    }

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        LadderMoment ladder = market.ladder();
        if (ladder == null || ladder.contract().shape() == Shape.OPTION) {
            return; // what an option's hedge forces meets another market's book
        }
        UsableDepth depth = market.depth();
        LiquidityMeasures written = new LiquidityMeasures();
        written.setDepthState(DepthQuality.valueOf((market.cascade() == null
                        ? DepthState.MISSING
                        : market.cascade().depthState())
                .name()));
        written.setBands(bands(market, ladder));
        if (depth != null) {
            written.setDepthTimeMs(depth.timeMs());
            into.setStalenessMs(Math.max(into.getStalenessMs(), into.getAsOfMs() - depth.timeMs()));
            writeRoundTrip(market, written);
        }
        writeResilience(market, written);
        into.setLiquidity(written);
    }

    private static List<ForcedAgainstDepth> bands(MeasuredMarket market, LadderMoment ladder) {
        List<ForcedAgainstDepth> bands = new ArrayList<>();
        for (double distance : DISTANCES) {
            ShotsOfDepth shots = ShotsOfDepth.of(
                    distance,
                    market.depth(),
                    ladder.liquidation(),
                    ladder.contract(),
                    market.state().getMarkPrice(),
                    market.state().getQuotePriceUsd());
            bands.add(new ForcedAgainstDepth(
                    distance,
                    shots.bidUsd(),
                    shots.askUsd(),
                    shots.forcedSaleUsd(),
                    shots.forcedPurchaseUsd(),
                    shots.saleShots(),
                    shots.purchaseShots()));
        }
        return bands;
    }

    /** Only where no band of the book is in doubt: a crossed or frozen one costs what it says to nobody. */
    private void writeRoundTrip(MeasuredMarket market, LiquidityMeasures into) {
        KnownDepth known = depths.get(market.market());
        if (known == null || into.getDepthState() != DepthQuality.LIVE) {
            return;
        }
        Depth depth = BelievedDepth.read(known.getNewest(), depthReader);
        DepthLevel nearest = depth.getLevels().get(0);
        Double bid = nearest.getBidAveragePrice();
        Double ask = nearest.getAskAveragePrice();
        if (bid != null && ask != null) {
            into.setRoundTripCost((ask - bid) / depth.getMidPrice());
            into.setRoundTripDistance(nearest.getDistance());
        }
    }

    private void writeResilience(MeasuredMarket market, LiquidityMeasures into) {
        DepthMemory memory = memory(market);
        into.setSamples(memory.samples());
        into.setHistoryMs(memory.historyMs());
        double now = market.depthUsd();
        into.setDepthUsd(orNull(now));
        into.setUsualDepthUsd(orNull(memory.usualUsd()));
        into.setDepthRatio(memory.usualUsd() > 0 ? orNull(now / memory.usualUsd()) : null);
        into.setRecoveryHalfLifeMs(
                Double.isNaN(memory.halfLifeSteps())
                        ? null
                        : (Long) Math.round(memory.halfLifeSteps() * Grid.MINUTES.stepMs()));
    }

    /** Worked out where a minute has begun, not with every record. */
    private DepthMemory memory(MeasuredMarket market) {
        long minuteMs = market.history().newestMs(Grid.MINUTES);
        DepthMemory known = memories.get(market.market());
        if (known == null || known.minuteMs() != minuteMs) {
            known = DepthMemory.of(market.history(), minuteMs);
            memories.put(market.market(), known);
        }
        return known;
    }

    /** What remembered depth comes to, as of the newest minute. */
    private record DepthMemory(long minuteMs, int samples, long historyMs, double usualUsd, double halfLifeSteps) {

        static DepthMemory of(MarketHistory history, long minuteMs) {
            double[] hours = history.hours(Series.DEPTH_USD);
            int samples = Grid.known(hours);
            return new DepthMemory(
                    minuteMs,
                    samples,
                    Grid.HOURS.spanMs(hours),
                    samples < FEWEST_HOURS ? Double.NaN : RobustScore.median(hours),
                    DepthResilience.halfLifeSteps(history.minutes(Series.DEPTH_USD)));
        }
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
