package io.plimsoll.server.rules.stories;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole topology on one partition without a broker, and words to tell it what happens. What is told happens now, by the
 * mocked clock: it is read live.
 */
final class Monitor implements AutoCloseable {

    static final String VENUE = "test";
    static final String X = "test:X";
    static final Duration ROUND = Duration.ofMillis(250);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Times within which all that was told has gone from topic to topic, up to the system; a market's state is faster. */
    private static final long[] PUBLISHED_MS = {250, 250, 1_000, 1_000, 1_000, 500};

    private static final double MAX_LEVERAGE = 10;

    /** Maintenance margin of every position, a fraction of notional. */
    static final double MAINTENANCE = 1 / (2 * MAX_LEVERAGE);

    private final AvroSerdes serdes;
    private final TopologyTestDriver driver;
    private final TreeMap<String, TestInputTopic<byte[], byte[]>> inputs = new TreeMap<>();
    private final TestOutputTopic<String, Alert> alerts;
    private long nowMs = START.toEpochMilli();
    private long aheadMs;
    private boolean often;
    private int rounds = PUBLISHED_MS.length;
    private int depthReports;

    Monitor(Path stateDir) {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        serdes = new AvroSerdes(registry);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(
                MonitorTopology.build(MonitorSettings.defaults().withPartitions(1), registry), config, START);
        alerts = driver.createOutputTopic(
                Topics.ALERTS.name(),
                new StringDeserializer(),
                serdes.of(Topics.ALERTS).deserializer());
    }

    /** The mocked clock, epoch milliseconds. */
    long nowMs() {
        return nowMs;
    }

    /** What is told need not go so far: rounds in which all that matters is published. */
    void publishesIn(int few) {
        rounds = few;
    }

    /** Whether each moment of the clock counts, as it does where the clock itself is what rules are held against. */
    void looksOften(boolean always) {
        often = always;
    }

    /** Lets time pass: in rounds until all that was told is published, and from there on at once. */
    void passTo(long timeMs) {
        for (int round = 0; nowMs < timeMs; round++) {
            long leftMs = timeMs - nowMs;
            long mostMs = often ? ROUND.toMillis() : round < rounds ? PUBLISHED_MS[round] : leftMs;
            long stepMs = Math.min(mostMs, leftMs);
            nowMs += stepMs;
            driver.advanceWallClockTime(Duration.ofMillis(stepMs));
        }
    }

    void pass(Duration time) {
        passTo(nowMs + time.toMillis());
    }

    /** Event times of what follows lie that far ahead of the clock; less than 0: behind it. */
    void setAhead(long ms) {
        aheadMs = ms;
    }

    void rule(Rule rule) {
        send(Topics.RULES, rule.getId(), rule);
    }

    void instrument(String symbol) {
        instrument(Records.instrument(VENUE, symbol, MAX_LEVERAGE));
    }

    void instrument(Instrument instrument) {
        send(Topics.INSTRUMENTS, Keys.market(instrument.getVenue(), instrument.getSymbol()), instrument);
    }

    /** A mark price, with the open interest that the venue reports. */
    void price(String symbol, double mark, double openInterest) {
        price(Records.price(VENUE, symbol, mark, openInterest));
    }

    void price(Price price) {
        send(Topics.PRICES, Keys.market(price.getVenue(), price.getSymbol()), price);
    }

    /** As much on both sides within a distance; never the same to the last digit, as no book is. */
    void depth(String symbol, double mid, double distance, double quantity) {
        double its = quantity * (1 + 1e-12 * depthReports++);
        depth(new Depth(VENUE, symbol, mid, List.of(new DepthLevel(distance, its, its, null, null))));
    }

    void depth(Depth depth) {
        send(Topics.DEPTH, Keys.market(depth.getVenue(), depth.getSymbol()), depth);
    }

    void cash(String account, double usd) {
        send(
                Topics.COLLATERAL,
                Keys.collateral(VENUE, account, "USDC"),
                new Collateral(VENUE, account, "USDC", usd, 1.0, 1.0, null, null));
    }

    void cross(String account, String symbol, double size, double entry) {
        position(Records.position(VENUE, account, symbol, size, entry, null));
    }

    /** A position that is liquidated at that price, bought or sold at the entry price. */
    void isolated(String account, String symbol, double size, double entry, double line) {
        position(isolatedPosition(VENUE, account, symbol, size, entry, line));
    }

    static Position isolatedPosition(
            String venue, String account, String symbol, double size, double entry, double line) {
        double margin = Math.abs(size) * MAINTENANCE * line - size * (line - entry);
        return Records.position(venue, account, symbol, size, entry, margin);
    }

    void position(Position position) {
        send(
                Topics.POSITIONS,
                Keys.position(position.getVenue(), position.getAccount(), position.getSymbol()),
                position);
    }

    void closed(String account, String symbol) {
        send(Topics.POSITIONS, Keys.position(VENUE, account, symbol), null);
    }

    /** A long that was closed by force. */
    void forced(String symbol, double quantity, double price) {
        send(
                Topics.LIQUIDATIONS,
                Keys.market(VENUE, symbol),
                new Liquidation(
                        VENUE,
                        symbol,
                        PositionSide.LONG,
                        quantity,
                        price,
                        LiquidationPriceKind.FILL,
                        false,
                        null,
                        null,
                        null,
                        null,
                        1.0));
    }

    <T extends SpecificRecord> void send(Topic<T> topic, String key, @Nullable T value) {
        sendBytes(
                topic, key, value == null ? null : serdes.of(topic).serializer().serialize(topic.name(), value));
    }

    void sendBytes(Topic<?> topic, String key, byte @Nullable [] value) {
        long timeMs = topic.equals(Topics.RULES) ? nowMs : nowMs + aheadMs;
        inputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(timeMs)));
    }

    /** Alerts written since this was last asked, in order. */
    List<Alert> alerts() {
        return alerts.readValuesToList().stream().filter(Objects::nonNull).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
