package io.plimsoll.topology.markets;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.cascade.Rebalancing;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Strategy;
import io.plimsoll.schemas.avro.StrategyKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The funds of each market that go back to a leverage: their newest records in a store, and in memory what they add up to.
 * Of a fund that is gone the tombstone stays, so that an older record cannot bring it back.
 */
final class MarketStrategies {

    /** One that has anything to hold. */
    private record Fund(Rebalancing rebalancing, long timeMs) {}

    private final KeyValueStore<String, RoutedRecord> store;
    private final AvroDeserializer<Strategy> reader;
    private final boolean enabled;
    private final Map<String, Map<String, Fund>> fundsByMarket = new HashMap<>();
    private final Map<String, MarketRebalancing> sumByMarket = new HashMap<>();

    /** @param enabled whether they count; else they are kept and nothing more */
    MarketStrategies(KeyValueStore<String, RoutedRecord> store, AvroDeserializer<Strategy> reader, boolean enabled) {
        this.store = store;
        this.reader = reader;
        this.enabled = enabled;
        try (KeyValueIterator<String, RoutedRecord> all = store.all()) {
            all.forEachRemaining(entry -> note(entry.value));
        }
    }

    /** Takes a record; null where it is older than the one there, else its market. */
    @Nullable
    String take(RoutedRecord routed) {
        RoutedRecord before = store.get(routed.getKey());
        if (before != null && before.getEventTimeMs() > routed.getEventTimeMs()) {
            return null;
        }
        store.put(routed.getKey(), routed);
        note(routed);
        return Keys.marketOf(routed.getKey());
    }

    private void note(RoutedRecord routed) {
        String market = Keys.marketOf(routed.getKey());
        Map<String, Fund> funds = fundsByMarket.computeIfAbsent(market, none -> new TreeMap<>());
        Rebalancing its = routed.getValue() == null
                ? Rebalancing.NONE
                : rebalancing(reader.read(routed.getValue().array()));
        if (its.isNothing()) {
            funds.remove(routed.getKey());
        } else {
            funds.put(routed.getKey(), new Fund(its, routed.getEventTimeMs()));
        }
        sumByMarket.remove(market);
    }

    private static Rebalancing rebalancing(Strategy strategy) {
        Double floor = strategy.getKind() == StrategyKind.CONSTANT_PROPORTION ? strategy.getFloorUsd() : null;
        long above = MicroUsd.of(strategy.getAssetsUsd()) - (floor == null ? 0 : MicroUsd.of(floor));
        return Rebalancing.of(strategy.getLeverage(), Math.max(0, above));
    }

    /** What the funds of a market add up to. */
    MarketRebalancing of(String market) {
        return enabled ? sumByMarket.computeIfAbsent(market, this::sum) : MarketRebalancing.NONE;
    }

    private MarketRebalancing sum(String market) {
        MarketRebalancing sum = MarketRebalancing.NONE;
        for (Fund fund : fundsByMarket.getOrDefault(market, Map.of()).values()) {
            sum = sum.plus(fund.rebalancing(), fund.timeMs());
        }
        return sum;
    }
}
