package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioStart;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.depth.BelievedDepth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** What a slice knows of markets besides their prices: what it takes for a scenario to begin. */
public final class KnownMarkets {

    /** Change of volume, open interest or fund from which on it must be known again after a restart. */
    private static final double NOTABLE = 0.1;

    /** More than all bad debt that can be counted. */
    private static final double LARGEST_USD = 9e12;

    private static final Serde<KnownDepth> DEPTHS = InternalSerdes.of(KnownDepth.class);

    private final ImpactSettings settings;
    private final AvroDeserializer<Depth> depthReader;
    private final Map<String, Tick> ticks = new HashMap<>();
    private final Map<String, Tick> kept = new HashMap<>();
    private final Map<String, RoutedRecord> depths = new HashMap<>();

    /** Nothing is known yet. */
    public KnownMarkets(ImpactSettings settings, AvroDeserializer<Depth> depthReader) {
        this.settings = settings;
        this.depthReader = depthReader;
    }

    /** Notes a price record in numbers. */
    public void note(Tick tick) {
        if (!tick.getPassing()) {
            ticks.put(tick.getMarket(), tick);
        }
    }

    /**
     * Whether a tick is to be kept in a store, from which it is noted again after a restart.
     *
     * @param moved whether it is kept for its price
     */
    public boolean isToKeep(Tick tick, boolean moved) {
        Tick before = kept.get(tick.getMarket());
        boolean keep = moved
                || before == null
                || differs(before.getDayVolume(), tick.getDayVolume())
                || differs(before.getOpenInterest(), tick.getOpenInterest())
                || differs(before.getInsuranceFundUsd(), tick.getInsuranceFundUsd());
        if (keep) {
            kept.put(tick.getMarket(), tick);
        }
        return keep;
    }

    private static boolean differs(@Nullable Double before, @Nullable Double now) {
        if (before == null || now == null) {
            return (before == null) != (now == null);
        }
        return Math.abs(now - before) > NOTABLE * before;
    }

    /** Notes a record of kind KNOWN_DEPTH; false where a newer one is known. */
    public boolean noteDepth(RoutedRecord routed) {
        RoutedRecord before = depths.get(routed.getKey());
        if (before != null && before.getEventTimeMs() > routed.getEventTimeMs()) {
            return false;
        }
        depths.put(routed.getKey(), routed);
        return true;
    }

    /**
     * A market as a scenario begins with it.
     *
     * @param price it is valued at, quote units
     * @param quoteUsd US dollars per quote unit
     * @param timeMs event time of the price, epoch milliseconds: depth is judged as of then
     */
    public ScenarioStart start(InstrumentTerms terms, double price, double quoteUsd, long timeMs) {
        ScenarioStart start = new ScenarioStart();
        start.setMarket(terms.market());
        start.setEventTimeMs(timeMs);
        start.setPrice(price);
        start.setQuoteUsd(quoteUsd);
        Tick tick = ticks.get(terms.market());
        if (tick != null) {
            start.setInsuranceFundUsd(tick.getInsuranceFundUsd());
        }
        // An option's book says nothing of the price of its underlying, at which it is valued.
        boolean ownPrice = terms.contract().shape() != Shape.OPTION;
        if (tick != null && ownPrice) {
            Double base = terms.openInterest(tick.getOpenInterest(), tick.getMarkPrice(), tick.getIndexPrice());
            boolean inverse = terms.contract().shape() == Shape.INVERSE;
            start.setOpenInterest(base == null ? null : (Double) (inverse ? base * price : base));
            start.setDayVolume(terms.dayVolume(tick.getDayVolume(), tick.getMarkPrice(), tick.getIndexPrice()));
        }
        BelievedDepth depth = ownPrice ? depth(terms.market()) : null;
        StartImpact.choose(
                start,
                depth == null ? UsableDepth.NONE : depth.history().usable(timeMs, settings.depthLimits()),
                depth == null ? null : depth.lastGood(),
                settings.dailyVolatility());
        return start;
    }

    private @Nullable BelievedDepth depth(String market) {
        RoutedRecord routed = depths.get(market);
        if (routed == null) {
            return null;
        }
        byte[] bytes = new byte[routed.getValue().remaining()];
        routed.getValue().duplicate().get(bytes);
        return BelievedDepth.of(DEPTHS.deserializer().deserialize("", bytes), depthReader, settings.depthLimits());
    }

    /**
     * What the insurance funds of venues hold, micro-dollars, as far as known. A venue has one fund here, counted once: the
     * largest figure that its markets report, as venues report a fund they share with each market that it backs. Where
     * markets have funds of their own that is too little, and deleveraging comes out too large rather than too small.
     */
    static Map<String, Long> insuranceMicroUsd(List<ScenarioStart> starts) {
        Map<String, Long> funds = new HashMap<>();
        for (ScenarioStart start : starts) {
            Double fund = start.getInsuranceFundUsd();
            if (fund != null) {
                String venue = start.getMarket().substring(0, start.getMarket().indexOf(Keys.SEPARATOR));
                funds.merge(venue, MicroUsd.of(Math.min(fund, LARGEST_USD)), Math::max);
            }
        }
        return funds;
    }
}
