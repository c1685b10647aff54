package io.plimsoll.risk.cascade;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A cascade as it happens: accounts are looked at in random order, one closes what it has to at the present price, the
 * price moves, and so on until nobody has to. No ladder, no curve, no coordinate.
 */
final class AccountByAccount {

    private final RandomMarket market;
    private final double exogenous;
    private double price;
    private long lots;
    private final boolean[] liquidated;

    private AccountByAccount(RandomMarket market, double exogenous) {
        this.market = market;
        this.exogenous = exogenous;
        price = exogenous;
        liquidated = new boolean[market.items.size()];
    }

    static AccountByAccount run(RandomMarket market, double exogenous, Random random) {
        AccountByAccount run = new AccountByAccount(market, exogenous);
        Map<Integer, List<Integer>> byAccount = new HashMap<>();
        for (int i = 0; i < market.items.size(); i++) {
            byAccount
                    .computeIfAbsent(market.items.get(i).account(), account -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> accounts = new ArrayList<>(byAccount.values());
        boolean changed = true;
        while (changed) {
            changed = false;
            Collections.shuffle(accounts, random);
            for (List<Integer> account : accounts) {
                changed |= run.closeNextPart(account);
            }
        }
        return run;
    }

    private boolean closeNextPart(List<Integer> account) {
        for (int i : account) {
            if (!liquidated[i]) {
                if (!reached(market.items.get(i).trigger())) {
                    return false;
                }
                liquidated[i] = true;
                lots += market.items.get(i).lots();
                double left = market.priceLaw.left(lots * market.lotSize);
                price = fall() ? exogenous * left : exogenous / left;
                return true;
            }
        }
        return false;
    }

    private boolean fall() {
        return market.direction == Direction.FALL;
    }

    private boolean reached(double trigger) {
        return fall() ? price <= trigger : price >= trigger;
    }

    double price() {
        return price;
    }

    long lots() {
        return lots;
    }

    boolean[] liquidated() {
        return liquidated;
    }

    /** What the liquidated owe beyond what they have, if all close at the last price. */
    double badDebt(Settlement settlement) {
        double owed = 0;
        for (int i = 0; i < liquidated.length; i++) {
            if (liquidated[i]) {
                RandomMarket.Item item = market.items.get(i);
                double size = item.lots() * market.lotSize;
                double loss = settlement == Settlement.LINEAR
                        ? size * (item.bankruptcy() - price)
                        : size / price - size / item.bankruptcy();
                owed += Math.max(0, fall() ? loss : -loss);
            }
        }
        return owed;
    }
}
