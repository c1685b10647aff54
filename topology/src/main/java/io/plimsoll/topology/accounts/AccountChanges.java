package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an account's holdings. The record with the newest event time wins, of two with the same the later one;
 * what is closed is remembered for a while, so that an older record arriving late cannot open it again.
 */
final class AccountChanges {

    private AccountChanges() {}

    static AccountBook empty() {
        return new AccountBook(List.of(), List.of());
    }

    /** The account with the position as the record says; null where the record is too old. */
    static @Nullable AccountBook withPosition(
            AccountBook account, String symbol, long eventTimeMs, @Nullable Position position) {
        HeldPosition held = position != null && position.getSize() != 0
                ? new HeldPosition(
                        symbol,
                        eventTimeMs,
                        position.getSize(),
                        position.getEntryPrice(),
                        position.getIsolatedMargin(),
                        position.getMaxLeverage(),
                        position.getVenueLiquidationPrice(),
                        position.getVenueMarkPrice(),
                        position.getDelta(),
                        position.getGamma(),
                        position.getVega(),
                        position.getUnderlyingPrice())
                : new HeldPosition(symbol, eventTimeMs, 0.0, 0.0, null, null, null, null, null, null, null, null);
        List<HeldPosition> positions =
                replaced(account.getPositions(), held, HeldPosition::getSymbol, HeldPosition::getEventTimeMs);
        return positions == null ? null : new AccountBook(positions, account.getBalances());
    }

    /** The account with the balance as the record says; null where the record is too old. */
    static @Nullable AccountBook withBalance(
            AccountBook account, String asset, long eventTimeMs, @Nullable Collateral balance) {
        HeldBalance held = balance == null
                ? new HeldBalance(asset, eventTimeMs, 0.0, 1.0, 1.0, null, null)
                : new HeldBalance(
                        asset,
                        eventTimeMs,
                        balance.getQuantity(),
                        balance.getCollateralFactor(),
                        balance.getUnitPriceUsd(),
                        balance.getVenueMarginRatio(),
                        balance.getBorrowRate());
        List<HeldBalance> balances =
                replaced(account.getBalances(), held, HeldBalance::getAsset, HeldBalance::getEventTimeMs);
        return balances == null ? null : new AccountBook(account.getPositions(), balances);
    }

    /** The account without what was closed before the given time; null where nothing is left. */
    static @Nullable AccountBook forgetting(AccountBook account, long closedBeforeMs) {
        List<HeldPosition> positions = account.getPositions().stream()
                .filter(position -> position.getSize() != 0 || position.getEventTimeMs() >= closedBeforeMs)
                .toList();
        List<HeldBalance> balances = account.getBalances().stream()
                .filter(balance -> balance.getQuantity() != 0 || balance.getEventTimeMs() >= closedBeforeMs)
                .toList();
        return positions.isEmpty() && balances.isEmpty() ? null : new AccountBook(positions, balances);
    }

    /** Event time of the oldest close that the account remembers; null where it remembers none. */
    static @Nullable Long oldestCloseMs(AccountBook account) {
        Long oldest = null;
        for (HeldPosition position : account.getPositions()) {
            if (position.getSize() == 0) {
                oldest = earlier(oldest, position.getEventTimeMs());
            }
        }
        for (HeldBalance balance : account.getBalances()) {
            if (balance.getQuantity() == 0) {
                oldest = earlier(oldest, balance.getEventTimeMs());
            }
        }
        return oldest;
    }

    private static Long earlier(@Nullable Long one, long other) {
        return one == null ? other : Math.min(one, other);
    }

    static boolean holdsPosition(AccountBook account, String symbol) {
        return account.getPositions().stream()
                .anyMatch(position -> position.getSymbol().equals(symbol));
    }

    static boolean holdsBalance(AccountBook account, String asset) {
        return account.getBalances().stream()
                .anyMatch(balance -> balance.getAsset().equals(asset));
    }

    /** The list, in order of name, with the item in its place; null where the one there is newer. */
    private static <T> @Nullable List<T> replaced(
            List<T> items, T item, Function<T, String> name, ToLongFunction<T> timeMs) {
        List<T> result = new ArrayList<>(items.size() + 1);
        boolean placed = false;
        for (T existing : items) {
            int order = placed ? -1 : name.apply(existing).compareTo(name.apply(item));
            if (order == 0 && timeMs.applyAsLong(existing) > timeMs.applyAsLong(item)) {
                return null;
            }
            if (order >= 0) {
                result.add(item);
                placed = true;
            }
            if (order != 0) {
                result.add(existing);
            }
        }
        if (!placed) {
            result.add(item);
        }
        return result;
    }
}
