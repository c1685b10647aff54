package io.plimsoll.benchmarks;

import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The markets of all measurements: twenty, from half a dollar to sixty thousand, the first the most traded. */
final class BenchMarkets {

    static final String VENUE = "bench";
    static final int COUNT = 20;

    private static final double LARGEST_PRICE = 60_000;
    private static final double PRICE_STEP = 1.85;

    /** Chance of a position to be in this market or an earlier one: the n-th market has weight 1 / n. */
    private static final double[] UP_TO = cumulativePopularity();

    private BenchMarkets() {}

    static String symbol(int market) {
        return "M" + (market + 1);
    }

    /** The market of a symbol. */
    static int number(String symbol) {
        return Integer.parseInt(symbol.substring(1)) - 1;
    }

    static double startPrice(int market) {
        return LARGEST_PRICE / Math.pow(PRICE_STEP, market);
    }

    /** A lot is worth a dollar at most. */
    static int sizeDecimals(int market) {
        return Math.max(0, (int) Math.ceil(Math.log10(startPrice(market))));
    }

    static int byPopularity(SplittableRandom random) {
        double drawn = random.nextDouble();
        int market = 0;
        while (market < COUNT - 1 && UP_TO[market] < drawn) {
            market++;
        }
        return market;
    }

    static List<Instrument> instruments() {
        return IntStream.range(0, COUNT).mapToObj(BenchMarkets::instrument).toList();
    }

    private static Instrument instrument(int market) {
        return Instrument.newBuilder()
                .setVenue(VENUE)
                .setSymbol(symbol(market))
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(symbol(market))
                .setQuoteAsset("USDC")
                .setSettleAsset("USDC")
                .setSizeDecimals(sizeDecimals(market))
                .setMarginTiers(List.of(
                        new MarginTier(0.0, 0.0125, null, 40.0), new MarginTier(50_000_000.0, 0.025, null, 20.0)))
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE)
                .build();
    }

    private static double[] cumulativePopularity() {
        double[] upTo = new double[COUNT];
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < COUNT; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }
}
