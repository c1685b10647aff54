package io.plimsoll.connectors.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The simulated venue's books. It is closed: each trade has a buyer and a seller, so long lots equal short lots in every
 * market, and money only moves between accounts and the house (fees, insurance). All in integers:
 * deposits = cash + isolated margins - costs of positions + house, always and exactly.
 */
final class SimVenue {

    private static final double TAKER_FEE = 0.000_45;
    private static final double MAKER_FEE = 0.000_15;

    final List<SimMarket> markets = new ArrayList<>();
    final List<SimAccount> accounts = new ArrayList<>();
    /** Indexes of accounts that changed since they were last published. */
    final TreeSet<Integer> changedAccounts = new TreeSet<>();

    private long depositsMicros;
    private long houseMicros;

    SimVenue(SimulatorSettings settings, RandomGenerator random) {
        for (ListedInstrument instrument : ListedInstrument.first(settings.markets())) {
            markets.add(new SimMarket(markets.size(), instrument));
        }
        for (int i = 0; i < settings.accounts(); i++) {
            SimAccount account = new SimAccount(i, random);
            accounts.add(account);
            deposit(account);
        }
    }

    long depositsMicros() {
        return depositsMicros;
    }

    /** Fees and funding's rounding less losses that accounts could not bear. */
    long houseMicros() {
        return houseMicros;
    }

    void deposit(SimAccount account) {
        depositsMicros += account.usualDepositMicros;
        pay(account, account.usualDepositMicros);
    }

    /**
     * Trades at the market's mark price. Neither party may turn its position round: each opens, adds or reduces.
     *
     * @param lots positive if the taker buys, negative if it sells
     */
    void trade(
            SimMarket market,
            SimAccount taker,
            SimOrderTerms takerTerms,
            SimAccount maker,
            SimOrderTerms makerTerms,
            long lots) {
        if (taker == maker || lots == 0) {
            throw new IllegalArgumentException("a trade needs two parties and a size");
        }
        long valueMicros = market.valueMicros(lots, market.markPrice());
        apply(market, taker, takerTerms, lots, valueMicros);
        apply(market, maker, makerTerms, -lots, -valueMicros);
        charge(taker, Math.round(Math.abs(valueMicros) * TAKER_FEE));
        charge(maker, Math.round(Math.abs(valueMicros) * MAKER_FEE));
    }

    private void apply(SimMarket market, SimAccount account, SimOrderTerms terms, long lots, long valueMicros) {
        SimPosition position = account.positions.computeIfAbsent(
                market.index, index -> new SimPosition(market, terms.isolated(), terms.leverage()));
        long longBefore = Math.max(0, position.lots);
        if (position.lots == 0 || (position.lots > 0) == (lots > 0)) {
            position.lots += lots;
            position.costMicros += valueMicros;
            if (position.isolated) {
                long marginMicros = Math.round(Math.abs(valueMicros) / position.leverage);
                position.isolatedMarginMicros += marginMicros;
                pay(account, -marginMicros);
            }
        } else {
            reduce(account, position, lots, valueMicros);
        }
        market.addLongLots(Math.max(0, position.lots) - longBefore);
        account.changedMarkets.add(market.index);
        changedAccounts.add(account.index);
    }

    private void reduce(SimAccount account, SimPosition position, long lots, long valueMicros) {
        if (Math.abs(lots) > Math.abs(position.lots)) {
            throw new IllegalArgumentException("a trade may not turn a position round");
        }
        boolean whole = lots == -position.lots;
        double share = Math.abs((double) lots / position.lots);
        long costMicros = whole ? position.costMicros : Math.round(position.costMicros * share);
        long marginMicros = whole ? position.isolatedMarginMicros : Math.round(position.isolatedMarginMicros * share);
        position.lots += lots;
        position.costMicros -= costMicros;
        position.isolatedMarginMicros -= marginMicros;
        long backMicros = marginMicros - valueMicros - costMicros;
        if (position.isolated && backMicros < 0) {
            // An isolated position loses its margin and no more: the house bears the rest.
            houseMicros += backMicros;
        } else {
            pay(account, backMicros);
        }
        if (whole) {
            account.positions.remove(position.market.index);
        }
    }

    private void charge(SimAccount account, long micros) {
        pay(account, -micros);
        houseMicros += micros;
    }

    private void pay(SimAccount account, long micros) {
        account.addCash(micros);
        changedAccounts.add(account.index);
    }

    /** Longs pay shorts, or the other way round, at each market's rate. */
    void payFunding() {
        for (SimAccount account : accounts) {
            for (SimPosition position : account.positions.values()) {
                SimMarket market = position.market;
                long micros = Math.round(market.valueMicros(position.lots, market.indexPrice()) * market.fundingRate());
                if (position.isolated) {
                    position.isolatedMarginMicros -= micros;
                    account.changedMarkets.add(market.index);
                    changedAccounts.add(account.index);
                } else {
                    pay(account, -micros);
                }
                houseMicros += micros;
            }
        }
        markets.forEach(SimMarket::startFundingHour);
    }

    /** The house makes good what an account without positions owes. */
    void forgiveDebt(SimAccount account) {
        if (account.positions.isEmpty() && account.cashMicros < 0) {
            charge(account, account.cashMicros);
        }
    }
}
