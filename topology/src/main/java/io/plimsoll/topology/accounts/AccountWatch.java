package io.plimsoll.topology.accounts;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.watch.PriceWatch;
import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.HeldAccount;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the accounts whose margin-call state changes, on the tick that changes it, and looks at no others: each is held
 * between the prices at which it must be looked at again.
 */
final class AccountWatch implements Prices {

    /** Gives what is not kept in memory, and takes what was found. */
    interface Owner {
        /** Holdings of an account. */
        HeldAccount holdings(SliceAccount account);

        /** The account's state is not what it was. */
        void changed(SliceAccount account, HeldAccount holdings, MarginCall before);
    }

    private final AccountRiskSettings settings;
    private final Owner owner;
    private final PriceWatch watch = new PriceWatch();
    private final Map<String, Integer> numberByMarket = new HashMap<>();
    private double[] quoteUsd = {};
    private long[] timeMs = {};
    private final Map<String, Double> fundingByMarket = new HashMap<>();
    private SliceAccount[] bySlot = new SliceAccount[16];

    AccountWatch(AccountRiskSettings settings, Owner owner) {
        this.settings = settings;
        this.owner = owner;
    }

    /**
     * A tick. Accounts that it takes out of their bands are looked at; where a quote asset's price moved a step, all are.
     *
     * @param eventTimeMs of the tick, epoch milliseconds
     */
    void price(String market, double price, double newQuoteUsd, long eventTimeMs) {
        int number = number(market);
        double step = PriceGrid.quoteStep(newQuoteUsd);
        boolean quoteMoved = quoteUsd[number] != step;
        quoteUsd[number] = step;
        timeMs[number] = Math.max(timeMs[number], eventTimeMs);
        watch.price(number, price, slot -> look(bySlot[slot]));
        if (quoteMoved) {
            for (SliceAccount account : bySlot) {
                if (account != null) {
                    look(account);
                }
            }
        }
    }

    /**
     * A market's funding rate, which no account's state depends on.
     *
     * @param rate8h fraction of notional per 8 hours; null where not reported any more
     */
    void funding(String market, @Nullable Double rate8h) {
        if (rate8h == null) {
            fundingByMarket.remove(market);
        } else {
            fundingByMarket.put(market, rate8h);
        }
    }

    /** A market's funding rate, fraction of notional per 8 hours; null where not known. */
    @Nullable
    Double fundingRate8h(String market) {
        return fundingByMarket.get(market);
    }

    /** Looks at an account now, and watches it from now on; also where its holdings have changed. */
    void put(SliceAccount account, HeldAccount holdings) {
        List<MarginPool> pools = holdings.movedPools();
        if (pools.isEmpty()) {
            remove(account);
            if (account.state != MarginCall.OK) {
                change(account, holdings, MarginCall.OK);
            }
            return;
        }
        if (account.slot == SliceAccount.UNWATCHED) {
            account.slot = watch.add();
            if (account.slot >= bySlot.length) {
                bySlot = Arrays.copyOf(bySlot, bySlot.length + bySlot.length / 2);
            }
            bySlot[account.slot] = account;
        }
        look(account, holdings, pools);
    }

    /** Slots that there are, free ones too. */
    int slots() {
        return bySlot.length;
    }

    /** The account of a slot; null where it is free. */
    @Nullable
    SliceAccount at(int slot) {
        return bySlot[slot];
    }

    /** Watches an account no longer. */
    void remove(SliceAccount account) {
        if (account.slot != SliceAccount.UNWATCHED) {
            watch.remove(account.slot);
            Arrays.fill(bySlot, account.slot, account.slot + 1, null);
            account.slot = SliceAccount.UNWATCHED;
        }
    }

    private void look(SliceAccount account) {
        HeldAccount holdings = owner.holdings(account);
        look(account, holdings, holdings.movedPools());
    }

    private void look(SliceAccount account, HeldAccount holdings, List<MarginPool> pools) {
        watch.forget(account.slot);
        boolean priced = true;
        for (MarginPool pool : pools) {
            priced &= waitForPrices(account.slot, pool);
        }
        if (!priced) {
            return;
        }
        MarginCall state = MarginCall.OK;
        for (WatchedPool pool : WatchedPool.all(pools, holdings.venueMarginRatio(), settings.venueLineTolerance())) {
            MarginCall its = pool.state(this, account.state, settings.bands().levels());
            pool.bands(
                    settings.bands(),
                    its,
                    this,
                    (market, low, high) -> watch.band(account.slot, number(market), low, high));
            state = state.or(its);
        }
        if (state != account.state) {
            change(account, holdings, state);
        }
    }

    private void change(SliceAccount account, HeldAccount holdings, MarginCall state) {
        MarginCall before = account.state;
        account.state = state;
        owner.changed(account, holdings, before);
    }

    /** True where all prices are known; else it is looked at when the ones that are not come. */
    private boolean waitForPrices(int slot, MarginPool pool) {
        if (pool.isPriced(this)) {
            return true;
        }
        for (OpenPosition position : pool.positions()) {
            waitForPrice(slot, position.market());
        }
        for (Balance coin : pool.coins()) {
            waitForPrice(slot, coin.market());
        }
        return false;
    }

    private void waitForPrice(int slot, @Nullable String market) {
        if (market != null && Double.isNaN(price(market))) {
            watch.band(slot, number(market), Double.MAX_VALUE, Double.POSITIVE_INFINITY);
        }
    }

    /** Event time of a market's newest price, epoch milliseconds; 0 where there is none. */
    long timeMs(String market) {
        Integer number = numberByMarket.get(market);
        return number == null ? 0 : timeMs[number];
    }

    @Override
    public double price(String market) {
        Integer number = numberByMarket.get(market);
        return number == null ? Double.NaN : watch.price(number);
    }

    @Override
    public double quoteUsd(String market) {
        Integer number = numberByMarket.get(market);
        return number == null ? 1 : quoteUsd[number];
    }

    private int number(String market) {
        Integer known = numberByMarket.get(market);
        if (known != null) {
            return known;
        }
        int number = numberByMarket.size();
        numberByMarket.put(market, number);
        quoteUsd = Arrays.copyOf(quoteUsd, number + 1);
        quoteUsd[number] = 1;
        timeMs = Arrays.copyOf(timeMs, number + 1);
        return number;
    }
}
