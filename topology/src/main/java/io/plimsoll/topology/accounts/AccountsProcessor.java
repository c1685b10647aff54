package io.plimsoll.topology.accounts;

import io.plimsoll.risk.MarginCall;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.topology.AccountRiskRecords;
import io.plimsoll.topology.DeadLetters;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.LadderTurns;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.Turns;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.order.SecondDone;
import io.plimsoll.topology.survey.Surveys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the accounts of one slice and reports its books to the markets, at intervals and at each second of event time.
 *
 * <p>The books live in memory and are rebuilt from the account store when the task starts and when an instrument
 * changes: they cannot drift from it. Until a rebuild is done, changes go to the store alone.
 */
final class AccountsProcessor extends ContextualProcessor<String, Object, String, SpecificRecord> {

    static final String REFERENCES = "account-references";
    static final String WAITING = "waiting-positions";
    static final String EPOCH = "slice-epoch";

    private static final String EPOCH_KEY = "epoch";

    /** Accounts looked at in one turn, to forget what they closed: a slice may hold a million, and prices do not wait. */
    private static final int MOST_FORGOTTEN = 200;

    private final String accountsStore;
    private final MonitorSettings settings;
    private final AvroDeserializer<Instrument> instrumentReader;
    private final AvroDeserializer<Position> positionReader;
    private final AvroDeserializer<Collateral> collateralReader;
    private final AvroDeserializer<Scenario> scenarioReader;
    private final AvroDeserializer<Depth> depthReader;

    private final AccountSlice slice;
    private final WaitingPositions waiting = new WaitingPositions();
    private final ClosedAccounts closed = new ClosedAccounts();
    private final SliceProgress progress;
    private KeyValueStore<String, AccountBook> accounts;
    private KeyValueStore<String, RoutedRecord> references;
    private KeyValueStore<String, AccountRisk> published;
    private SliceReporter reporter;
    private RiskReporter risks;
    private SliceScenarios scenarios;
    private SliceSurvey survey;
    private boolean rebuildDue = true;
    /** Markets whose prices are to settle with their next ladder. */
    private final Set<String> dueToSettle = new HashSet<>();

    private final boolean inEventOrder;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AccountsProcessor(
            String accountsStore,
            MonitorSettings settings,
            AvroDeserializer<Instrument> instrumentReader,
            AvroDeserializer<Position> positionReader,
            AvroDeserializer<Collateral> collateralReader,
            AvroDeserializer<Scenario> scenarioReader,
            AvroDeserializer<Depth> depthReader) {
        this.accountsStore = accountsStore;
        this.settings = settings;
        this.inEventOrder = settings.isInEventOrder();
        this.progress = new SliceProgress(settings.idle());
        this.instrumentReader = instrumentReader;
        this.positionReader = positionReader;
        this.collateralReader = collateralReader;
        this.scenarioReader = scenarioReader;
        this.depthReader = depthReader;
        this.slice = new AccountSlice(
                settings.accountRisk(),
                settings.measures().needDistributions(),
                key -> accounts.get(key),
                this::publishedState,
                (key, holdings, before, after) -> risks.changed(key, holdings, after));
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        accounts = context.getStateStore(accountsStore);
        references = context.getStateStore(REFERENCES);
        waiting.open(context.getStateStore(WAITING), context.currentSystemTimeMs() + graceMs());
        long epoch = nextEpoch(context.getStateStore(EPOCH), context.currentSystemTimeMs());
        reporter = new SliceReporter(context, context.taskId().partition(), epoch);
        published = context.getStateStore(MonitorStores.ACCOUNT_RISKS);
        AccountWatch watch = slice.watch();
        risks = new RiskReporter(
                published,
                LatestStore.emptied(context, MonitorStores.NEAR_ACCOUNTS),
                new AccountRiskRecords(
                        slice::terms,
                        watch,
                        watch::timeMs,
                        watch::fundingRate8h,
                        settings.accountRisk().venueLineTolerance()),
                watch,
                (key, risk) -> context.forward(new Record<>(key, risk, risk.getAsOfMs())));
        scenarios = new SliceScenarios(context, settings, slice, accounts, epoch, scenarioReader, depthReader);
        survey = new SliceSurvey(
                settings.survey(),
                settings.bookFlush(),
                settings.accountRisk().venueLineTolerance(),
                context.taskId().partition(),
                slice,
                report -> context.forward(new Record<>(Surveys.SYSTEM, report, report.getAsOfMs())));
        try (KeyValueIterator<String, RoutedRecord> all = references.all()) {
            while (all.hasNext()) {
                RoutedRecord kept = all.next().value;
                if (kept.getKind() == RecordKind.INSTRUMENT) {
                    takeInstrument(kept);
                } else if (kept.getKind() == RecordKind.KNOWN_DEPTH) {
                    scenarios.noteDepth(kept);
                } else {
                    kept.getTicks().forEach(this::take);
                }
            }
        }
        context.schedule(settings.bookFlush(), PunctuationType.WALL_CLOCK_TIME, now -> {
            if (!inEventOrder) {
                report(false);
            }
            waiting.takeOverdue(now).forEach(this::forwardUnknown);
        });
        if (!inEventOrder) {
            Turns settleTurns = new Turns(settings.ladderSettle(), context.currentSystemTimeMs());
            LadderTurns ladderTurns = settings.ladderTurns(context.currentSystemTimeMs());
            context.schedule(settings.publish(), PunctuationType.WALL_CLOCK_TIME, now -> {
                if (rebuildDue) {
                    return; // the next report does it
                }
                dueToSettle.addAll(settleTurns.take(slice.ladderMarkets(), now));
                ladderTurns.step(now, slice.ladderMarkets(), this::reportLadder);
            });
            context.schedule(settings.accountRisk().publish(), PunctuationType.WALL_CLOCK_TIME, now -> refreshRisks());
            context.schedule(
                    settings.publish(),
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> forgetClosed(progress.newestMs(), MOST_FORGOTTEN));
        }
        context.schedule(settings.bookFlush(), PunctuationType.WALL_CLOCK_TIME, this::survey);
        context.schedule(settings.bookFlush(), PunctuationType.WALL_CLOCK_TIME, scenarios::tick);
        context.schedule(settings.closedMemory(), PunctuationType.WALL_CLOCK_TIME, scenarios::forgetOld);
    }

