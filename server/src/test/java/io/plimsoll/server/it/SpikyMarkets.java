package io.plimsoll.server.it;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.util.List;
import java.util.Random;

/** A venue whose prices jump for a second or two now and then: what is looked at too seldom is not seen. */
final class SpikyMarkets {

    private static final String VENUE = "spiky";
    private static final long START_MS = 1_767_225_600_000L;

    private final Random random;

    SpikyMarkets(Random random) {
        this.random = random;
    }

    /** Writes so many markets and accounts, and so many seconds of them. */
    void write(RecordSink sink, int markets, int accounts, int seconds) {
        double[] marks = new double[markets];
        long[] spikeUntilMs = new long[markets];
        for (int market = 0; market < markets; market++) {
            marks[market] = 20 * (market + 1);
            sink.write(Topics.INSTRUMENTS.name(), Keys.market(VENUE, symbol(market)), START_MS, instrument(market));
        }
        for (int account = 0; account < accounts; account++) {
            sink.write(
                    Topics.COLLATERAL.name(),
                    Keys.collateral(VENUE, "a" + account, "USDC"),
                    START_MS + account,
                    new Collateral(VENUE, "a" + account, "USDC", 40.0, 1.0, 1.0, null, null));
        }
        for (long ms = accounts; ms < seconds * 1_000L; ms += 1 + random.nextInt(60)) {
            int market = random.nextInt(markets);
            long timeMs = START_MS + ms;
            switch (random.nextInt(10)) {
                case 0, 1 -> position(sink, market, "a" + random.nextInt(accounts), timeMs, marks[market]);
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        liquidation(sink, market, timeMs, marks[market], "t" + ms);
                    }
                }
                case 3 -> depth(sink, market, timeMs, marks[market]);
                default -> {
                    marks[market] *= Math.exp(random.nextGaussian() * 0.002);
                    if (random.nextInt(120) == 0) {
                        spikeUntilMs[market] = timeMs + 500 + random.nextInt(1_500);
                    }
                    double mark = timeMs < spikeUntilMs[market] ? marks[market] * 1.08 : marks[market];
                    sink.write(
                            Topics.PRICES.name(),
                            Keys.market(VENUE, symbol(market)),
                            timeMs,
                            new Price(VENUE, symbol(market), mark, null, null, null, null, 1.0, null, null));
                }
            }
        }
    }

    private void position(RecordSink sink, int market, String account, long timeMs, double mark) {
        double size = random.nextInt(6) == 0 ? 0 : (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(6));
        sink.write(
                Topics.POSITIONS.name(),
                Keys.position(VENUE, account, symbol(market)),
                timeMs,
                new Position(
                        VENUE,
                        account,
                        symbol(market),
                        size,
                        mark,
                        MarginMode.CROSS,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void liquidation(RecordSink sink, int market, long timeMs, double mark, String trade) {
        sink.write(
                Topics.LIQUIDATIONS.name(),
                Keys.market(VENUE, symbol(market)),
                timeMs,
                new Liquidation(
                        VENUE,
                        symbol(market),
                        random.nextBoolean() ? PositionSide.LONG : PositionSide.SHORT,
                        1.0 + random.nextInt(5),
                        mark,
                        LiquidationPriceKind.FILL,
                        false,
                        null,
                        trade,
                        null,
                        null,
                        1.0));
    }

    private void depth(RecordSink sink, int market, long timeMs, double mark) {
        double one = 5 + random.nextInt(20);
        double two = one + 5 + random.nextInt(20);
        sink.write(
                Topics.DEPTH.name(),
                Keys.market(VENUE, symbol(market)),
                timeMs,
                new Depth(
                        VENUE,
                        symbol(market),
                        mark,
                        List.of(
                                new DepthLevel(0.01, one, one, null, null),
                                new DepthLevel(0.02, two, two, null, null))));
    }

    private static String symbol(int market) {
        return "M" + market;
    }

    private static Instrument instrument(int market) {
        return new Instrument(
                VENUE,
                symbol(market),
                ContractKind.LINEAR_PERPETUAL,
                symbol(market),
                "USDC",
                "USDC",
                1.0,
                4,
                List.of(new MarginTier(0.0, 0.02, null, 25.0)),
                null,
                TriggerPrice.MARK,
                OpenInterestUnit.BASE,
                OpenInterestSides.SINGLE,
                0.0001,
                0.0005,
                MarginModel.GENERIC,
                0.0,
                0.0,
                8,
                false);
    }
}
