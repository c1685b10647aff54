package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.LadderSeries;
import io.plimsoll.schemas.avro.Rung;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One market's ladders from scratch. */
final class LadderRecount {

    /** What stands in one bucket; mutable. */
    private static final class Sum {
        private BigInteger longLots = BigInteger.ZERO;
        private BigInteger shortLots = BigInteger.ZERO;
        private int longPositions;
        private int shortPositions;
    }

    private LadderRecount() {}

    static Ladder ladder(MarketRecount market) {
        Double openInterest = market.venueOpenInterest();
        Ladder ladder = new Ladder();
        ladder.setVenue(market.instrument().getVenue());
        ladder.setSymbol(market.instrument().getSymbol());
        ladder.setAsOfMs(market.asOfMs());
        ladder.setStalenessMs(market.stalenessMs());
        ladder.setFormulaVersion(MarketRecount.FORMULA_VERSION);
        ladder.setBucketWidth(Exact.BUCKET_WIDTH);
        ladder.setMarkPrice(market.price() == null ? null : Double.valueOf(market.valuation()));
        ladder.setCoverageLong(market.side(true).coverage(openInterest));
        ladder.setCoverageShort(market.side(false).coverage(openInterest));
        ladder.setLiquidation(rungs(market, its -> its.liquidation().bucket()));
        ladder.getLiquidation().forEach(rung -> addExtras(market, rung));
        ladder.setBankruptcy(rungs(market, its -> its.bankruptcy().bucket()));
        ladder.setSeries(
                market.instrument().getKind() == ContractKind.OPTION ? LadderSeries.MODELLED : LadderSeries.OBSERVED);
        ladder.setUnliquidatableLongSize(market.size(market.unliquidatableLots(true)));
        ladder.setUnliquidatableShortSize(market.size(market.unliquidatableLots(false)));
        return ladder;
    }

    private static List<Rung> rungs(MarketRecount market, Function<Contribution, @Nullable Integer> bucketOf) {
        Map<Integer, Sum> sums = new TreeMap<>();
        for (Contribution contribution : market.contributions()) {
            Integer bucket = bucketOf.apply(contribution);
            if (bucket == null) {
                continue;
            }
            Sum sum = sums.computeIfAbsent(bucket, none -> new Sum());
            BigInteger lots = contribution.open().lots().abs();
            if (contribution.open().isLong()) {
                sum.longLots = sum.longLots.add(lots);
                sum.longPositions++;
            } else {
                sum.shortLots = sum.shortLots.add(lots);
                sum.shortPositions++;
            }
        }
        List<Rung> rungs = new ArrayList<>();
        sums.forEach((bucket, sum) -> {
            Rung rung = new Rung();
            rung.setBucket(bucket);
            rung.setLowerPrice(StrictMath.exp(bucket * Exact.BUCKET_WIDTH));
            rung.setUpperPrice(StrictMath.exp((bucket + 1) * Exact.BUCKET_WIDTH));
            rung.setLongSize(size(market, bucket, sum.longLots));
            rung.setShortSize(size(market, bucket, sum.shortLots));
            rung.setLongPositions(sum.longPositions);
            rung.setShortPositions(sum.shortPositions);
            rungs.add(rung);
        });
        return rungs;
    }

    /** Penalties; of the largest position nothing need be said. */
    private static void addExtras(MarketRecount market, Rung rung) {
        rung.setLongPenaltyUsd(penaltyUsd(market, rung.getBucket(), rung.getLongSize()));
        rung.setShortPenaltyUsd(penaltyUsd(market, rung.getBucket(), rung.getShortSize()));
    }

    static double penaltyUsd(MarketRecount market, int bucket, double size) {
        double quoteUsd = market.price() == null ? 1 : market.price().getQuotePriceUsd();
        return size * Exact.middleOf(bucket) * market.instrument().getLiquidationFeeRate() * quoteUsd;
    }

    /** Base units; of an inverse contract at the middle of the bucket. */
    static double size(MarketRecount market, int bucket, BigInteger lots) {
        double size = Exact.wireSize(lots, market.instrument().getSizeDecimals());
        return market.isInverse() ? size / Exact.middleOf(bucket) : size;
    }
}
