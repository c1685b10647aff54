package io.plimsoll.server.it;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.server.it.BadRecords.Bad;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Depth, liquidations and scenarios that must not be used: every field that can be wrong. */
final class BadEvents {

    private static final double[] NO_NUMBERS = {Double.NaN, Double.POSITIVE_INFINITY, -1};

    private final List<Bad> all = new ArrayList<>();
    private final AvroSerdes serdes;
    private final Instrument instrument;
    private final long timestampMs;

    BadEvents(AvroSerdes serdes, Instrument known, long timestampMs) {
        this.serdes = serdes;
        this.instrument = known;
        this.timestampMs = timestampMs;
        addDepth();
        addLiquidations();
        addScenarios();
    }

    List<Bad> all() {
        return all;
    }

    private void addDepth() {
        for (double wrong : NO_NUMBERS) {
            depth("mid " + wrong, depth -> depth.setMidPrice(wrong));
            depth("distance " + wrong, depth -> depth.setLevels(List.of(level(wrong, 1, 1))));
            depth("bid quantity " + wrong, depth -> depth.setLevels(List.of(level(0.01, wrong, 1))));
            depth("ask quantity " + wrong, depth -> depth.setLevels(List.of(level(0.01, 1, wrong))));
            depth("bid price " + wrong, depth -> depth.setLevels(List.of(new DepthLevel(0.01, 1.0, 1.0, wrong, null))));
            depth("ask price " + wrong, depth -> depth.setLevels(List.of(new DepthLevel(0.01, 1.0, 1.0, null, wrong))));
        }
        depth("no levels", depth -> depth.setLevels(List.of()));
        depth("distances fall", depth -> depth.setLevels(List.of(level(0.02, 1, 1), level(0.01, 2, 2))));
        depth("quantities fall", depth -> depth.setLevels(List.of(level(0.01, 2, 1), level(0.02, 1, 1))));
        add("tombstone of depth", Topics.DEPTH, marketKey(), null, DeadLetterReason.INVALID_VALUE);
        add(
                "depth under another's key",
                Topics.DEPTH,
                "x:y",
                bytes(Topics.DEPTH, depth()),
                DeadLetterReason.KEY_MISMATCH);
        Depth nowhere = depth();
        nowhere.setSymbol("NOWHERE");
        add(
                "depth of an unknown instrument",
                Topics.DEPTH,
                Keys.market(instrument.getVenue(), "NOWHERE"),
                bytes(Topics.DEPTH, nowhere),
                DeadLetterReason.UNKNOWN_INSTRUMENT);
    }

    private void addLiquidations() {
        for (double wrong : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY, -1}) {
            liquidation("quantity " + wrong, forced -> forced.setQuantity(wrong));
            liquidation("price " + wrong, forced -> forced.setPrice(wrong));
            liquidation("notional " + wrong, forced -> forced.setNotionalUsd(wrong));
            liquidation("dollars of the quote asset " + wrong, forced -> forced.setQuotePriceUsd(wrong));
        }
        liquidation("notional beyond what can be counted", forced -> {
            forced.setQuantity(1e12);
            forced.setPrice(1e6);
        });
        liquidation("blank trade id", forced -> forced.setTradeId(" "));
        liquidation("trade id of 201 characters", forced -> forced.setTradeId("x".repeat(201)));
        liquidation("empty liquidation id", forced -> forced.setLiquidationId(""));
        liquidation("liquidation id of 201 characters", forced -> forced.setLiquidationId("x".repeat(201)));
        add("tombstone of a liquidation", Topics.LIQUIDATIONS, marketKey(), null, DeadLetterReason.INVALID_VALUE);
        add(
                "liquidation under another's key",
                Topics.LIQUIDATIONS,
                "x:y",
                bytes(Topics.LIQUIDATIONS, liquidation()),
                DeadLetterReason.KEY_MISMATCH);
    }

    private void addScenarios() {
        for (double wrong : new double[] {-1, -7, 99.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            scenario("shock " + wrong, asked -> asked.setShocks(Map.of("BTC", wrong)));
        }
        for (double wrong : new double[] {0, -0.3, 1.1, Double.NaN}) {
            scenario("haircut " + wrong, asked -> asked.setDepthHaircut(wrong));
        }
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            scenario("cut " + wrong, asked -> asked.setCollateralCuts(Map.of("USDE", wrong)));
        }
        for (String wrong : List.of("nobody", ":nobody", "venue:", "")) {
            scenario("removed account " + wrong, asked -> asked.setRemovedAccounts(List.of(wrong)));
        }
        add("tombstone of a scenario", Topics.SCENARIOS, "s", null, DeadLetterReason.INVALID_VALUE);
        add(
                "scenario under another's key",
                Topics.SCENARIOS,
                "other",
                bytes(Topics.SCENARIOS, scenario()),
                DeadLetterReason.KEY_MISMATCH);
    }

    private void depth(String name, Consumer<Depth> change) {
        Depth depth = depth();
        change.accept(depth);
        invalid("depth, " + name, Topics.DEPTH, marketKey(), depth);
    }

    private void liquidation(String name, Consumer<Liquidation> change) {
        Liquidation liquidation = liquidation();
        change.accept(liquidation);
        invalid("liquidation, " + name, Topics.LIQUIDATIONS, marketKey(), liquidation);
    }

    private void scenario(String name, Consumer<Scenario> change) {
        Scenario scenario = scenario();
        change.accept(scenario);
        invalid("scenario, " + name, Topics.SCENARIOS, scenario.getId(), scenario);
    }

    private <T extends SpecificRecord> void invalid(String name, Topic<T> topic, String key, T record) {
        add(name, topic, key, bytes(topic, record), DeadLetterReason.INVALID_VALUE);
    }

    private void add(String name, Topic<?> topic, String key, byte @Nullable [] value, DeadLetterReason reason) {
        all.add(new Bad(name, topic, key.getBytes(StandardCharsets.UTF_8), timestampMs, value, reason));
    }

    private Depth depth() {
        return new Depth(instrument.getVenue(), instrument.getSymbol(), 1.0, List.of(level(0.01, 1, 1)));
    }

    private static DepthLevel level(double distance, double bid, double ask) {
        return new DepthLevel(distance, bid, ask, null, null);
    }

    private Liquidation liquidation() {
        return new Liquidation(
                instrument.getVenue(),
                instrument.getSymbol(),
                PositionSide.LONG,
                1.0,
                1.0,
                LiquidationPriceKind.FILL,
                false,
                null,
                "1",
                null,
                null,
                1.0);
    }

    private static Scenario scenario() {
        return new Scenario("s", 1L, Map.of("BTC", -0.1), 1.0, Map.of(), List.of());
    }

    private String marketKey() {
        return Keys.market(instrument.getVenue(), instrument.getSymbol());
    }

    private <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T record) {
        return serdes.of(topic).serializer().serialize(topic.name(), record);
    }
}
