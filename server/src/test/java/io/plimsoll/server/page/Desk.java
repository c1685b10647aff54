package io.plimsoll.server.page;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.OptionKind;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A venue beside the simulated one, written through Kafka as any feed would: one market with a week of history, options, and
 * loans that are borrowed against themselves.
 */
final class Desk implements AutoCloseable {

    static final String MARKET = "desk:BTC";
    private static final String VENUE = "desk";
    private static final double FIRST_PRICE = 60_000;
    private static final int ACCOUNTS = 28;
    private static final int LOANS = 3;
    private static final int HOURS = 8 * 24;
    private static final int HOURS_OF_GROWTH = 30;
    private static final int SNAPSHOT_EVERY = 5;
    /** Long enough for a state to be published of each price. */
    private static final long PACE_MS = 120;

    private final RecordSink sink;
    private final Random random = new Random(7);
    private double price = FIRST_PRICE;
    private double openInterest = 4_000;
    private double depth = 60;
    private final Thread thread = new Thread(this::goOn, "desk");

    Desk(String kafka, String registryUrl) {
        AvroSerdes.trustOwnRecords();
        sink = new KafkaRecordSink(
                Map.of("bootstrap.servers", kafka), new CachedSchemaRegistryClient(registryUrl, 100));
    }

    /** A week by the hour, four hours by five minutes, an hour by the minute: as much as the longest measure needs. */
    Desk withHistory() {
        Instant now = Instant.now();
        Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS, ChronoUnit.HOURS);
        accounts(first.toEpochMilli());
        write(first, Duration.ofHours(1), now.minus(4, ChronoUnit.HOURS));
        write(now.minus(4, ChronoUnit.HOURS), Duration.ofMinutes(5), now.minus(1, ChronoUnit.HOURS));
        write(now.minus(1, ChronoUnit.HOURS), Duration.ofMinutes(1), now);
        return this;
    }

    /** From now on as a feed does, every second. */
    Desk live() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void write(Instant from, Duration step, Instant until) {
        double hours = step.toMinutes() / 60.0;
        for (Instant at = from; at.isBefore(until); at = at.plus(step)) {
            boolean grows = at.isAfter(Instant.now().minus(HOURS_OF_GROWTH, ChronoUnit.HOURS));
            openInterest *= 1 + hours * (grows ? 0.004 : 0) + 0.004 * Math.sqrt(hours) * random.nextGaussian();
            moment(at.toEpochMilli(), 0.0025 * Math.sqrt(hours));
            pause(PACE_MS);
        }
    }

    private void goOn() {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            long nowMs = System.currentTimeMillis();
            moment(nowMs, 0.0001);
            if (i % SNAPSHOT_EVERY == 0) {
                accounts(nowMs);
                options(nowMs);
            }
            pause(1_000);
        }
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Price and depth, which both come back to where they were. */
    private void moment(long timeMs, double volatility) {
        price *= 1 + 0.05 * Math.log(FIRST_PRICE / price) + volatility * random.nextGaussian();
        depth *= Math.exp(0.4 * Math.log(60 / depth) + 0.1 * random.nextGaussian());
        sink.write(
                Topics.DEPTH.name(),
                MARKET,
                timeMs,
                new Depth(
                        VENUE,
                        "BTC",
                        price,
                        List.of(level(0.001, 0.1), level(0.01, 1), level(0.02, 1.8), level(0.05, 4))));
        double funding = 0.0001 + 0.00003 * random.nextGaussian();
        sink.write(
                Topics.PRICES.name(),
                MARKET,
                timeMs,
                new Price(
                        VENUE,
                        "BTC",
                        price,
                        price * (1 - 0.0002 * random.nextDouble()),
                        funding,
                        8.0,
                        openInterest,
                        1.0,
                        40_000.0,
                        null));
    }

    private DepthLevel level(double distance, double share) {
        double average = distance / 2;
        return new DepthLevel(
                distance, depth * share, 1.1 * depth * share, price * (1 - average), price * (1 + average));
    }

    private void accounts(long timeMs) {
        sink.write(
                Topics.INSTRUMENTS.name(),
                MARKET,
                timeMs,
                Instrument.newBuilder()
                        .setVenue(VENUE)
                        .setSymbol("BTC")
                        .setKind(ContractKind.LINEAR_PERPETUAL)
                        .setBaseAsset("BTC")
                        .setQuoteAsset("USDC")
                        .setSettleAsset("USDC")
                        .setContractMultiplier(1)
                        .setSizeDecimals(5)
                        .setMarginTiers(List.of(new MarginTier(0.0, 0.01, null, 50.0)))
                        .setTriggerPrice(TriggerPrice.MARK)
                        .setOpenInterestUnit(OpenInterestUnit.BASE)
                        .setOpenInterestSides(OpenInterestSides.SINGLE)
                        .setFundingInterestRate(0.0001)
                        .setFundingClamp(0.0005)
                        .build());
        // The same accounts each time: a feed says again what it has said.
        Random sizes = new Random(11);
        for (int i = 0; i < ACCOUNTS; i++) {
            int side = i % 2 == 0 ? 1 : -1;
            double size = 5 + 90 * sizes.nextDouble();
            double leverage = side > 0 ? 2 + i : 1.5 + 0.4 * i;
            position(timeMs, "account" + i, side * size, MarginMode.ISOLATED, size * FIRST_PRICE / leverage);
        }
        for (int i = 0; i < LOANS; i++) {
            String account = "loan" + i;
            position(timeMs, account, 0.5, MarginMode.CROSS, null);
            balance(timeMs, account, "USDC", 20_000, 1, 1);
            balance(timeMs, account, "wstETH", 1_000, 0.81, 4_100);
            balance(timeMs, account, "ETH", -760 - 40 * i, 1, 3_400);
        }
    }

    private void position(long timeMs, String account, double size, MarginMode mode, @Nullable Double margin) {
        Position position = new Position();
        position.setVenue(VENUE);
        position.setAccount(account);
        position.setSymbol("BTC");
        position.setSize(size);
        position.setEntryPrice(FIRST_PRICE);
        position.setMarginMode(mode);
        position.setIsolatedMargin(margin);
        sink.write(Topics.POSITIONS.name(), VENUE + ":" + account + ":BTC", timeMs, position);
    }

    private void balance(
            long timeMs, String account, String asset, double quantity, double factor, double unitPriceUsd) {
        sink.write(
                Topics.COLLATERAL.name(),
                VENUE + ":" + account + ":" + asset,
                timeMs,
                new Collateral(VENUE, account, asset, quantity, factor, unitPriceUsd, null, null));
    }

    private void options(long timeMs) {
        Instant day = Instant.ofEpochMilli(timeMs).truncatedTo(ChronoUnit.DAYS).plus(8, ChronoUnit.HOURS);
        for (int days : List.of(9, 37, 100)) {
            long expiryMs = day.plus(days, ChronoUnit.DAYS).toEpochMilli();
            for (int strike = 48_000; strike <= 75_000; strike += 3_000) {
                for (OptionKind kind : OptionKind.values()) {
                    option(timeMs, expiryMs, days, strike, kind);
                }
            }
        }
    }

    /** Calls are held above the price, puts below it; more of the near expiry. */
    private void option(long timeMs, long expiryMs, int days, int strike, OptionKind kind) {
        String symbol = "BTC-" + days + "D-" + strike + "-" + kind.name().charAt(0);
        int way = kind == OptionKind.CALL ? 1 : -1;
        double outOfMoney = way * (strike / FIRST_PRICE - 1);
        double open = 4_000 * Math.exp(-Math.pow((outOfMoney - 0.06) / 0.1, 2)) / Math.sqrt(days);
        OptionPrice option = new OptionPrice();
        option.setVenue(VENUE);
        option.setSymbol(symbol);
        option.setKind(kind);
        option.setBaseAsset("BTC");
        option.setSettleAsset("BTC");
        option.setStrike(strike);
        option.setExpiryMs(expiryMs);
        option.setMarkPrice(0.01);
        option.setIndexPrice(price);
        option.setUnderlyingPrice(price * (1 + 0.05 * days / 365));
        option.setMarkVolatility(0.5 + 0.4 * Math.abs(outOfMoney));
        option.setOpenInterest(open);
        sink.write(Topics.OPTIONS.name(), VENUE + ":" + symbol, timeMs, option);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink.close();
    }
}
