package io.plimsoll.risk.scenario;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is traded when a pool falls: it is closed whole, into its own markets; of a loan all collateral is sold and all debt
 * bought back. That is the worst case of venues that take a part first, or take positions over.
 */
public final class ForcedTrades {

    private ForcedTrades() {}

    /**
     * The trades of one pool.
     *
     * @param lotSizes lots of the markets of coins; coins whose market has none are not traded
     * @param trades takes market and signed lots, negative is sold; a market may come more than once
     */
    public static void of(
            MarginPool pool, Function<String, @Nullable LotSize> lotSizes, ObjLongConsumer<String> trades) {
        for (OpenPosition position : pool.positions()) {
            trades.accept(position.market(), -position.lots());
        }
        if (!pool.isLoan()) {
            return;
        }
        for (Balance coin : pool.coins()) {
            String market = coin.market();
            LotSize lotSize = market == null ? null : lotSizes.apply(market);
            if (market != null && lotSize != null) {
                trades.accept(market, -lots(lotSize, coin.quantity()));
            }
        }
    }

    private static long lots(LotSize lotSize, double quantity) {
        try {
            return lotSize.lots(quantity);
        } catch (ArithmeticException e) {
            return quantity > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
        }
    }
}