    private MarginCall publishedState(String key) {
        AccountRisk risk = published.get(key);
        return risk == null ? MarginCall.OK : MarginCall.valueOf(risk.getState().name());
    }

    private void refreshRisks() {
        if (!rebuildDue) {
            risks.refresh(settings.accountRisk().refreshed(), this::holdings);
        }
    }

    private @Nullable HeldAccount holdings(String key) {
        AccountBook book = accounts.get(key);
        return book == null ? null : slice.read(key, book);
    }

    private void survey(long nowMs) {
        if (!rebuildDue) {
            survey.step(nowMs, progress.reachedMs(nowMs));
        }
    }

    /** Where processing is at least once, the last one may not have been written though its reports were. */
    private static long nextEpoch(KeyValueStore<String, Long> store, long nowMs) {
        Long last = store.get(EPOCH_KEY);
        long next = last == null ? nowMs : Math.max(last + 1, nowMs);
        store.put(EPOCH_KEY, next);
        return next;
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof SecondDone done) {
            secondDone(done);
        } else if (record.value() instanceof RoutedRecord routed) {
            take(record.key(), routed);
        } else {
            throw new IllegalStateException("a slice of accounts cannot use " + record.value());
        }
    }

    /** In event-time order all is reported here, and nothing by the clock. */
    private void secondDone(SecondDone done) {
        if (done.hadRecords()) {
            if (!rebuildDue) {
                slice.moveReferencePrices(slice.ladderMarkets(), true);
            }
            report(true, done.toMs());
            long second = done.toMs() / SecondDone.SECOND_MS;
            risks.refreshTurn(second, settings.accountRisk().refreshed(), this::holdings);
            forgetClosed(done.toMs(), Integer.MAX_VALUE);
        } else {
            reporter.progress(done.toMs());
        }
    }

    private void take(String key, RoutedRecord routed) {
        if (scenarios.take(
                routed, (topic, detail) -> forwardDeadLetter(routed, topic, DeadLetterReason.INVALID_VALUE, detail))) {
            return;
        }
        if (routed.getKind() == RecordKind.KNOWN_DEPTH) {
            if (scenarios.noteDepth(routed)) {
                references.put(RecordKind.KNOWN_DEPTH + " " + routed.getKey(), routed);
            }
            return;
        }
        boolean isReference = routed.getKind() == RecordKind.INSTRUMENT || routed.getKind() == RecordKind.TICKS;
        if (inEventOrder) {
            // As after a restart: what is due is due before the next record.
            if (rebuildDue && routed.getKind() != RecordKind.INSTRUMENT) {
                rebuild();
            }
        } else if (!isReference && progress.beginsNextSecond(routed.getEventTimeMs())) {
            report(false);
        }
        progress.take(isReference, routed.getEventTimeMs(), context().currentSystemTimeMs());
        switch (routed.getKind()) {
            case INSTRUMENT -> instrument(routed);
            case TICKS -> ticks(routed);
            case POSITION -> position(key, routed);
            case COLLATERAL -> collateral(key, routed);
            default ->
                throw new IllegalStateException(
                        "records of kind " + routed.getKind() + " do not reach accounts: " + routed.getKey());
        }
    }

    private void ticks(RoutedRecord routed) {
        for (Tick tick : routed.getTicks()) {
            if (take(tick)) {
                RoutedRecord kept = new RoutedRecord(
                        RecordKind.TICKS, tick.getMarket(), tick.getEventTimeMs(), 0, 0L, null, List.of(tick));
                references.put(RecordKind.TICKS + " " + tick.getMarket(), kept);
            }
        }
    }

    /** True where it moves ladder places, or scenarios need it: it must be known again after a restart. */
    private boolean take(Tick tick) {
        String market = tick.getMarket();
        InstrumentTerms terms = slice.terms(market);
        double price =
                terms == null ? tick.getMarkPrice() : terms.valuationPrice(tick.getMarkPrice(), tick.getIndexPrice());
        if (Double.isNaN(price)) {
            return false;
        }
        if (inEventOrder && tick.getEventTimeMs() < slice.watch().timeMs(market)) {
            return false; // no conflater has left it out
        }
        if (!tick.getPassing()) {
            slice.watch().funding(market, tick.getFundingRate8h());
        }
        slice.watch().price(market, price, tick.getQuotePriceUsd(), tick.getEventTimeMs());
        scenarios.note(tick);
        if (tick.getPassing()) {
            return false;
        }
        rebuildDue |= slice.leavesTheDollar(market, tick.getQuotePriceUsd());
        boolean moves = slice.notePrice(market, price, tick.getQuotePriceUsd());
        // In event-time order the watch over accounts goes on after a restart as if there had been none.
        return scenarios.isToKeep(tick, moves) || inEventOrder;
    }

    private void instrument(RoutedRecord routed) {
        String storeKey = RecordKind.INSTRUMENT + " " + routed.getKey();
        RoutedRecord before = references.get(storeKey);
        if (before != null && before.getEventTimeMs() > routed.getEventTimeMs()) {
            return;
        }
        boolean repeated = before != null
                && Objects.equals(before.getValue(), routed.getValue())
                && before.getEventTimeMs() == routed.getEventTimeMs();
        if (repeated) {
            return;
        }
        InstrumentTerms terms = takeInstrument(routed);
        references.put(storeKey, routed);
        for (RoutedRecord waited : waiting.takeOf(routed.getKey())) {
            refuseUncountable(waited, positionReader.read(bytes(waited)), terms);
        }
    }

    private InstrumentTerms takeInstrument(RoutedRecord routed) {
        String market = routed.getKey();
        InstrumentTerms before = slice.terms(market);
        InstrumentTerms terms = InstrumentTerms.of(instrumentReader.read(bytes(routed)));
        slice.setTerms(market, terms);
        boolean isSame = before != null && before.instrument().equals(terms.instrument());
        // Balances of an asset are in no book: any account may hold it.
        rebuildDue |= !isSame && (terms.isAsset() || before != null || slice.holds(market));
        return terms;
    }

    private void position(String key, RoutedRecord routed) {
        String symbol = nameIn(routed.getKey());
        Position position = routed.getValue() == null ? null : positionReader.read(bytes(routed));
        AccountBook before = account(key);
        boolean closing = position == null || position.getSize() == 0;
        if (closing && !AccountChanges.holdsPosition(before, symbol)) {
            forwardNothingToClose(routed, Topics.POSITIONS);
        }
        if (position != null && !closing) {
            String market = Keys.market(AccountSlice.venueOf(key), symbol);
            InstrumentTerms terms = slice.terms(market);
            if (terms == null) {
                waiting.put(market, routed, context().currentSystemTimeMs() + graceMs());
            } else if (refuseUncountable(routed, position, terms)) {
                return;
            }
        }
        change(key, before, AccountChanges.withPosition(before, symbol, routed.getEventTimeMs(), position));
    }

    private void collateral(String key, RoutedRecord routed) {
        String asset = nameIn(routed.getKey());
        Collateral balance = routed.getValue() == null ? null : collateralReader.read(bytes(routed));
        AccountBook before = account(key);
        if (balance == null && !AccountChanges.holdsBalance(before, asset)) {
            forwardNothingToClose(routed, Topics.COLLATERAL);
        }
        change(key, before, AccountChanges.withBalance(before, asset, routed.getEventTimeMs(), balance));
    }

    private void change(String key, AccountBook before, @Nullable AccountBook after) {
        if (after == null) {
            return;
        }
        scenarios.beforeChange(key, before);
        accounts.put(key, after);
        noteClosed(key, after);
        if (!rebuildDue) {
            slice.replace(key, before, after);
        }
    }

    private void noteClosed(String key, AccountBook book) {
        Long closedMs = AccountChanges.oldestCloseMs(book);
        if (closedMs != null) {
            closed.add(key, closedMs);
        }
    }

    private AccountBook account(String key) {
        AccountBook stored = accounts.get(key);
        return stored == null ? AccountChanges.empty() : stored;
    }

    private void report(boolean withLadders) {
        report(withLadders, progress.reachedMs(context().currentSystemTimeMs()));
    }

    private void report(boolean withLadders, long reportedMs) {
        if (rebuildDue) {
            rebuild();
        }
        reporter.report(slice.books(), reportedMs, withLadders);
    }

    /** Says how many rungs were written. */
    private int reportLadder(String market) {
        slice.moveReferencePrices(List.of(market), dueToSettle.remove(market));
        AccountSlice.Book book = slice.books().get(market);
        return book == null
                ? 0
                : reporter.reportLadder(
                        market, book, progress.reachedMs(context().currentSystemTimeMs()));
    }

    private void rebuild() {
        survey.restart();
        slice.clear();
        try (KeyValueIterator<String, AccountBook> all = accounts.all()) {
            while (all.hasNext()) {
                KeyValue<String, AccountBook> entry = all.next();
                slice.add(entry.key, entry.value);
                noteClosed(entry.key, entry.value);
            }
        }
        rebuildDue = false;
    }

    /** Removes what was closed long before an event time, of so many accounts at most; the books do not hold it. */
    private void forgetClosed(long atMs, int most) {
        long beforeMs = atMs - settings.closedMemory().toMillis();
        for (int i = 0; i < most; i++) {
            String key = closed.takeBefore(beforeMs);
            if (key == null) {
                return;
            }
            AccountBook book = account(key);
            AccountBook left = AccountChanges.forgetting(book, beforeMs);
            if (left == null) {
                accounts.delete(key);
            } else if (!left.equals(book)) {
                accounts.put(key, left);
            }
            if (left != null) {
                noteClosed(key, left);
            }
        }
    }

    private boolean refuseUncountable(RoutedRecord routed, Position position, InstrumentTerms terms) {
        String reason = HeldAccount.whyNotCountable(
                terms,
                position.getSize(),
                position.getEntryPrice(),
                position.getDelta(),
                position.getUnderlyingPrice());
        if (reason == null) {
            return false;
        }
        forwardDeadLetter(routed, Topics.POSITIONS, DeadLetterReason.INVALID_VALUE, reason);
        return true;
    }

    private void forwardUnknown(Map.Entry<String, RoutedRecord> overdue) {
        forwardDeadLetter(
                overdue.getValue(),
                Topics.POSITIONS,
                DeadLetterReason.UNKNOWN_INSTRUMENT,
                "instrument " + overdue.getKey() + " is not on " + Topics.INSTRUMENTS.name()
                        + ": the position is kept, and counted from when it is");
    }

    private void forwardNothingToClose(RoutedRecord routed, Topic<?> topic) {
        forwardDeadLetter(
                routed,
                topic,
                DeadLetterReason.NOTHING_TO_CLOSE,
                "nothing is known under key " + routed.getKey() + " that could be closed");
    }

    private void forwardDeadLetter(RoutedRecord routed, Topic<?> topic, DeadLetterReason reason, String detail) {
        context()
                .forward(new Record<>(
                        routed.getKey(),
                        DeadLetters.of(routed, topic.name(), reason, detail),
                        routed.getEventTimeMs()));
    }

    /** The last part of venue:account:name. */
    private static String nameIn(String key) {
        return key.substring(key.indexOf(Keys.SEPARATOR, key.indexOf(Keys.SEPARATOR) + 1) + 1);
    }

    private static byte[] bytes(RoutedRecord routed) {
        return routed.getValue().array();
    }

    private long graceMs() {
        return settings.unknownInstrumentGrace().toMillis();
    }
}
