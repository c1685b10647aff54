package io.plimsoll.benchmarks;

import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A made-up account; the same number always gives the same one.
 *
 * <p>80 % of the accounts hold one position (half of them isolated), 20 % hold two to four cross positions. Notionals are
 * lognormal around 2,000 USD with a long tail, leverage at entry is 2 to 20. Names look like addresses on a chain, since
 * their length is part of what is measured.
 *
 * @param collateral null where the only position is isolated
 */
record BenchAccount(
        String name, List<Position> positions, @Nullable Collateral collateral) {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int MULTI_PERCENT = 20;
    private static final double MEDIAN_NOTIONAL_USD = 2_000;
    private static final double NOTIONAL_SIGMA = 1.8;
    private static final double MIN_NOTIONAL_USD = 50;
    private static final double MAX_NOTIONAL_USD = 20_000_000;
    private static final double ENTRY_SIGMA = 0.03;

    static BenchAccount number(long number) {
        SplittableRandom random = new SplittableRandom((number + 1) * SPREAD);
        byte[] address = new byte[20];
        random.nextBytes(address);
        String name = "0x" + HexFormat.of().formatHex(address);
        boolean multi = random.nextInt(100) < MULTI_PERCENT;
        boolean isolated = !multi && random.nextBoolean();
        Set<Integer> markets = new LinkedHashSet<>();
        int count = multi ? 2 + random.nextInt(3) : 1;
        while (markets.size() < count) {
            markets.add(BenchMarkets.byPopularity(random));
        }
        double leverage = 2 + 18 * random.nextDouble();
        double marginUsd = 0;
        List<Position> positions = new ArrayList<>(count);
        for (int market : markets) {
            double notionalUsd = Math.min(
                    MAX_NOTIONAL_USD,
                    Math.max(MIN_NOTIONAL_USD, MEDIAN_NOTIONAL_USD * Math.exp(NOTIONAL_SIGMA * random.nextGaussian())));
            double entry = BenchMarkets.startPrice(market) * Math.exp(ENTRY_SIGMA * random.nextGaussian());
            double size = rounded(notionalUsd / entry, BenchMarkets.sizeDecimals(market));
            marginUsd += notionalUsd / leverage;
            positions.add(new Position(
                    BenchMarkets.VENUE,
                    name,
                    BenchMarkets.symbol(market),
                    random.nextBoolean() ? size : -size,
                    entry,
                    isolated ? MarginMode.ISOLATED : MarginMode.CROSS,
                    isolated ? (Double) (notionalUsd / leverage) : null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        return new BenchAccount(
                name,
                positions,
                isolated ? null : new Collateral(BenchMarkets.VENUE, name, "USDC", marginUsd, 1.0, 1.0, null, null));
    }

    /** One of its positions at another size: half to one and a half of what it was. */
    Position resized(SplittableRandom random) {
        Position position = positions.get(random.nextInt(positions.size()));
        int market = BenchMarkets.number(position.getSymbol());
        double size = position.getSize() * (0.5 + random.nextDouble());
        return Position.newBuilder(position)
                .setSize(rounded(size, BenchMarkets.sizeDecimals(market)))
                .build();
    }

    private static double rounded(double size, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.rint(size * scale) / scale;
    }
}
