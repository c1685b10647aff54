package io.plimsoll.risk;

/**
 * What a venue's rules are beyond the data of its instruments: which price triggers, what shares collateral, and how much
 * is taken first. Rates, tiers and fees are data of the instrument, never of the model.
 *
 * <p>Liquidation and bankruptcy prices, tiers and maintenance margin follow from the {@link Exposure} of a position.
 */
public enum VenueModel {

    /** A venue that we know nothing special of: mark price, one pool for the account, all at once. */
    GENERIC(TriggerPrice.MARK),

    /**
     * Hyperliquid. Positions above 100,000 USDC are sold by 20 % first; an account whose equity is below two thirds of
     * its maintenance margin is taken over by the backstop vault. Source: the venue's documentation on liquidations.
     */
    HYPERLIQUID(TriggerPrice.MARK) {
        @Override
        public ForcedSale forcedSale(Shortfall shortfall) {
            if (shortfall.equity() < shortfall.maintenance() * 2 / 3) {
                return new ForcedSale(LiquidationMode.BACKSTOP, 1);
            }
            return shortfall.notional() > 100_000
                    ? new ForcedSale(LiquidationMode.PARTIAL_FIRST, 0.2)
                    : ForcedSale.WHOLE;
        }
    },

    /** Binance USD-M futures: brackets with cum; long and short of a symbol share one cross line in hedge mode. */
    BINANCE_USDM(TriggerPrice.MARK),

    /** Binance COIN-M futures: inverse, each coin its own pool, brackets in coins. */
    BINANCE_COINM(TriggerPrice.MARK),

    /** Bybit: risk limits with mmDeduction, maintenance margin at the mark price. */
    BYBIT(TriggerPrice.MARK),

    /** Bybit by its older text: an isolated position's maintenance margin stays what it was at entry. */
    BYBIT_AT_ENTRY(TriggerPrice.MARK) {
        @Override
        MarginTable table(MarginTable venueTable, double entryNotional) {
            return venueTable.fixedAt(entryNotional);
        }
    },

    /**
     * OKX: the taker fee counts to the threshold (as the instrument's liquidationFeeRate). From the third tier on a
     * position is reduced by two tiers at a time, else it goes whole at its bankruptcy price.
     */
    OKX(TriggerPrice.MARK) {
        @Override
        public ForcedSale forcedSale(Shortfall shortfall) {
            if (shortfall.tier() < 2 || shortfall.notional() <= 0) {
                return ForcedSale.WHOLE;
            }
            double kept = shortfall.ceilingTwoTiersDown() / shortfall.notional();
            return new ForcedSale(LiquidationMode.BY_TIERS, 1 - Math.min(1, kept));
        }
    },

    /** dYdX v4: everything at the oracle price. */
    DYDX_V4(TriggerPrice.ORACLE),

    /** Deribit: rates grow with size (as the instrument's maintenanceRatePerUnit); liquidation is incremental. */
    DERIBIT(TriggerPrice.MARK) {
        @Override
        public ForcedSale forcedSale(Shortfall shortfall) {
            // Closing a share of a position at the mark takes that share of its maintenance margin away.
            double kept = Math.max(0, shortfall.equity()) / shortfall.maintenance();
            return new ForcedSale(LiquidationMode.INCREMENTAL, Math.min(1, Math.max(0, 1 - kept)));
        }
    },

    /** Aave v3.3 and later: half of the debt while the health factor is above 0.95 and the loan is large, else all. */
    AAVE_V3(TriggerPrice.ORACLE) {
        @Override
        public ForcedSale forcedSale(Shortfall shortfall) {
            return loan(LendingTerms.AAVE_V3_3, shortfall);
        }
    },

    /** Compound v2: half of the debt. */
    COMPOUND_V2(TriggerPrice.ORACLE) {
        @Override
        public ForcedSale forcedSale(Shortfall shortfall) {
            return loan(LendingTerms.COMPOUND_V2, shortfall);
        }
    },

    /** Compound v3 (Comet): all collateral is absorbed. */
    COMPOUND_V3(TriggerPrice.ORACLE);

    /** Just under the line, where a loan is first liquidated: on it none of it is taken yet. */
    private static final double JUST_UNDER = Math.nextDown(1.0);

    private static ForcedSale loan(LendingTerms terms, Shortfall shortfall) {
        double health = Math.min(JUST_UNDER, shortfall.health());
        return new ForcedSale(
                LiquidationMode.CLOSE_FACTOR,
                terms.closeFactor(health, Math.max(0, shortfall.notional()), shortfall.maintenance()));
    }

    /** Share of a position that is taken first, 0 to 1, and how. */
    public record ForcedSale(LiquidationMode mode, double share) {
        static final ForcedSale WHOLE = new ForcedSale(LiquidationMode.WHOLE, 1);
    }

    /**
     * A position whose pool has crossed its line.
     *
     * @param notional of the position; of a loan: its collateral, USD
     * @param equity of the pool, USD
     * @param maintenance of the pool; of a loan: its debt, USD
     * @param tier of the position, from 0
     * @param ceilingTwoTiersDown highest notional of the tier two below; 0 where there is none
     */
    public record Shortfall(double notional, double equity, double maintenance, int tier, double ceilingTwoTiersDown) {

        /** Equity over requirement; a loan's health factor. */
        double health() {
            return equity / maintenance;
        }
    }

    private final TriggerPrice triggerPrice;

    VenueModel(TriggerPrice triggerPrice) {
        this.triggerPrice = triggerPrice;
    }

    /** Kind of price that sets off a liquidation. */
    public TriggerPrice triggerPrice() {
        return triggerPrice;
    }

    /** What is taken first once the line is crossed. */
    public ForcedSale forcedSale(Shortfall shortfall) {
        return ForcedSale.WHOLE;
    }

    /** Whether positions of a shape share collateral with the whole account; else with those of their settle asset. */
    public boolean sharesWholeAccount(Shape shape) {
        return shape != Shape.INVERSE && this != BINANCE_USDM;
    }

    MarginTable table(MarginTable venueTable, double entryNotional) {
        return venueTable;
    }
}
