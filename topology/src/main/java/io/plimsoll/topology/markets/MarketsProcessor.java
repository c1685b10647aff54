package io.plimsoll.topology.markets;

import io.plimsoll.risk.cascade.CascadeMarket;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Strategy;
import io.plimsoll.topology.Beat;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.LadderTurns;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.Turns;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.depth.ImpactBases;
import io.plimsoll.topology.depth.MarketDepths;
import io.plimsoll.topology.order.Marks;
import io.plimsoll.topology.order.SecondDone;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Merges the slices' books of a slice of markets, meets them with quotes, and forwards at intervals what changed: market
 * states, ladders, and samples for windows and the system.
 */
final class MarketsProcessor extends ContextualProcessor<String, Object, String, Object> {

    static final String BOOKS = "market-books";
    static final String QUOTES = "market-quotes";
    static final String DEPTHS = "market-depths";
    static final String STRATEGIES = "market-strategies";

    private final MonitorSettings settings;
    private final AvroDeserializer<Instrument> instrumentReader;
    private final AvroDeserializer<Price> priceReader;
    private final AvroDeserializer<Depth> depthReader;
    private final AvroDeserializer<Strategy> strategyReader;

    private final Map<String, InstrumentTerms> termsByMarket = new HashMap<>();
    private final Map<String, RoutedRecord> priceByMarket = new HashMap<>();
    /** What was made of price and instrument, until one of the two changes. */
    private final Map<String, Valuation.Quote> quoteByMarket = new HashMap<>();

    private final UnknownInstruments unknown;
    private final Set<String> dueStates = new LinkedHashSet<>();

