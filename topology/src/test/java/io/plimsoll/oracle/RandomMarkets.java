package io.plimsoll.oracle;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Logs of random markets: valid records of several venues with everything the formulas tell apart: linear and inverse
 * contracts, options, coins as collateral, stablecoins off their peg, and venues' own liquidation prices, right and
 * wrong. The same seed gives the same log. Among them are positions in a symbol (GHOST) whose instrument never comes, instruments that come late
 * or change, and records with the event time of the one before under the same key.
 */
public final class RandomMarkets {

    /** A record of a log; value null: a tombstone. */
    public record LogRecord(
            String topic,
            String key,
            long timestampMs,
            @Nullable SpecificRecord value) {}

    static {
        AvroSerdes.trustOwnRecords();
    }

    private static final long START_MS = 1_750_000_000_000L;
    private static final String[] ASSETS = {"USDC", "USDC", "USDT", "BTC", "ETH", "EUR"};

    /** Largest notional of one position, USD: a thousand of them still add up far within long micro-dollars. */
    private static final double MAX_NOTIONAL_USD = 1e9;

    private final Random random;
    private final List<RandomInstrument> markets = new ArrayList<>();
    private final Map<String, Double> openSize = new TreeMap<>();
    private final List<LogRecord> log = new ArrayList<>();
    private final List<RandomInstrument> coins = new ArrayList<>();
    private final Map<RandomInstrument, Long> joinsAt = new HashMap<>();
    private long nowMs = START_MS;
    private Oracle soFar = new Oracle();

    public RandomMarkets(long seed) {
        this.random = new Random(seed);
    }

    /**
     * A log of that many records in order of event time, beginning with most of the instruments and prices.
     *
     * @param markets instruments, over up to three venues, 1 or more
     * @param accounts accounts, each at one venue, 1 or more
     */
    public List<LogRecord> log(int markets, int accounts, int records) {
        this.markets.clear();
        openSize.clear();
        log.clear();
        coins.clear();
        soFar = new Oracle();
        for (int i = 0; i < markets; i++) {
            RandomInstrument market = new RandomInstrument(random, i);
            this.markets.add(market);
            // Some instruments become known only when others have long been trading; then so do their prices.
            joinsAt.put(market, i > 0 && random.nextInt(5) == 0 ? random.nextInt(Math.max(1, records / 2)) : 0L);
        }
        for (String venue :
                this.markets.stream().map(RandomInstrument::venue).distinct().toList()) {
            for (String asset : List.of("BTC", "ETH")) {
                RandomInstrument coin = new RandomInstrument(random, venue, asset);
                coins.add(coin);
                joinsAt.put(coin, random.nextBoolean() ? random.nextInt(Math.max(1, records)) : 0L);
            }
        }
        List<RandomInstrument> all =
                Stream.concat(this.markets.stream(), coins.stream()).toList();
        while (log.size() < records) {
            for (RandomInstrument market : all) {
                if (joinsAt.getOrDefault(market, -1L) >= 0 && joinsAt.get(market) <= log.size()) {
                    joinsAt.put(market, -1L);
                    add(Topics.INSTRUMENTS.name(), market.key(), market.instrument());
                    add(Topics.PRICES.name(), market.key(), price(market));
                }
            }
            addOne(accounts);
        }
        return List.copyOf(log.subList(0, records));
    }

    /** Records that close, after its end, every position that a log leaves open. */
    public List<LogRecord> closing(List<LogRecord> log) {
        Map<String, LogRecord> latest = new TreeMap<>();
        long endMs = START_MS;
        for (LogRecord record : log) {
            endMs = Math.max(endMs, record.timestampMs());
            if (record.topic().equals(Topics.POSITIONS.name())) {
                LogRecord held = latest.get(record.key());
                if (held == null || record.timestampMs() >= held.timestampMs()) {
                    latest.put(record.key(), record);
                }
            }
        }
        List<LogRecord> closing = new ArrayList<>();
        for (LogRecord record : latest.values()) {
            if (record.value() instanceof Position open && open.getSize() != 0) {
                endMs += random.nextInt(100);
                closing.add(
                        new LogRecord(record.topic(), record.key(), endMs, random.nextBoolean() ? null : flat(open)));
            }
        }
        return closing;
    }

    /**
     * The log with duplicates put in and records moved later by up to some seconds of event time; timestamps stay. The
     * latest record of every key is the same: records of one key and one time keep their order.
     */
    public static List<LogRecord> disturbed(List<LogRecord> log, long seed) {
        Random random = new Random(seed);
        Map<String, Integer> sameKeyAndTime = new HashMap<>();
        log.forEach(record -> sameKeyAndTime.merge(identity(record), 1, Integer::sum));
        TreeMap<Long, List<LogRecord>> byArrival = new TreeMap<>();
        for (LogRecord record : log) {
            boolean alone = sameKeyAndTime.get(identity(record)) == 1;
            boolean moves = alone && random.nextInt(4) == 0;
            long arrivalMs = record.timestampMs() + (moves ? random.nextInt(8_000) : 0);
            byArrival.computeIfAbsent(arrivalMs, none -> new ArrayList<>()).add(record);
            if (alone && random.nextInt(10) == 0) {
                byArrival
                        .computeIfAbsent(arrivalMs + random.nextInt(120_000), none -> new ArrayList<>())
                        .add(record);
            }
        }
        return byArrival.values().stream().flatMap(List::stream).toList();
    }

