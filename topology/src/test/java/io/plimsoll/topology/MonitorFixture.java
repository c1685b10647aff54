package io.plimsoll.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.Strategy;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.measures.MeasureGroup;
import io.plimsoll.topology.scenarios.ScenarioMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole topology on one partition without a broker, and words to tell it what happens. Its state is in a directory of its
 * own, which is gone when it is closed.
 */
final class MonitorFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String VENUE = "test";

    /** The defaults, on one partition. */
    static final MonitorSettings SETTINGS = MonitorSettings.defaults().withPartitions(1);

    final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    final AvroSerdes serdes = new AvroSerdes(registry);
    private final Path stateDir;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new TreeMap<>();
    private final Map<String, MarketState> states = new TreeMap<>();
    private final Map<String, Ladder> ladders = new TreeMap<>();
    private final Map<String, SystemState> systems = new TreeMap<>();
    private final TestOutputTopic<String, MarketState> stateTopic;
    private final TestOutputTopic<String, Ladder> ladderTopic;
    private final TestOutputTopic<String, SystemState> systemTopic;
    private final TestOutputTopic<String, CascadeRisk> cascadeRiskTopic;
    private final Map<String, CascadeRisk> cascadeRisks = new TreeMap<>();
    private final TestOutputTopic<String, Contagion> contagionTopic;
    private final Map<String, @Nullable Contagion> contagion = new TreeMap<>();
    private final TestOutputTopic<String, MeasureSet> measureTopic;
    private final Map<String, MeasureSet> measures = new TreeMap<>();
    private final TestOutputTopic<String, SystemMeasureSet> systemMeasureTopic;
    private final Map<String, SystemMeasureSet> systemMeasures = new TreeMap<>();
    private final TestOutputTopic<String, CollateralState> collateralTopic;
    private final Map<String, CollateralState> collateral = new TreeMap<>();
    private final TestOutputTopic<String, OptionExposure> optionTopic;
    private final TestOutputTopic<String, WindowState> marketWindowTopic;
    private final TestOutputTopic<String, WindowState> systemWindowTopic;
    private final TestOutputTopic<byte[], DeadLetter> deadLetterTopic;
    private final Map<String, AccountRisk> risks = new TreeMap<>();
    private final TestOutputTopic<String, AccountRisk> riskTopic;
    private final Map<String, CascadeEpisode> cascades = new TreeMap<>();
    private final TestOutputTopic<String, CascadeEpisode> cascadeTopic;
    private final TestOutputTopic<String, Alert> alertTopic;
    private final TestOutputTopic<String, ScenarioResult> scenarioTopic;
    private long nowMs = START.toEpochMilli();
    private long wallMs = START.toEpochMilli();

    MonitorFixture() {
        this(SETTINGS);
    }

    MonitorFixture(MonitorSettings settings) {
        try {
            stateDir = Files.createTempDirectory("plimsoll-fixture-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(MonitorTopology.build(settings, registry), config, START);
        stateTopic = output(Topics.MARKET_STATE);
        ladderTopic = output(Topics.LADDERS);
        systemTopic = output(Topics.SYSTEM_STATE);
        riskTopic = output(Topics.ACCOUNT_RISK);
        cascadeRiskTopic = output(Topics.CASCADE_RISK);
        contagionTopic = output(Topics.CONTAGION);
        collateralTopic = output(Topics.COLLATERAL_STATE);
        optionTopic = output(Topics.OPTION_EXPOSURE);
        cascadeTopic = output(Topics.CASCADES);
        measureTopic = output(Topics.MARKET_MEASURES);
        systemMeasureTopic = output(Topics.SYSTEM_MEASURES);
        marketWindowTopic = output(Topics.MARKET_WINDOWS);
        systemWindowTopic = output(Topics.SYSTEM_WINDOWS);
        alertTopic = output(Topics.ALERTS);
        scenarioTopic = output(Topics.SCENARIO_RESULTS);
        deadLetterTopic = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(),
                new ByteArrayDeserializer(),
                serdes.of(Topics.DEAD_LETTERS).deserializer());
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic<T> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), serdes.of(topic).deserializer());
    }

    /** Settings by which so many groups of measures are in force, published once a second. */
    static MonitorSettings measuring(MeasureGroup... groups) {
        return SETTINGS.withMeasures(new MeasureSettings(Duration.ofSeconds(1), Set.of(groups)));
    }

    /** Sets the event time of what follows, in seconds from the start; the wall clock follows if it is behind. */
    MonitorFixture at(double seconds) {
        nowMs = START.toEpochMilli() + Math.round(seconds * 1000);
        return this;
    }

    MonitorFixture instrument(String symbol, int sizeDecimals, double maxLeverage) {
        return instrument(linear(symbol, sizeDecimals, maxLeverage));
    }

    static Instrument linear(String symbol, int sizeDecimals, double maxLeverage) {
        return new Instrument(
                VENUE,
                symbol,
                ContractKind.LINEAR_PERPETUAL,
                symbol,
                "USDC",
                "USDC",
                1.0,
                sizeDecimals,
                List.of(new MarginTier(0.0, 1 / (2 * maxLeverage), null, maxLeverage)),
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

    /** In USDC, with a maintenance margin of 1 % and a leverage of up to 50; the rest as by default. */
    static Instrument.Builder contract(String symbol, ContractKind kind, int sizeDecimals) {
        return Instrument.newBuilder()
                .setVenue(VENUE)
                .setSymbol(symbol)
                .setKind(kind)
                .setBaseAsset(symbol)
                .setQuoteAsset("USDC")
                .setSettleAsset("USDC")
                .setSizeDecimals(sizeDecimals)
                .setMarginTiers(List.of(new MarginTier(0.0, 0.01, null, 50.0)))
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE);
    }

    MonitorFixture instrument(Instrument instrument) {
        return send(Topics.INSTRUMENTS, Keys.market(instrument.getVenue(), instrument.getSymbol()), instrument);
    }

    MonitorFixture price(String symbol, double mark) {
        return price(new Price(VENUE, symbol, mark, null, null, null, null, 1.0, null, null));
    }

    MonitorFixture price(Price price) {
        return send(Topics.PRICES, Keys.market(price.getVenue(), price.getSymbol()), price);
    }

    /** A book of as much per 1 % of distance on both sides, in bands of 1 and 2 %. */
    MonitorFixture depth(String symbol, double mid, double perPercent) {
        return depth(new Depth(
                VENUE,
                symbol,
                mid,
                List.of(
                        new DepthLevel(0.01, perPercent, perPercent, null, null),
                        new DepthLevel(0.02, 2 * perPercent, 2 * perPercent, null, null))));
    }

    MonitorFixture depth(Depth depth) {
        return send(Topics.DEPTH, Keys.market(depth.getVenue(), depth.getSymbol()), depth);
    }

    MonitorFixture cash(String account, double usd) {
        return send(
                Topics.COLLATERAL,
                Keys.collateral(VENUE, account, "USDC"),
                new Collateral(VENUE, account, "USDC", usd, 1.0, 1.0, null, null));
    }

    MonitorFixture cross(String account, String symbol, double size, double entry) {
        return position(crossOf(account, symbol, size, entry));
    }

    static Position crossOf(String account, String symbol, double size, double entry) {
        return new Position(
                VENUE, account, symbol, size, entry, MarginMode.CROSS, null, null, null, null, null, null, null, null);
    }

    MonitorFixture isolated(String account, String symbol, double size, double entry, double margin) {
        return position(new Position(
                VENUE,
                account,
                symbol,
                size,
                entry,
                MarginMode.ISOLATED,
                margin,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    MonitorFixture position(Position position) {
        return send(
                Topics.POSITIONS,
                Keys.position(position.getVenue(), position.getAccount(), position.getSymbol()),
                position);
    }

    MonitorFixture strategy(Strategy strategy) {
        return send(
                Topics.STRATEGIES,
                Keys.strategy(strategy.getVenue(), strategy.getStrategy(), strategy.getSymbol()),
                strategy);
    }

    MonitorFixture option(OptionPrice.Builder option) {
        OptionPrice price = option.build();
        return send(Topics.OPTIONS, Keys.market(price.getVenue(), price.getSymbol()), price);
    }

    /** A forced fill of a position; an id of null: the feed has none. */
    MonitorFixture forced(String symbol, PositionSide side, double quantity, double price, @Nullable String tradeId) {
        return liquidation(liquidationOf(symbol, side, quantity, price, tradeId));
    }

    static Liquidation liquidationOf(
            String symbol, PositionSide side, double quantity, double price, @Nullable String tradeId) {
        return new Liquidation(
                VENUE, symbol, side, quantity, price, LiquidationPriceKind.FILL, false, null, tradeId, null, null, 1.0);
    }

    MonitorFixture liquidation(Liquidation liquidation) {
        return send(Topics.LIQUIDATIONS, Keys.market(liquidation.getVenue(), liquidation.getSymbol()), liquidation);
    }

    MonitorFixture closed(String account, String symbol) {
        return send(Topics.POSITIONS, Keys.position(VENUE, account, symbol), null);
    }

    <T extends SpecificRecord> MonitorFixture send(Topic<T> topic, String key, @Nullable T value) {
        return sendBytes(
                topic.name(),
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : serdes.of(topic).serializer().serialize(topic.name(), value));
    }

    MonitorFixture sendBytes(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        input(topic).pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(nowMs)));
        return this;
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return inputs.computeIfAbsent(
                topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A replay's mark on a topic of one partition. */
    MonitorFixture mark(Topic<?> topic, long upToMs) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(new ReplayMark(upToMs, 1).header());
        input(topic.name()).pipeInput(new TestRecord<>(ReplayMark.key(), null, headers, Instant.ofEpochMilli(nowMs)));
        return this;
    }

    /** Lets wall-clock time pass, in steps as small as the shortest interval of the settings. */
    MonitorFixture wait(Duration time) {
        for (long step = 0; step < time.toMillis(); step += 10) {
            driver.advanceWallClockTime(Duration.ofMillis(10));
            wallMs += 10;
        }
        return this;
    }

    /** Lets the wall clock jump to the event time of what follows. */
    MonitorFixture live() {
        if (wallMs < nowMs) {
            driver.advanceWallClockTime(Duration.ofMillis(nowMs - wallMs));
            wallMs = nowMs;
        }
        return this;
    }

    /** Lets everything that was sent be reported. */
    MonitorFixture settle() {
        return wait(Duration.ofSeconds(6));
    }

    MarketState market(String symbol) {
        return markets().get(Keys.market(VENUE, symbol));
    }

    Map<String, MarketState> markets() {
        stateTopic.readKeyValuesToList().forEach(record -> states.put(record.key, record.value));
        return states;
    }

    Map<String, Ladder> ladders() {
        ladderTopic.readKeyValuesToList().forEach(record -> ladders.put(record.key, record.value));
        return ladders;
    }

    Map<String, SystemState> systems() {
        systemTopic.readKeyValuesToList().forEach(record -> systems.put(record.key, record.value));
        return systems;
    }

    /** The newest cascade risk of a market; null where there is none. */
    @Nullable
    CascadeRisk cascadeRisk(String symbol) {
        return cascadeRisks().get(Keys.market(VENUE, symbol));
    }

    /** The newest cascade risk of all markets together; null where there is none. */
    @Nullable
    CascadeRisk systemCascadeRisk() {
        return cascadeRisks().get("system");
    }

    private Map<String, CascadeRisk> cascadeRisks() {
        cascadeRiskTopic.readKeyValuesToList().forEach(record -> cascadeRisks.put(record.key, record.value));
        return cascadeRisks;
    }

    /** Measures written since this was last asked, in order. */
    List<MeasureSet> measureRecords() {
        return measureTopic.readValuesToList();
    }

    /** The newest measures of a market; null where there are none. */
    @Nullable
    MeasureSet measures(String symbol) {
        return allMeasures().get(Keys.market(VENUE, symbol));
    }

    /** The newest measures of a market that has some. */
    MeasureSet measured(String symbol) {
        return Objects.requireNonNull(measures(symbol), () -> "no measures of " + symbol);
    }

    /** The newest measures of all markets, by venue:symbol. */
    Map<String, MeasureSet> allMeasures() {
        measureTopic.readKeyValuesToList().forEach(record -> measures.put(record.key, record.value));
        return measures;
    }

    /** Measures of markets added up written since this was last asked, in order. */
    List<SystemMeasureSet> systemMeasureRecords() {
        return systemMeasureTopic.readValuesToList();
    }

    /** The newest measures of system, venue:V or asset:A; null where there are none. */
    @Nullable
    SystemMeasureSet systemMeasures(String subject) {
        systemMeasureTopic.readKeyValuesToList().forEach(record -> systemMeasures.put(record.key, record.value));
        return systemMeasures.get(subject);
    }

    /** The newest contagion of venue:symbol, or of system; null where there is none. */
    @Nullable
    Contagion contagion(String subject) {
        contagionTopic.readKeyValuesToList().forEach(record -> contagion.put(record.key, record.value));
        return contagion.get(subject);
    }

    /** What leverage rests on, of system or venue:V; null where nothing was ever said of it. */
    @Nullable
    CollateralState collateralState(String subject) {
        return collateralStates().get(subject);
    }

    /** What leverage rests on, the newest of every subject. */
    Map<String, CollateralState> collateralStates() {
        collateralTopic.readKeyValuesToList().forEach(record -> collateral.put(record.key, record.value));
        return collateral;
    }

    /** What options add, written since this was last asked, in order. */
    List<OptionExposure> optionExposures() {
        return optionTopic.readValuesToList();
    }

    /** The newest of an asset among what was written since this was last asked; null where nothing was. */
    @Nullable
    OptionExposure optionExposure(String asset) {
        return optionExposures().stream()
                .filter(exposure -> exposure.getBaseAsset().equals(asset))
                .reduce((before, after) -> after)
                .orElse(null);
    }

    /** Records of accounts near their line written since this was last asked, in order; a value may be null. */
    List<AccountRisk> accountRisks() {
        return riskTopic.readValuesToList();
    }

    /** The last record of every account that was ever near its line, by venue:account. */
    Map<String, AccountRisk> lastAccountRisks() {
        riskTopic.readKeyValuesToList().forEach(record -> risks.put(record.key, record.value));
        return risks;
    }

    /** Observed cascades by subject@start, without those that were taken back. */
    Map<String, CascadeEpisode> cascades() {
        cascadeTopic.readKeyValuesToList().forEach(record -> {
            if (record.value == null) {
                cascades.remove(record.key);
            } else {
                cascades.put(record.key, record.value);
            }
        });
        return cascades;
    }

    /** Market windows published since this was last asked. */
    List<WindowState> marketWindows() {
        return marketWindowTopic.readValuesToList();
    }

    /** System windows published since this was last asked. */
    List<WindowState> systemWindows() {
        return systemWindowTopic.readValuesToList();
    }

    MonitorFixture rule(Rule rule) {
        return send(Topics.RULES, rule.getId(), rule);
    }

    MonitorFixture action(AlertAction action) {
        return send(Topics.ALERT_ACTIONS, action.getTarget(), action);
    }

    /** Alerts written since this was last asked, in order, with their headers; a value of null: a tombstone. */
    List<TestRecord<String, Alert>> alerts() {
        return alertTopic.readRecordsToList();
    }

    /** Where scenarios are answered. */
    TestOutputTopic<String, ScenarioResult> scenarioResults() {
        return scenarioTopic;
    }

    /** Slice 1, which is on no instance, answers scenario s1 that nobody falls there. */
    MonitorFixture slice1(int attempt, int round, long epoch) {
        ScenarioAnswer answer = new ScenarioAnswer(attempt, round, 1, epoch, 0L, List.of());
        byte[] bytes = InternalSerdes.of(RoutedRecord.class)
                .serializer()
                .serialize("", ScenarioMessages.routed("s1", answer, START.toEpochMilli()));
        return sendBytes(ScenarioSettings.DEFAULT.roundsTopic(), "s1".getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** Dead letters since this was last asked. */
    List<DeadLetter> deadLetters() {
        return new ArrayList<>(deadLetterTopic.readValuesToList());
    }

    TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> left = Files.walk(stateDir)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
