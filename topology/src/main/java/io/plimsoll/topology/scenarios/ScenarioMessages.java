package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.scenario.MarketFlow;
import io.plimsoll.risk.scenario.PricePath;
import io.plimsoll.risk.scenario.RoundMode;
import io.plimsoll.risk.scenario.ScenarioRun;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.risk.scenario.SliceAnswer;
import io.plimsoll.risk.scenario.VenueTally;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.avro.ScenarioCall;
import io.plimsoll.topology.avro.ScenarioFlow;
import io.plimsoll.topology.avro.ScenarioPath;
import io.plimsoll.topology.avro.ScenarioSums;
import io.plimsoll.topology.avro.ScenarioTally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** What coordinator and slices say to each other, to and from records. */
public final class ScenarioMessages {

    private static final Serde<ScenarioCall> CALLS = InternalSerdes.of(ScenarioCall.class);
    private static final Serde<ScenarioAnswer> ANSWERS = InternalSerdes.of(ScenarioAnswer.class);

    private ScenarioMessages() {}

    /** A call on its way to all slices. */
    static RoutedRecord routed(String id, ScenarioCall call, long nowMs) {
        return routed(RecordKind.SCENARIO_ROUND, id, CALLS, call, nowMs);
    }

    /** An answer on its way to the coordinator. */
    public static RoutedRecord routed(String id, ScenarioAnswer answer, long nowMs) {
        return routed(RecordKind.SCENARIO_ANSWER, id, ANSWERS, answer, nowMs);
    }

    private static <T extends SpecificRecord> RoutedRecord routed(
            RecordKind kind, String id, Serde<T> serde, T message, long nowMs) {
        byte[] bytes = serde.serializer().serialize("", message);
        return new RoutedRecord(kind, id, nowMs, 0, 0L, ByteBuffer.wrap(bytes), List.of());
    }

    /** The call in a record. */
    public static ScenarioCall call(RoutedRecord routed) {
        return CALLS.deserializer().deserialize("", routed.getValue().array());
    }

    /** The answer in a record. */
    public static ScenarioAnswer answer(RoutedRecord routed) {
        return ANSWERS.deserializer().deserialize("", routed.getValue().array());
    }

    /** A request's terms. */
    static ScenarioTerms terms(Scenario request) {
        return new ScenarioTerms(
                request.getShocks(),
                request.getDepthHaircut(),
                request.getCollateralCuts(),
                Set.copyOf(request.getRemovedAccounts()));
    }

    static ScenarioPath path(ScenarioRun run) {
        boolean net = run.mode() == RoundMode.NET;
        List<List<Double>> low = new ArrayList<>();
        List<List<Double>> high = new ArrayList<>();
        for (int round = 0; round < run.path().rounds(); round++) {
            low.add(list(run.path().low(round)));
            if (!net) {
                high.add(list(run.path().high(round)));
            }
        }
        return new ScenarioPath(net, low, high);
    }

    static PricePath path(ScenarioCall call, ScenarioPath path) {
        PricePath prices = PricePath.of(call.getMarkets(), array(call.getPrices()), array(call.getQuoteUsd()));
        for (int round = 0; round < path.getLow().size(); round++) {
            double[] low = array(path.getLow().get(round));
            prices = prices.then(low, path.getNet() ? low : array(path.getHigh().get(round)));
        }
        return prices;
    }

    static List<Double> list(double[] numbers) {
        List<Double> list = new ArrayList<>(numbers.length);
        for (double number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static ScenarioSums sums(boolean net, SliceAnswer answer) {
        List<ScenarioFlow> flows = new ArrayList<>();
        answer.flows().forEach((market, flow) -> flows.add(new ScenarioFlow(market, flow.sellLots(), flow.buyLots())));
        List<ScenarioTally> venues = new ArrayList<>();
        answer.venues()
                .forEach((venue, tally) -> venues.add(new ScenarioTally(
                        venue,
                        tally.accounts(),
                        tally.pools(),
                        tally.notionalMicroUsd(),
                        tally.badDebtMicroUsd(),
                        tally.equityLeftMicroUsd(),
                        tally.winnersMicroUsd())));
        return new ScenarioSums(net, flows, venues, answer.accountsJudged(), answer.poolsUnpriced());
    }

    static SliceAnswer sums(ScenarioSums sums) {
        SortedMap<String, MarketFlow> flows = new TreeMap<>();
        sums.getFlows()
                .forEach(flow -> flows.put(flow.getMarket(), new MarketFlow(flow.getSellLots(), flow.getBuyLots())));
        SortedMap<String, VenueTally> venues = new TreeMap<>();
        sums.getVenues()
                .forEach(tally -> venues.put(
                        tally.getVenue(),
                        new VenueTally(
                                tally.getAccounts(),
                                tally.getPools(),
                                tally.getNotionalMicroUsd(),
                                tally.getBadDebtMicroUsd(),
                                tally.getEquityLeftMicroUsd(),
                                tally.getWinnersMicroUsd())));
        return new SliceAnswer(flows, venues, sums.getAccountsJudged(), sums.getPoolsUnpriced());
    }
}