    private static String identity(LogRecord record) {
        return record.topic() + " " + record.key() + " " + record.timestampMs();
    }

    private void addOne(int accounts) {
        RandomInstrument market = markets.get(random.nextInt(markets.size()));
        int what = random.nextInt(1000);
        if (what < 400 && random.nextInt(4) == 0) {
            market = coins.get(random.nextInt(coins.size()));
        }
        if (what < 5) {
            if (joinsAt.getOrDefault(market, 0L) < 0) {
                market.changeTable(random);
                add(Topics.INSTRUMENTS.name(), market.key(), market.instrument());
            }
        } else if (what < 400) {
            if (joinsAt.getOrDefault(market, 0L) < 0) {
                market.movePrice(random);
                add(Topics.PRICES.name(), market.key(), price(market));
            }
        } else if (what < 430) {
            addSnapshot(market.venue(), account(market, accounts));
        } else if (what < 850) {
            addPosition(market, account(market, accounts));
        } else {
            addBalance(market.venue(), account(market, accounts));
        }
    }

    /** Small numbers come up more often, so that some accounts have many positions and most have few. */
    private String account(RandomInstrument market, int accounts) {
        int number = (int) (accounts * Math.pow(random.nextDouble(), 2));
        return "acc-" + market.venue().charAt(0) + number;
    }

    private void addPosition(RandomInstrument market, String account) {
        boolean ghost = random.nextInt(200) == 0;
        String symbol = ghost ? "GHOST" : market.symbol();
        String key = Keys.position(market.venue(), account, symbol);
        Double held = openSize.get(key);
        if (held != null && random.nextInt(4) == 0) {
            openSize.remove(key);
            add(Topics.POSITIONS.name(), key, random.nextBoolean() ? null : position(market, account, symbol, 0));
            return;
        }
        double size = market.size(notional(), random);
        openSize.put(key, size);
        add(Topics.POSITIONS.name(), key, position(market, account, symbol, size));
    }

    /** From a tenth of a cent to the largest, most of them between 10 and a million dollars. */
    private double notional() {
        if (random.nextInt(100) == 0) {
            return random.nextBoolean() ? MAX_NOTIONAL_USD * random.nextDouble() : 0.001 + random.nextDouble();
        }
        return Math.pow(10, 1 + 5 * random.nextDouble());
    }

    private Position position(RandomInstrument market, String account, String symbol, double size) {
        double entry = digits(market.price() * (0.8 + 0.4 * random.nextDouble()), 7);
        boolean isolated = random.nextInt(3) == 0;
        double settle = market.isInverse() ? 1 / entry : entry;
        double notional = Math.abs(size) * market.instrument().getContractMultiplier() * settle;
        // Never a round leverage: at exactly 1 the line of a long lies at 0, where rounding decides whether it has one.
        double leverage = 0.7 + 40 * Math.pow(random.nextDouble(), 3) + 1e-5 * random.nextDouble();
        Double isolatedMargin = isolated
                ? Double.valueOf(digits((random.nextInt(30) == 0 ? -0.1 : 1) * notional / leverage, 12))
                : null;
        Double maxLeverage = null;
        if (random.nextInt(6) == 0) {
            Double first = market.instrument().getMarginTiers().get(0).getMaxLeverage();
            maxLeverage = first != null && random.nextBoolean() ? first : Double.valueOf(1 + random.nextInt(50));
        }
        Double reported =
                random.nextInt(5) == 0 ? Double.valueOf(digits(entry * (0.5 + random.nextDouble()), 8)) : null;
        return new Position(
                market.venue(),
                account,
                symbol,
                size,
                market.isOption() ? digits(entry * 0.05, 5) : entry,
                isolated ? MarginMode.ISOLATED : MarginMode.CROSS,
                isolatedMargin,
                maxLeverage,
                reported,
                random.nextInt(4) == 0 ? Double.valueOf(digits(entry, 6)) : null,
                market.isOption() ? Double.valueOf(cents(2 * random.nextDouble() - 1, 4)) : null,
                null,
                null,
                market.isOption() ? Double.valueOf(entry) : null);
    }

