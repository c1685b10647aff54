package io.plimsoll.topology.survey;

import io.plimsoll.risk.survey.MarketTerms;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.avro.SurveyReport;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds up the slices' looks at their accounts, and says what all of them together would do, whenever a look has ended or a
 * market has become known.
 */
final class SurveyProcessor extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    static final String MARKETS = "surveyed-markets";

    private final MonitorSettings settings;
    private final SliceLooks looks;
    private KnownMarkets markets;
    private KeyValueStore<String, CascadeRisk> cascades;
    private KeyValueStore<String, Contagion> contagion;
    private KeyValueStore<String, CollateralState> collaterals;
    private boolean due;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    SurveyProcessor(MonitorSettings settings) {
        this.settings = settings;
        this.looks = new SliceLooks(settings.partitions());
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        markets = new KnownMarkets(context.getStateStore(MARKETS));
        cascades = context.getStateStore(MonitorStores.SYSTEM_CASCADE_RISK);
        contagion = context.getStateStore(MonitorStores.CONTAGION);
        collaterals = context.getStateStore(MonitorStores.COLLATERAL_STATES);
        context.schedule(settings.cascadePublish(), PunctuationType.WALL_CLOCK_TIME, now -> publish());
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.value() instanceof SurveyReport report) {
            due |= looks.take(report);
        } else if (record.value() instanceof MarketReport report) {
            due |= markets.take(report);
        } else {
            throw new IllegalStateException("a survey cannot use " + record.value());
        }
    }

    private void publish() {
        SurveySum survey = due ? looks.sum() : null;
        if (survey == null || markets.reports().isEmpty()) {
            return;
        }
        due = false;
        Map<String, MarketTerms> terms = markets.terms();
        SurveyInputs inputs = new SurveyInputs(markets.reports().values(), looks.asOfMs(), looks.beganMs());
        CascadeRisk risk = SystemCascadeRecords.of(survey, terms, inputs);
        cascades.put(Surveys.SYSTEM, risk);
        context().forward(new Record<>(Surveys.SYSTEM, risk, risk.getAsOfMs()));
        Map<String, Contagion> records = ContagionRecords.of(survey, terms, inputs);
        publish(contagion, records, source -> ContagionRecords.none(source, survey, inputs), inputs.asOfMs());
        CollateralRecords collateral =
                new CollateralRecords(survey.totals(), settings.survey().families(), inputs);
        publish(collaterals, collateral.all(), collateral::none, inputs.asOfMs());
    }

    /** Publishes records by subject, and for subjects that are gone one that says so. */
    private <T extends SpecificRecord> void publish(
            KeyValueStore<String, T> store, Map<String, T> records, Function<String, T> none, long asOfMs) {
        Set<String> gone = new TreeSet<>();
        try (KeyValueIterator<String, T> all = store.all()) {
            all.forEachRemaining(entry -> gone.add(entry.key));
        }
        gone.removeAll(records.keySet());
        for (String subject : gone) {
            store.delete(subject);
            forward(subject, none.apply(subject), asOfMs);
        }
        records.forEach((subject, record) -> {
            store.put(subject, record);
            forward(subject, record, asOfMs);
        });
    }

    private void forward(String subject, SpecificRecord record, long asOfMs) {
        context().forward(new Record<>(subject, record, asOfMs));
    }
}
