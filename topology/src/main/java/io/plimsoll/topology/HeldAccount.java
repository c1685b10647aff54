package io.plimsoll.topology;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an account holds, under the terms of its instruments: what margin is computed from.
 *
 * @param account its positions of a lot or more in known instruments, by symbol, and its balances
 * @param venueMarginRatio the venue's own margin ratio, as the newest balance says; null where none does
 * @param newestMs event time of its newest record, epoch milliseconds
 */
public record HeldAccount(MarginAccount account, @Nullable Double venueMarginRatio, long newestMs) {

    /**
     * Reads an account.
     *
     * @param key venue:account
     * @param terms terms of a market; null where its instrument is not known
     */
    public static HeldAccount of(String key, AccountBook book, Function<String, @Nullable InstrumentTerms> terms) {
        String venue = key.substring(0, key.indexOf(Keys.SEPARATOR));
        VenueModel loanModel = VenueModel.GENERIC;
        Double ratio = null;
        long ratioTimeMs = Long.MIN_VALUE;
        List<Balance> balances = new ArrayList<>(book.getBalances().size());
        for (HeldBalance held : book.getBalances()) {
            InstrumentTerms asset = terms.apply(Keys.market(venue, held.getAsset()));
            boolean priced = asset != null && asset.isAsset();
            if (asset != null && priced) {
                loanModel = asset.contract().model();
            }
            if (held.getVenueMarginRatio() != null && held.getEventTimeMs() > ratioTimeMs) {
                ratio = held.getVenueMarginRatio();
                ratioTimeMs = held.getEventTimeMs();
            }
            if (held.getQuantity() == 0) {
                // Closed and remembered for a while: what is computed must not depend on how long.
                continue;
            }
            balances.add(new Balance(
                    held.getAsset(),
                    asset != null && priced ? asset.market() : null,
                    held.getQuantity(),
                    held.getCollateralFactor(),
                    held.getUnitPriceUsd(),
                    asset != null && asset.instrument().getPeggedToUsd(),
                    held.getBorrowRate()));
        }
        return new HeldAccount(
                new MarginAccount(positions(venue, book, terms), balances, loanModel), ratio, newestMs(book));
    }

    /** Event time of an account's newest record, epoch milliseconds; 0 where it has none. */
    public static long newestMs(AccountBook book) {
        long newest = 0;
        for (HeldPosition position : book.getPositions()) {
            newest = Math.max(newest, position.getEventTimeMs());
        }
        for (HeldBalance balance : book.getBalances()) {
            newest = Math.max(newest, balance.getEventTimeMs());
        }
        return newest;
    }

    /** Markets whose prices move the account. */
    public Set<String> markets() {
        Set<String> markets = new LinkedHashSet<>();
        account.positions().forEach(position -> markets.add(position.market()));
        for (Balance balance : account.balances()) {
            String market = balance.market();
            if (market != null) {
                markets.add(market);
            }
        }
        return markets;
    }

    /** The pools of the account. */
    public List<MarginPool> pools() {
        return account.pools();
    }

    /** Those of them that a price moves. */
    public List<MarginPool> movedPools() {
        List<MarginPool> moved = new ArrayList<>(pools().size());
        for (MarginPool pool : pools()) {
            if (pool.isMoved()) {
                moved.add(pool);
            }
        }
        return moved;
    }

    /** Stored by symbol, so in its order. */
    private static List<OpenPosition> positions(
            String venue, AccountBook book, Function<String, @Nullable InstrumentTerms> terms) {
        List<OpenPosition> open = new ArrayList<>(book.getPositions().size());
        for (HeldPosition held : book.getPositions()) {
            InstrumentTerms its = held.getSize() == 0 ? null : terms.apply(Keys.market(venue, held.getSymbol()));
            if (its == null || its.isAsset() || !its.isMargined()) {
                continue;
            }
            Contract contract = its.contract();
            Counted counted = Counted.of(
                    contract, held.getSize(), held.getEntryPrice(), held.getDelta(), held.getUnderlyingPrice());
            if (counted == null || counted.lots() == 0) {
                continue;
            }
            Double isolated = held.getIsolatedMargin();
            Double gamma = held.getGamma();
            open.add(new OpenPosition(
                    contract,
                    counted.lots(),
                    counted.entryPrice(),
                    counted.entryAmount(),
                    isolated == null ? null : (Long) contract.settleAmountOf(isolated),
                    held.getMaxLeverage(),
                    venueLine(held),
                    gamma == null ? 0 : held.getSize() * its.instrument().getContractMultiplier() * gamma));
        }
        return open;
    }

    private static OpenPosition.@Nullable VenueLine venueLine(HeldPosition held) {
        return held.getVenueLiquidationPrice() == null && held.getVenueMarkPrice() == null
                ? null
                : new OpenPosition.VenueLine(held.getVenueLiquidationPrice(), held.getVenueMarkPrice());
    }

    /**
     * Why a position cannot be counted under an instrument's terms; null where it can.
     *
     * @param delta of an option, else null
     * @param underlyingPrice of an option, else null
     */
    public static @Nullable String whyNotCountable(
            InstrumentTerms terms,
            double size,
            double entryPrice,
            @Nullable Double delta,
            @Nullable Double underlyingPrice) {
        if (terms.isAsset()) {
            return "instrument " + terms.market() + " is of kind SPOT, allowed are positions in contracts;"
                    + " what is held of an asset is a balance";
        }
        if (!terms.isMargined()) {
            return "instrument " + terms.market()
                    + " has no margin tiers, allowed are positions in instruments that have;"
                    + " send it once its instrument has";
        }
        boolean option = terms.contract().shape() == Shape.OPTION;
        if (option != (delta != null) || option != (underlyingPrice != null)) {
            return "delta is " + delta + " and underlyingPrice " + underlyingPrice + ", allowed are numbers where the"
                    + " instrument is an option and null elsewhere; " + terms.market() + " is of kind "
                    + terms.instrument().getKind();
        }
        if (Counted.of(terms.contract(), size, entryPrice, delta, underlyingPrice) != null) {
            return null;
        }
        Contract contract = terms.contract();
        return "size is " + size + " and entryPrice " + entryPrice + ", allowed is +-" + OpenPosition.MAX_LOTS
                + " lots of 1e-" + contract.lotSize().decimals() + " and "
                + (contract.shape() == Shape.INVERSE
                        ? contract.settleUnits(OpenPosition.MAX_ENTRY_AMOUNT) + " " + contract.settleAsset()
                                + " (settleDecimals is " + contract.settleDecimals() + ")"
                        : "a notional of " + MicroUsd.toUsd(OpenPosition.MAX_ENTRY_AMOUNT) + " USD");
    }

    /** A position in integers; an option by its delta at the price of its underlying. */
    private record Counted(long lots, double entryPrice, long entryAmount) {

        static @Nullable Counted of(
                Contract contract,
                double size,
                double entryPrice,
                @Nullable Double delta,
                @Nullable Double underlyingPrice) {
            double price = underlyingPrice == null ? entryPrice : underlyingPrice;
            try {
                long lots = delta == null
                        ? contract.lotSize().lots(size)
                        : contract.lotSize().lots(size, delta);
                if (Math.abs(lots) > OpenPosition.MAX_LOTS) {
                    return null;
                }
                long amount = contract.settleAmount(Math.abs(lots), price);
                return amount > OpenPosition.MAX_ENTRY_AMOUNT ? null : new Counted(lots, price, amount);
            } catch (ArithmeticException e) {
                return null;
            }
        }
    }
}
