package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.scenario.MarketFlow;
import io.plimsoll.risk.scenario.MarketLanding;
import io.plimsoll.risk.scenario.RoundStep;
import io.plimsoll.risk.scenario.RunOutcome;
import io.plimsoll.risk.scenario.VenueLoss;
import io.plimsoll.risk.scenario.VenueTally;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.schemas.avro.ScenarioLanding;
import io.plimsoll.schemas.avro.ScenarioOutcome;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioRound;
import io.plimsoll.schemas.avro.ScenarioState;
import io.plimsoll.schemas.avro.ScenarioVenue;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.ScenarioStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes how a scenario ended as a record of the contract. */
final class ScenarioResults {

    private final Map<String, InstrumentTerms> instruments;
    private final Scenario request;
    private final Map<String, ScenarioStart> starts = new HashMap<>();

    ScenarioResults(Map<String, InstrumentTerms> instruments, Scenario request) {
        this.instruments = instruments;
        this.request = request;
    }

    ScenarioResult result(RunningScenario scenario, int slices, long nowMs, boolean done) {
        scenario.job().getMarkets().forEach(start -> starts.put(start.getMarket(), start));
        Map<String, Long> funds = KnownMarkets.insuranceMicroUsd(scenario.job().getMarkets());
        RunOutcome gross = done ? scenario.gross().outcome(funds) : null;
        RunOutcome net = done ? scenario.net().outcome(funds) : null;
        long asOfMs = scenario.newestMs();
        for (ScenarioStart start : starts.values()) {
            asOfMs = Math.max(asOfMs, start.getEventTimeMs());
        }
        long oldestMs = asOfMs;
        for (String market : named(gross, net)) {
            ScenarioStart start = startOf(market);
            oldestMs = Math.min(oldestMs, start.getEventTimeMs());
            if (start.getBasis().getDepthTimeMs() > 0) {
                oldestMs = Math.min(oldestMs, start.getBasis().getDepthTimeMs());
            }
        }
        return new ScenarioResult(
                request.getId(),
                done ? ScenarioState.DONE : ScenarioState.TIMED_OUT,
                request.getRequestedAtMs(),
                nowMs,
                asOfMs,
                asOfMs - oldestMs,
                MarketMeasures.FORMULA_VERSION,
                new TreeMap<>(request.getShocks()),
                request.getDepthHaircut(),
                new TreeMap<>(request.getCollateralCuts()),
                request.getRemovedAccounts(),
                gross == null ? null : outcome(gross),
                net == null ? null : outcome(net),
                gross == null ? 0 : gross.accountsJudged(),
                gross == null ? 0 : gross.poolsUnpriced(),
                slices,
                done ? List.of() : scenario.missing(),
                scenario.job().getAttempt());
    }

    private static Set<String> named(@Nullable RunOutcome gross, @Nullable RunOutcome net) {
        Set<String> named = new HashSet<>();
        for (RunOutcome outcome : new RunOutcome[] {gross, net}) {
            if (outcome != null) {
                outcome.markets().forEach(landing -> named.add(landing.market()));
            }
        }
        return named;
    }

    private ScenarioStart startOf(String market) {
        ScenarioStart start = starts.get(market);
        if (start == null) {
            throw new IllegalStateException("a scenario ends in market " + market + ", in which it did not begin");
        }
        return start;
    }

    private ScenarioOutcome outcome(RunOutcome outcome) {
        VenueTally total = outcome.total();
        double adlUsd = 0;
        for (VenueLoss venue : outcome.venues().values()) {
            adlUsd += MicroUsd.toUsd(venue.adlMicroUsd());
        }
        return new ScenarioOutcome(
                outcome.settled(),
                outcome.rounds(),
                total.accounts(),
                total.pools(),
                MicroUsd.toUsd(total.notionalMicroUsd()),
                MicroUsd.toUsd(total.badDebtMicroUsd()),
                MicroUsd.toUsd(total.equityLeftMicroUsd()),
                adlUsd,
                outcome.markets().stream().map(this::landing).toList(),
                venues(outcome),
                outcome.path().stream().map(this::round).toList());
    }

    private ScenarioLanding landing(MarketLanding landing) {
        InstrumentTerms terms = instruments.get(landing.market());
        ScenarioStart start = startOf(landing.market());
        return new ScenarioLanding(
                landing.market(),
                landing.startPrice(),
                landing.shockedPrice(),
                landing.low(),
                landing.high(),
                landing.soldSize(),
                landing.boughtSize(),
                landing.unfilledSize(),
                usd(terms, start, landing.flow().sellLots()),
                usd(terms, start, landing.flow().buyLots()),
                landing.impactKnown() ? ScenarioImpact.valueOf(start.getImpact()) : ScenarioImpact.NONE,
                DepthQuality.valueOf(start.getBasis().getDepthState()),
                start.getBasis().getDepthTimeMs() == 0
                        ? null
                        : (Long) start.getBasis().getDepthTimeMs(),
                start.getBasis().getDepthBandsLeftOut(),
                landing.exhausted());
    }

    private static double usd(@Nullable InstrumentTerms terms, ScenarioStart start, long lots) {
        return terms == null
                ? 0
                : terms.contract().baseUnits(lots, start.getPrice()) * start.getPrice() * start.getQuoteUsd();
    }

    private static List<ScenarioVenue> venues(RunOutcome outcome) {
        List<ScenarioVenue> venues = new ArrayList<>();
        outcome.venues().forEach((name, loss) -> {
            VenueTally tally = loss.tally();
            Long insurance = loss.insuranceMicroUsd();
            venues.add(new ScenarioVenue(
                    name,
                    tally.accounts(),
                    tally.pools(),
                    MicroUsd.toUsd(tally.notionalMicroUsd()),
                    MicroUsd.toUsd(tally.badDebtMicroUsd()),
                    MicroUsd.toUsd(tally.equityLeftMicroUsd()),
                    MicroUsd.toUsd(tally.winnersMicroUsd()),
                    insurance == null ? null : (Double) MicroUsd.toUsd(insurance),
                    MicroUsd.toUsd(loss.adlMicroUsd()),
                    loss.profitHaircut()));
        });
        return venues;
    }

    private ScenarioRound round(RoundStep step) {
        return new ScenarioRound(
                step.round(),
                step.accounts(),
                step.pools(),
                MicroUsd.toUsd(step.notionalMicroUsd()),
                sizes(step.flows(), MarketFlow::sellLots),
                sizes(step.flows(), MarketFlow::buyLots),
                new TreeMap<>(step.low()),
                new TreeMap<>(step.high()));
    }

    private Map<String, Double> sizes(Map<String, MarketFlow> flows, ToLongFunction<MarketFlow> lots) {
        Map<String, Double> sizes = new TreeMap<>();
        flows.forEach((market, flow) -> {
            InstrumentTerms terms = instruments.get(market);
            long its = lots.applyAsLong(flow);
            if (terms != null && its > 0) {
                sizes.put(market, terms.contract().lotSize().size(its));
            }
        });
        return sizes;
    }
}
