package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioJob;
import io.plimsoll.topology.avro.SurveyReport;
import io.plimsoll.topology.intake.CheckedInputs;
import io.plimsoll.topology.order.Sequencer;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * ACCOUNTS: what each slice of accounts holds in each market.
 *
 * @param input what slices are made of, in the order in which it counts
 * @param books reports by market, and each slice's progress to all markets
 * @param looks what looks at all accounts of a slice add up to
 * @param risks accounts near their line, by account
 */
public record PartialBooks(
        KStream<String, Object> input,
        KStream<String, BookReport> books,
        KStream<String, SurveyReport> looks,
        KStream<String, AccountRisk> risks) {

    private static final Set<String> FLOORS = Set.of(
            RecordKind.INSTRUMENT.name(),
            RecordKind.POSITION.name(),
            RecordKind.COLLATERAL.name(),
            RecordKind.PRICE.name());

    /** Adds the account store and its processor. */
    public static PartialBooks addTo(TopologyContext context, CheckedInputs inputs, KStream<String, Object> terms) {
        context.builder()
                .addStateStore(context.store(MonitorStores.ACCOUNTS, AccountBook.class))
                .addStateStore(context.store(MonitorStores.ACCOUNT_RISKS, AccountRisk.class))
                // Made again when the task starts, from the store above.
                .addStateStore(LatestStore.<NearAccount>builder(MonitorStores.NEAR_ACCOUNTS))
                .addStateStore(context.store(AccountsProcessor.REFERENCES, RoutedRecord.class))
                .addStateStore(context.store(AccountsProcessor.WAITING, RoutedRecord.class))
                .addStateStore(context.store(AccountsProcessor.EPOCH, Serdes.Long()))
                .addStateStore(context.store(MonitorStores.SCENARIO_RUNS, ScenarioJob.class))
                .addStateStore(context.store(MonitorStores.SCENARIO_RESULTS, ScenarioResult.class));
        KStream<String, Object> input = Sequencer.inOrder(
                context,
                TopologyContext.widened(inputs.accountChanges().merge(inputs.references(), Named.as("accounts-input"))),
                terms,
                "accounts",
                FLOORS);
        KStream<String, SpecificRecord> slices = input.merge(
                        TopologyContext.widened(inputs.knownDepth()), Named.as("accounts-and-depth"))
                .merge(TopologyContext.widened(Scenarios.input(context, inputs)), Named.as("accounts-and-scenarios"))
                .process(
                        () -> new AccountsProcessor(
                                MonitorStores.ACCOUNTS,
                                context.settings(),
                                context.reader(Topics.INSTRUMENTS),
                                context.reader(Topics.POSITIONS),
                                context.reader(Topics.COLLATERAL),
                                context.reader(Topics.SCENARIOS),
                                context.reader(Topics.DEPTH)),
                        Named.as("accounts"),
                        MonitorStores.ACCOUNTS,
                        MonitorStores.ACCOUNT_RISKS,
                        MonitorStores.NEAR_ACCOUNTS,
                        AccountsProcessor.REFERENCES,
                        AccountsProcessor.WAITING,
                        AccountsProcessor.EPOCH,
                        MonitorStores.SCENARIO_RUNS,
                        MonitorStores.SCENARIO_RESULTS);
        context.publish(slices, Topics.ACCOUNT_RISK, "account-risk");
        Scenarios.output(context, slices);
        context.publishDeadLetters(slices, "accounts-refused");
        return new PartialBooks(
                input,
                TopologyContext.only(slices, BookReport.class, "book-reports")
                        .repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(BookReport.class))
                                .withName("partial-books")
                                .withNumberOfPartitions(context.settings().partitions())
                                .withStreamPartitioner(byMarketOrToAll())),
                TopologyContext.only(slices, SurveyReport.class, "survey-reports"),
                TopologyContext.only(slices, AccountRisk.class, "accounts-to-alerts"));
    }

    /** Kafka's own partitioner for a market's key, so that its book meets its quote; all partitions for progress. */
    private static StreamPartitioner<String, BookReport> byMarketOrToAll() {
        return (topic, key, report, partitions) ->
                report.getMarket() == null ? Optional.of(CheckedInputs.allOf(partitions)) : Optional.empty();
    }
}
