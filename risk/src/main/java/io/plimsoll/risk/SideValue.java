package io.plimsoll.risk;

/**
 * One side of a market at its price. Linear in the price whatever the contract's shape: in a linear one the size is fixed
 * and its notional moves, in an inverse one the face value is fixed and the coins that it was entered for move.
 *
 * @param size base units, >= 0
 */
record SideValue(double size, long notionalMicroUsd, long unrealisedMicroUsd, long equityMicroUsd) {

    static SideValue of(Side side, SideSums sums, Contract contract, MarketQuote quote) {
        double quoteUsd = quote.quoteUsd();
        long notional = contract.notionalMicroUsd(sums.lots(), quote.markPrice(), quoteUsd);
        if (contract.shape() == Shape.INVERSE) {
            double coinUsd = quote.markPrice() * quoteUsd;
            long coinsNow = microUsd(sums.entryAmount(), contract, coinUsd);
            long unrealised = side.sign() * Math.subtractExact(coinsNow, notional);
            return new SideValue(
                    contract.baseUnits(sums.lots(), quote.markPrice()),
                    notional,
                    unrealised,
                    equity(unrealised, sums, microUsd(sums.settleCash(), contract, coinUsd)));
        }
        long entry = microUsd(sums.entryAmount(), contract, quoteUsd);
        long unrealised = side.sign() * Math.subtractExact(notional, entry);
        return new SideValue(
                contract.baseUnits(sums.lots(), quote.markPrice()),
                notional,
                unrealised,
                equity(unrealised, sums, microUsd(sums.settleCash(), contract, quoteUsd)));
    }

    private static long equity(long unrealised, SideSums sums, long settleCashMicroUsd) {
        return Math.addExact(unrealised, Math.addExact(sums.cashMicroUsd(), settleCashMicroUsd));
    }

    private static long microUsd(long amount, Contract contract, double unitUsd) {
        return unitUsd == 1 && contract.settleDecimals() == MicroUsd.DECIMALS
                ? amount
                : DecimalRounding.product(amount, contract.settleDecimals(), unitUsd, MicroUsd.DECIMALS);
    }
}
