package io.plimsoll.risk.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A scenario in one mode, from round to round: gives the prices that slices judge, takes what they say. The prices of a
 * round follow from the sums of all rounds before and nothing else.
 *
 * <p>Round 0 is the shock alone. It is over when nobody falls in a round, or after a given number of rounds.
 */
public final class ScenarioRun {

    /** Rounds that are enough: gross mode took 14 at most in 300 random systems. */
    public static final int MOST_ROUNDS = 100;

    private final RoundMode mode;
    private final int mostRounds;
    private final List<String> names;
    private final List<MarketPrice> markets;
    private final SortedMap<String, MarketFlow> flows = new TreeMap<>();
    private final SortedMap<String, VenueTally> fallen = new TreeMap<>();
    private final List<SliceAnswer> answers = new ArrayList<>();
    private PricePath path;
    private boolean over;

    /**
     * A run at its round 0.
     *
     * @param markets all markets whose prices accounts need, in any order
     * @param mostRounds rounds after which it is over, settled or not, 1 or more
     */
    public ScenarioRun(RoundMode mode, ScenarioTerms scenario, List<ScenarioMarket> markets, int mostRounds) {
        if (mostRounds < 1) {
            throw new IllegalArgumentException("rounds is " + mostRounds + ", allowed is 1 or more");
        }
        this.mode = mode;
        this.mostRounds = mostRounds;
        List<ScenarioMarket> sorted = markets.stream()
                .sorted(Comparator.comparing(ScenarioMarket::market))
                .toList();
        this.names = sorted.stream().map(ScenarioMarket::market).toList();
        this.markets =
                sorted.stream().map(market -> new MarketPrice(market, scenario)).toList();
        this.path = PricePath.of(
                names,
                sorted.stream().mapToDouble(ScenarioMarket::price).toArray(),
                sorted.stream().mapToDouble(ScenarioMarket::quoteUsd).toArray());
        this.path = nextRound();
    }

    /** Which forced trades move prices. */
    public RoundMode mode() {
        return mode;
    }

    /** The prices up to the round that is to be judged. */
    public PricePath path() {
        return path;
    }

    /** The round that is to be judged, from 0. */
    public int round() {
        return path.rounds() - 1;
    }

    /** Whether there is nothing more to judge. */
    public boolean isOver() {
        return over;
    }

    /** Takes what the round does to all accounts together, and goes on to the next one or ends. */
    public void take(SliceAnswer all) {
        if (over) {
            throw new IllegalStateException("the scenario is over after round " + round());
        }
        answers.add(all);
        all.flows().forEach((market, flow) -> flows.merge(market, flow, MarketFlow::plus));
        all.venues().forEach((venue, tally) -> fallen.merge(venue, tally, ScenarioRun::withTotalsOf));
        over = !all.anyFall() || answers.size() == mostRounds;
        if (!over) {
            path = nextRound();
        }
    }

    /** Counts add up from round to round; what is valued at the prices of a round is that of the last. */
    private static VenueTally withTotalsOf(VenueTally before, VenueTally last) {
        return new VenueTally(
                Saturating.add(before.accounts(), last.accounts()),
                Saturating.add(before.pools(), last.pools()),
                Saturating.add(before.notionalMicroUsd(), last.notionalMicroUsd()),
                last.badDebtMicroUsd(),
                last.equityLeftMicroUsd(),
                last.winnersMicroUsd());
    }

    private PricePath nextRound() {
        double[] low = new double[names.size()];
        double[] high = mode == RoundMode.NET ? low : new double[names.size()];
        for (int i = 0; i < low.length; i++) {
            MarketFlow flow = flows.getOrDefault(names.get(i), MarketFlow.NONE);
            if (mode == RoundMode.NET) {
                low[i] = markets.get(i).afterNet(flow);
            } else {
                low[i] = markets.get(i).afterSelling(flow.sellLots());
                high[i] = markets.get(i).afterBuying(flow.buyLots());
            }
        }
        return path.then(low, high);
    }

    /**
     * How it ended.
     *
     * @param insuranceMicroUsd what the insurance fund of each venue holds, micro-dollars, as far as known
     */
    public RunOutcome outcome(Map<String, Long> insuranceMicroUsd) {
        if (!over) {
            throw new IllegalStateException("the scenario is not over, round " + round() + " is to be judged");
        }
        SliceAnswer last = answers.get(answers.size() - 1);
        boolean settled = !last.anyFall();
        SortedMap<String, VenueLoss> venues = new TreeMap<>();
        fallen.forEach((venue, tally) -> {
            VenueTally landed = last.venues().containsKey(venue) ? tally : withTotalsOf(tally, VenueTally.NONE);
            venues.put(venue, new VenueLoss(landed, insuranceMicroUsd.get(venue)));
        });
        return new RunOutcome(
                mode,
                settled,
                settled ? answers.size() - 1 : answers.size(),
                steps(),
                landings(),
                venues,
                last.accountsJudged(),
                last.poolsUnpriced());
    }

    private List<RoundStep> steps() {
        List<RoundStep> steps = new ArrayList<>(answers.size());
        for (int round = 0; round < answers.size(); round++) {
            SliceAnswer answer = answers.get(round);
            VenueTally all = VenueTally.NONE;
            for (VenueTally venue : answer.venues().values()) {
                all = all.plus(venue);
            }
            steps.add(new RoundStep(
                    round,
                    all.accounts(),
                    all.pools(),
                    all.notionalMicroUsd(),
                    answer.flows(),
                    ofTraded(path.low(round)),
                    ofTraded(path.high(round))));
        }
        return steps;
    }

    private SortedMap<String, Double> ofTraded(double[] prices) {
        SortedMap<String, Double> traded = new TreeMap<>();
        for (int i = 0; i < prices.length; i++) {
            if (flows.containsKey(names.get(i))) {
                traded.put(names.get(i), prices[i]);
            }
        }
        return traded;
    }

    private List<MarketLanding> landings() {
        double[] low = path.low(round());
        double[] high = path.high(round());
        List<MarketLanding> landings = new ArrayList<>();
        for (int i = 0; i < low.length; i++) {
            MarketPrice market = markets.get(i);
            MarketFlow flow = flows.get(names.get(i));
            if (flow != null || market.shocked() != path.start().low().price(names.get(i))) {
                landings.add(market.landing(mode, low[i], high[i], flow == null ? MarketFlow.NONE : flow));
            }
        }
        return landings;
    }
}
