package io.plimsoll.risk.survey;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.scenario.Saturating;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Accounts as banks that keep their leverage (Greenwood, Landier and Thesmar, Vulnerable Banks, 2015). With equity E > 0 and
 * gross notional N an account has debt over equity {@code b = max(0, N / E - 1)}; after a loss it trades {@code b x loss} in
 * proportion to what it has, sells what is long and buys back what is short. In their model everything is long, and N is
 * equity and debt.
 */
final class Banks {

    private static final double FALL = 0.01;

    private final Prices prices;
    private final Function<String, MarketTally> markets;
    private final Map<String, VenueBalance> venues = new HashMap<>();
    private final AccountLeverages.Tally leverages = new AccountLeverages.Tally();
    private final List<Held> held = new ArrayList<>();
    /** In the order of names, so that sums of doubles do not depend on anything else. */
    private final SortedMap<String, Double> netUsdByAsset = new TreeMap<>();

    /** Something whose price moves, US dollars; negative is short. */
    private record Held(MarketTally market, String asset, double usd) {}

    Banks(Prices prices, Function<String, MarketTally> markets) {
        this.prices = prices;
        this.markets = markets;
    }

    void add(String venue, List<WatchedPool> pools) {
        held.clear();
        double equity = 0;
        for (WatchedPool watched : pools) {
            MarginPool pool = watched.pool();
            double its = pool.equity(prices) * pool.unitUsd(prices);
            equity += its;
            addHeld(pool, its);
        }
        if (held.isEmpty()) {
            return;
        }
        double gross = 0;
        double net = 0;
        for (Held one : held) {
            gross += Math.abs(one.usd);
            net += one.usd;
            one.market.hold(signedMicroUsd(one.usd));
        }
        if (!(equity > 0)) {
            venues.merge(venue, new VenueBalance(0, 1, 0, 0, 0), VenueBalance::plus);
            leverages.addWithoutEquity(gross, net);
            return;
        }
        double commitment = commitment();
        VenueBalance bank = new VenueBalance(
                1, 0, Saturating.microUsd(equity), Saturating.microUsd(gross), Saturating.microUsd(commitment));
        venues.merge(venue, bank, VenueBalance::plus);
        leverages.add(equity, gross, commitment, net);
        if (gross > equity) {
            // Each dollar of loss takes b dollars of trades, of which each holding has its share.
            deleverage(net, FALL * (gross / equity - 1) / gross);
        }
    }

    private void addHeld(MarginPool pool, double equityUsd) {
        for (int i = 0; i < pool.positions().size(); i++) {
            OpenPosition position = pool.positions().get(i);
            String market = position.market();
            double price = prices.price(market);
            boolean inverse = position.contract().shape() == Shape.INVERSE;
            double usd = pool.exposure(i).notional(price) * (inverse ? price : 1) * prices.quoteUsd(market);
            add(market, position.contract().underlying(), position.side().sign() * usd);
            if (inverse && i == 0 && equityUsd > 0) {
                // Its collateral is the coin itself.
                add(market, position.contract().underlying(), equityUsd);
            }
        }
        for (Balance coin : pool.coins()) {
            String market = coin.market();
            if (market != null && !coin.peggedToUsd()) {
                add(market, coin.asset(), coin.quantity() * prices.price(market) * prices.quoteUsd(market));
            }
        }
    }

    private void add(String market, String asset, double usd) {
        if (usd != 0) {
            held.add(new Held(markets.apply(market), asset, usd));
        }
    }

    /** What is left of the account's holdings after netting in each asset; keeps the net of each. */
    private double commitment() {
        netUsdByAsset.clear();
        for (Held one : held) {
            netUsdByAsset.merge(one.asset, one.usd, Double::sum);
        }
        double sum = 0;
        for (double net : netUsdByAsset.values()) {
            sum += Math.abs(net);
        }
        return sum;
    }

    private void deleverage(double netUsd, double perUsd) {
        if (netUsd > 0) {
            for (Held one : held) {
                one.market.deleverage(-signedMicroUsd(one.usd * netUsd * perUsd));
            }
        }
        for (Map.Entry<String, Double> asset : netUsdByAsset.entrySet()) {
            if (asset.getValue() > 0) {
                for (Held one : held) {
                    one.market.deleverageOn(asset.getKey(), -signedMicroUsd(one.usd * asset.getValue() * perUsd));
                }
            }
        }
    }

    private static long signedMicroUsd(double usd) {
        long amount = Saturating.microUsd(Math.abs(usd));
        return usd < 0 ? -amount : amount;
    }

    SortedMap<String, VenueBalance> venues() {
        return new TreeMap<>(venues);
    }

    AccountLeverages leverages() {
        return leverages.sum();
    }
}