    /**
     * All that an account has open, once more, with the venue's prices and the liquidation prices that follow from them;
     * sometimes off by a little, sometimes one of them is wrong.
     */
    private void addSnapshot(String venue, String account) {
        AccountRecount holdings = soFar.holdings(venue + ":" + account, position -> {
            Price price = soFar.price(venue, position.getSymbol());
            Position seen = Position.newBuilder(position).build();
            seen.setVenueMarkPrice(
                    price == null ? null : position.getDelta() == null ? price.getMarkPrice() : price.getIndexPrice());
            return seen;
        });
        boolean exact = random.nextBoolean();
        boolean wrong = random.nextInt(4) == 0;
        for (PoolRecount pool : holdings.pools()) {
            for (OpenPosition open : pool.positions()) {
                Double line = VenueLinesRecount.rightLine(pool, open);
                if (line != null) {
                    double off = wrong && random.nextBoolean() ? 1.02 : exact ? 1 : 1.0001;
                    line = digits(Math.max(1e-9, Math.min(1e9, line * off)), 12);
                }
                Position seen = Position.newBuilder(open.position()).build();
                seen.setVenueLiquidationPrice(open.isOption() ? null : line);
                add(Topics.POSITIONS.name(), Keys.position(venue, account, open.symbol()), seen);
            }
        }
    }

    private static Position flat(Position open) {
        Position closed = Position.newBuilder(open).build();
        closed.setSize(0);
        return closed;
    }

    private void addBalance(String venue, String account) {
        String asset = ASSETS[random.nextInt(ASSETS.length)];
        String key = Keys.collateral(venue, account, asset);
        if (random.nextInt(12) == 0) {
            add(Topics.COLLATERAL.name(), key, null);
            return;
        }
        boolean dollar = asset.startsWith("USD");
        double spot = coins.stream()
                .filter(coin -> coin.venue().equals(venue) && coin.symbol().equals(asset))
                .mapToDouble(RandomInstrument::price)
                .findAny()
                .orElseGet(() -> 0.5 + 3000 * random.nextDouble());
        double unitPrice = dollar ? 1 : digits(spot * (0.99 + 0.02 * random.nextDouble()), 6);
        double usd = Math.pow(10, 1 + 5 * random.nextDouble()) * (random.nextInt(5) == 0 ? -0.3 : 1);
        double quantity = random.nextInt(40) == 0 ? 0 : digits(usd / unitPrice, 9);
        double factor = dollar ? 1 : cents(random.nextDouble(), 2);
        Double ratio = random.nextInt(20) == 0 ? Double.valueOf(cents(1.2 * random.nextDouble(), 4)) : null;
        add(
                Topics.COLLATERAL.name(),
                key,
                new Collateral(venue, account, asset, quantity, factor, unitPrice, ratio, borrowRate(quantity)));
    }

    /** Of most debts known; it follows from the debt, so that it changes nothing in the rest of the log. */
    private static @Nullable Double borrowRate(double quantity) {
        int which = Math.floorMod(Double.hashCode(quantity), 5);
        return quantity >= 0 || which == 0 ? null : (Double) (0.04 * (which - 1));
    }

    private Price price(RandomInstrument market) {
        boolean funded = random.nextInt(4) != 0;
        double[] hours = {1, 4, 8};
        Double index = random.nextInt(4) == 0 ? null : Double.valueOf(digits(market.price() * 1.0003, 9));
        if (market.isOption()) {
            index = market.price();
        }
        boolean pegged = !market.instrument().getQuoteAsset().equals("USDT");
        Double openInterest = market.openInterest(random);
        return new Price(
                market.venue(),
                market.symbol(),
                market.isOption() ? digits(market.price() * 0.05, 6) : market.price(),
                index,
                funded ? Double.valueOf(cents(random.nextGaussian() * 0.0004, 7)) : null,
                funded ? Double.valueOf(hours[random.nextInt(hours.length)]) : null,
                openInterest,
                pegged ? 1.0 : cents(1 + 0.003 * random.nextGaussian(), 5),
                openInterest == null ? null : (Double) (3 * openInterest),
                null);
    }

    private void add(String topic, String key, @Nullable SpecificRecord value) {
        boolean sameTime = !log.isEmpty()
                && log.get(log.size() - 1).topic().equals(topic)
                && log.get(log.size() - 1).key().equals(key);
        // Now and then the event time stands still; for one key in a row it does so more often, to make ties.
        if (random.nextInt(sameTime ? 2 : 20) != 0) {
            nowMs += 1 + random.nextInt(400);
        }
        put(topic, key, value);
        if (random.nextInt(50) == 0 && value instanceof Position open && open.getSize() != 0) {
            Position other = Position.newBuilder(open).build();
            other.setSize(-open.getSize());
            openSize.put(key, other.getSize());
            put(topic, key, other);
        }
    }

    private void put(String topic, String key, @Nullable SpecificRecord value) {
        log.add(new LogRecord(topic, key, nowMs, value));
        soFar.accept(topic, key, nowMs, value);
    }

    /** Rounded to significant digits, as venues write prices. */
    static double digits(double value, int digits) {
        return BigDecimal.valueOf(value).round(new MathContext(digits)).doubleValue();
    }

    private static double cents(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
