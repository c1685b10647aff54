package io.plimsoll.risk.recorded;

import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Tier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Margin tables as the venue documents them (hyperliquid.gitbook.io, trading/margin-tiers; the day of the copy is
 * not known). A market that is not listed there has one tier.
 */
final class HyperliquidTables {

    private static final Map<String, MarginTable> DOCUMENTED = new HashMap<>();
    private static final Map<String, Double> DOCUMENTED_MAX_LEVERAGE = new HashMap<>();

    static {
        document("BTC", 40, 150e6, 20);
        document("ETH", 25, 100e6, 15);
        document("SOL", 20, 70e6, 10);
        document("XRP", 20, 40e6, 10);
        for (String coin :
                ("DOGE kPEPE SUI WLD TRUMP LTC ENA POPCAT WIF AAVE kBONK LINK CRV AVAX ADA UNI NEAR TIA APT BCH"
                                + " HYPE FARTCOIN")
                        .split(" ")) {
            document(coin, 10, 20e6, 5);
        }
        for (String coin : "OP ARB LDO TON MKR ONDO JUP INJ kSHIB SEI TRX BNB DOT".split(" ")) {
            document(coin, 10, 3e6, 5);
        }
    }

    private HyperliquidTables() {}

    private static void document(String coin, double maxLeverage, double floorUsd, double above) {
        DOCUMENTED.put(coin, twoTiers(maxLeverage, floorUsd, above));
        DOCUMENTED_MAX_LEVERAGE.put(coin, maxLeverage);
    }

    /** Two tiers, of which the second starts at a notional; maintenance is half of initial margin in both. */
    static MarginTable twoTiers(double maxLeverage, double floorUsd, double above) {
        return MarginTable.of(List.of(
                new Tier(0, 1 / (2 * maxLeverage), null, maxLeverage),
                new Tier(floorUsd, 1 / (2 * above), null, above)));
    }

    /** The documented tiers, where they start at the given maximum leverage; else one tier of it. */
    static MarginTable of(String coin, double maxLeverage) {
        Double documented = DOCUMENTED_MAX_LEVERAGE.get(coin);
        return documented != null && documented == maxLeverage
                ? DOCUMENTED.get(coin)
                : MarginTable.ofMaxLeverage(maxLeverage);
    }
}