    private final Set<String> dueLadders = new HashSet<>();
    private final Set<String> dueCascades = new HashSet<>();
    private KeyValueStore<String, RoutedRecord> quotes;
    private KeyValueStore<String, MarketState> states;
    private KeyValueStore<String, LadderMoment> ladders;
    private KeyValueStore<String, CascadeRisk> cascades;
    private KeyValueStore<String, CascadeMoment> cascadeMoments;
    private BookStore books;
    private MarketDepths depths;
    private MarketStrategies strategies;
    private LadderHistory ladderHistory;
    private SampleGate gate;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    MarketsProcessor(
            MonitorSettings settings,
            AvroDeserializer<Instrument> instrumentReader,
            AvroDeserializer<Price> priceReader,
            AvroDeserializer<Depth> depthReader,
            AvroDeserializer<Strategy> strategyReader) {
        this.settings = settings;
        this.instrumentReader = instrumentReader;
        this.priceReader = priceReader;
        this.depthReader = depthReader;
        this.strategyReader = strategyReader;
        this.unknown = new UnknownInstruments(settings.unknownInstrumentGrace());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        quotes = context.getStateStore(QUOTES);
        states = LatestStore.emptied(context, MonitorStores.MARKET_STATES);
        ladders = LatestStore.emptied(context, MonitorStores.LADDERS);
        cascades = LatestStore.emptied(context, MonitorStores.CASCADE_RISKS);
        cascadeMoments = LatestStore.emptied(context, MonitorStores.CASCADE_MOMENTS);
        depths = new MarketDepths(
                context.getStateStore(DEPTHS), depthReader, settings.impact().depthLimits());
        strategies = new MarketStrategies(
                context.getStateStore(STRATEGIES),
                strategyReader,
                settings.impact().strategies());
        ladderHistory = new LadderHistory(context::getStateStore);
        books = new BookStore(context.getStateStore(BOOKS));
        gate = new SampleGate(settings.partitions(), settings.idle().toMillis(), context.currentSystemTimeMs());
        try (KeyValueIterator<String, RoutedRecord> all = quotes.all()) {
            while (all.hasNext()) {
                take(all.next().value);
            }
        }
        for (String market : books.markets()) {
            books.book(market).parts().forEach((slice, part) -> gate.part(market, slice, part));
            dueStates.add(market);
            dueLadders.add(market);
            dueCascades.add(market);
        }
        priceByMarket.keySet().forEach(this::note);
        if (settings.isInEventOrder()) {
            // A second is published whole before what was read of it is committed: what is noted is what was published.
            dueStates.clear();
            dueLadders.clear();
            dueCascades.clear();
            context.schedule(
                    settings.publish(), PunctuationType.WALL_CLOCK_TIME, now -> unknown.report(now, context::forward));
            return;
        }
        context.schedule(Beat.START, settings.publish(), PunctuationType.WALL_CLOCK_TIME, this::publishStates);
        LadderTurns ladderTurns = settings.ladderTurns(context.currentSystemTimeMs());
        context.schedule(
                settings.publish(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> ladderTurns.step(now, dueLadders, this::publishLadder));
        Turns cascadeTurns = new Turns(settings.cascadePublish(), context.currentSystemTimeMs());
        context.schedule(
                settings.publish(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> publishCascades(cascadeTurns.take(dueCascades, now)));
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof BookReport report) {
            report(report);
        } else if (record.value() instanceof SecondDone done) {
            secondDone(done);
        } else if (record.value() instanceof RoutedRecord routed) {
            if (routed.getKind() == RecordKind.LIQUIDATION) {
                return; // on its way to the episodes
            }
            if (routed.getKind() == RecordKind.DEPTH) {
                depths.take(routed);
                dueCascades.add(routed.getKey());
                waitIfUnknown(routed);
                return;
            }
            if (routed.getKind() == RecordKind.STRATEGY) {
                String market = strategies.take(routed);
                if (market != null) {
                    dueCascades.add(market);
                }
                return;
            }
            String key = routed.getKind() + " " + routed.getKey();
            RoutedRecord before = quotes.get(key);
            if (before == null || before.getEventTimeMs() <= routed.getEventTimeMs()) {
                quotes.put(key, routed);
                take(routed);
            }
        } else {
            throw new IllegalStateException("a market cannot use " + record.value());
        }
    }

    private void report(BookReport report) {
        if (!books.isNews(report)) {
            return;
        }
        String market = report.getMarket();
        if (market != null) {
            books.apply(report);
            changed(market, report);
            return;
        }
        if (report.getAllReported()) {
            books.emptyOlderThan(report).forEach(emptied -> changed(emptied, report));
        }
        gate.reached(report.getSlice(), report.getEventTimeMs(), context().currentSystemTimeMs());
    }

    private void changed(String market, BookReport report) {
        MarketBook.Part part = Objects.requireNonNull(books.book(market).parts().get(report.getSlice()));
        if (!settings.isInEventOrder()) {
            gate.part(market, report.getSlice(), part);
        }
        dueStates.add(market);
        dueLadders.add(market);
        dueCascades.add(market);
    }

    private void take(RoutedRecord routed) {
        String market = routed.getKey();
        quoteByMarket.remove(market);
        if (routed.getKind() == RecordKind.INSTRUMENT) {
            termsByMarket.put(market, InstrumentTerms.of(instrumentReader.read(bytes(routed))));
            unknown.known(market);
            dueLadders.add(market);
        } else {
            priceByMarket.put(market, routed);
            if (!settings.isInEventOrder()) {
                // A price may come after all that is known of the accounts, and after the ladder of another one.
                dueLadders.add(market);
            }
            waitIfUnknown(routed);
        }
        Valuation.Quote quote = settings.isInEventOrder() ? null : quote(market);
        if (quote != null) {
            gate.quote(market, quote);
        }
        dueStates.add(market);
        dueCascades.add(market);
    }

    private void waitIfUnknown(RoutedRecord routed) {
        if (!termsByMarket.containsKey(routed.getKey())) {
            unknown.came(routed, context().currentSystemTimeMs());
        }
    }

    private Valuation.@Nullable Quote quote(String market) {
        InstrumentTerms terms = termsByMarket.get(market);
        RoutedRecord routed = priceByMarket.get(market);
        if (terms == null || routed == null) {
            return null;
        }
        Valuation.Quote known = quoteByMarket.get(market);
        if (known != null) {
            return known;
        }
        Price price = priceReader.read(bytes(routed));
        if (!terms.canValue(price)) {
            return null;
        }
        Valuation.Quote quote = new Valuation.Quote(terms, price, routed.getEventTimeMs());
        quoteByMarket.put(market, quote);
        return quote;
    }

    /** Null where it cannot be valued yet; so a book of which a report was taken up in part, which will be read again. */
    private @Nullable Valuation value(String market) {
        Valuation.Quote quote = quote(market);
        MarketBook book = books.book(market);
        return quote == null || !book.isWhole()
                ? null
                : Valuation.of(quote, book.sums(), book.liquidation(), book.bookTimeMs());
    }

    /**
     * In event-time order all is published here, and only what differs from what was: a report that a slice makes again
     * after a restart leaves no trace.
     */
    private void secondDone(SecondDone done) {
        for (String market : new TreeSet<>(dueStates)) {
            MarketState before = states.get(market);
            Valuation valuation = value(market);
            if (valuation != null) {
                MarketState state = noteState(valuation);
                if (!state.equals(before)) {
                    context().forward(new Record<>(market, state, valuation.asOfMs()));
                    forwardSample(valuation, done.toMs());
                }
            }
        }
        dueStates.clear();
        dueLadders.forEach(this::publishLadder);
        dueLadders.clear();
        for (String market : new TreeSet<>(dueCascades)) {
            publishCascade(market, true);
        }
        dueCascades.clear();
        context()
                .forward(new Record<>(
                        "",
                        Marks.ofMarkets(context().taskId().partition(), settings.partitions(), done.toMs()),
                        done.toMs()));
    }

    private void forwardSample(Valuation sample, long timestampMs) {
        context().forward(new Record<>(sample.market(), MarketRecords.sample(sample), sample.asOfMs()));
        if (!sample.terms().isAsset()) {
            context().forward(new Record<>(sample.market(), MarketRecords.summary(sample), timestampMs));
        }
    }

    private void publishStates(long nowMs) {
        for (String market : dueStates) {
            Valuation valuation = value(market);
            if (valuation != null) {
                context().forward(new Record<>(market, noteState(valuation), valuation.asOfMs()));
            }
        }
        dueStates.clear();
        for (Valuation sample : gate.takeSamples(nowMs)) {
            forwardSample(sample, sample.asOfMs());
        }
        unknown.report(nowMs, context()::forward);
    }

    /** Says how many rungs were written. */
    private int publishLadder(String market) {
        Valuation valuation = value(market);
        if (valuation == null || valuation.terms().isAsset()) {
            return 0;
        }
        LadderMoment moment = noteLadder(valuation);
        ladderHistory.take(valuation, moment.book(), depths.usable(market, valuation.asOfMs()));
        Ladder ladder = moment.record();
        context().forward(new Record<>(market, ladder, valuation.asOfMs()));
        return ladder.getLiquidation().size() + ladder.getBankruptcy().size();
    }

    private void publishCascades(List<String> turn) {
        for (String market : turn) {
            publishCascade(market, false);
        }
    }

    private void publishCascade(String market, boolean onlyNews) {
        Valuation valuation = value(market);
        if (valuation == null || !CascadeMarket.covers(valuation.terms().contract())) {
            return;
        }
        ImpactBasis impact = impact(valuation);
        if (!valuation.terms().isAsset()) {
            CascadeRisk before = cascades.get(market);
            CascadeRisk risk = noteCascade(valuation, impact);
            if (!onlyNews || !risk.equals(before)) {
                context().forward(new Record<>(market, risk, valuation.asOfMs()));
            }
        }
        context().forward(new Record<>(market, MarketReports.of(valuation, impact), valuation.asOfMs()));
    }

    /** Makes anew what can be asked of a market. */
    private void note(String market) {
        Valuation valuation = value(market);
        if (valuation == null) {
            return;
        }
        noteState(valuation);
        if (!valuation.terms().isAsset()) {
            noteLadder(valuation);
            if (CascadeMarket.covers(valuation.terms().contract())) {
                noteCascade(valuation, impact(valuation));
            }
        }
    }

    private MarketState noteState(Valuation valuation) {
        MarketState state = MarketRecords.state(valuation);
        states.put(valuation.market(), state);
        return state;
    }

    private LadderMoment noteLadder(Valuation valuation) {
        String market = valuation.market();
        LadderMoment ladder = new LadderMoment(valuation, books.book(market).frozen());
        ladders.put(market, ladder);
        return ladder;
    }

    private CascadeRisk noteCascade(Valuation valuation, ImpactBasis impact) {
        String market = valuation.market();
        CascadeMoment moment = new CascadeMoment(valuation, books.book(market).frozen(), impact, strategies.of(market));
        CascadeRisk risk = CascadeRecords.of(moment);
        cascades.put(market, risk);
        cascadeMoments.put(market, moment);
        return risk;
    }

    private ImpactBasis impact(Valuation valuation) {
        return ImpactBases.choose(
                depths.usable(valuation.market(), valuation.asOfMs()),
                depths.lastGood(valuation.market()),
                valuation.terms().dayVolume(valuation.price()),
                settings.impact().dailyVolatility());
    }

    private static byte[] bytes(RoutedRecord routed) {
        return routed.getValue().array();
    }
}
