package io.plimsoll.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Positions and accounts in few words. Dollars are counted in millionths, coins in 10^-8. */
public final class Holdings {

    private static final int COIN_DECIMALS = 8;

    private Holdings() {}

    /** A linear contract in dollars (USDC) whose sizes are base units. */
    public static Contract linear(VenueModel model, String symbol, MarginTable table) {
        return linear(model, symbol, "USDC", table);
    }

    /** A linear contract that settles in another asset. */
    public static Contract linear(VenueModel model, String symbol, String settleAsset, MarginTable table) {
        return new Contract(
                "venue:" + symbol,
                symbol,
                settleAsset,
                Shape.LINEAR,
                new LotSize(8, 1),
                Contract.DOLLAR_DECIMALS,
                table,
                0,
                model);
    }

    /** An inverse contract on a coin, of one dollar face value a lot, that settles in the coin. */
    public static Contract inverse(VenueModel model, String coin, MarginTable table) {
        return inverse(model, coin + "-USD", coin, table, 0);
    }

    /** An inverse contract whose rate grows with size. */
    public static Contract inverse(
            VenueModel model, String symbol, String coin, MarginTable table, double ratePerUnit) {
        return new Contract(
                "venue:" + symbol,
                coin,
                coin,
                Shape.INVERSE,
                new LotSize(0, 1),
                COIN_DECIMALS,
                table,
                ratePerUnit,
                model);
    }

    /** A table of one tier without deduction. */
    public static MarginTable flat(double rate) {
        return MarginTable.of(List.of(new Tier(0, rate, null, null)));
    }

    /** A position that shares the account's collateral; a negative size is short. */
    public static OpenPosition cross(Contract contract, double size, double entryPrice) {
        return position(contract, size, entryPrice, null, null);
    }

    /** A position with its own collateral, in units of the settle asset. */
    public static OpenPosition isolated(Contract contract, double size, double entryPrice, double margin) {
        return position(contract, size, entryPrice, contract.settleAmountOf(margin), null);
    }

    /** The same position with what its venue says of it. */
    public static OpenPosition reported(OpenPosition position, @Nullable Double price, @Nullable Double markPrice) {
        return new OpenPosition(
                position.contract(),
                position.lots(),
                position.entryPrice(),
                position.entryAmount(),
                position.isolatedMargin(),
                position.maxLeverage(),
                new OpenPosition.VenueLine(price, markPrice),
                position.gamma());
    }

    private static OpenPosition position(
            Contract contract,
            double size,
            double entryPrice,
            @Nullable Long isolatedMargin,
            OpenPosition.@Nullable VenueLine venueLine) {
        long lots = contract.lotSize().lots(size);
        return new OpenPosition(
                contract,
                lots,
                entryPrice,
                contract.settleAmount(Math.abs(lots), entryPrice),
                isolatedMargin,
                null,
                venueLine,
                0);
    }

    /** Cash of fixed value. */
    public static Balance cash(String asset, double quantity) {
        return new Balance(asset, null, quantity, 1, 1);
    }

    /** The only pool of an account. */
    public static MarginPool pool(List<OpenPosition> positions, Balance... balances) {
        List<MarginPool> pools = new MarginAccount(positions, List.of(balances), VenueModel.GENERIC).pools();
        if (pools.size() != 1) {
            throw new IllegalArgumentException("the account has " + pools.size() + " pools, allowed is 1");
        }
        return pools.get(0);
    }

    /** The liquidation price of an isolated position. */
    public static double liquidationPrice(OpenPosition isolated) {
        return pool(List.of(isolated)).lines(PriceBoard.EMPTY).liquidationPrice(0);
    }

    /** Its bankruptcy price. */
    public static double bankruptcyPrice(OpenPosition isolated) {
        return pool(List.of(isolated)).lines(PriceBoard.EMPTY).bankruptcyPrice(0);
    }
}
