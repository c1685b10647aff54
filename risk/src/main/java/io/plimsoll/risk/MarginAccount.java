package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An account: its positions and balances, and the pools that they form. Cross positions share one pool, or one for each
 * settle asset where the venue keeps them apart; each isolated position is a pool of its own.
 */
public final class MarginAccount {

    private final List<OpenPosition> positions;
    private final List<Balance> balances;
    private final List<Pool> pools;

    /** A pool, and which of the account's positions are in it. */
    @SuppressWarnings("ArrayRecordComponent") // positions in passing, never compared
    private record Pool(@Nullable String settleAsset, int[] members, List<Balance> held) {}

    /**
     * An account.
     *
     * @param positions its open positions, by symbol rising: the order decides who gets the last of the cash
     * @param balances what it holds and owes
     */
    public MarginAccount(List<OpenPosition> positions, List<Balance> balances) {
        this.positions = positions;
        this.balances = balances;
        this.pools = crossPools();
    }

    /** Its open positions. */
    public List<OpenPosition> positions() {
        return positions;
    }

    /** What it holds and owes. */
    public List<Balance> balances() {
        return balances;
    }

    private List<Pool> crossPools() {
        Map<String, List<Integer>> bySettleAsset = new LinkedHashMap<>();
        List<Integer> whole = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            OpenPosition position = positions.get(i);
            if (!position.isCross()) {
                continue;
            }
            Contract contract = position.contract();
            if (contract.model().sharesWholeAccount(contract.shape())) {
                whole.add(i);
            } else {
                bySettleAsset
                        .computeIfAbsent(contract.settleAsset(), asset -> new ArrayList<>(1))
                        .add(i);
            }
        }
        List<Pool> found = new ArrayList<>(1);
        bySettleAsset.forEach((asset, members) -> found.add(new Pool(
                asset,
                ints(members),
                balances.stream().filter(b -> b.asset().equals(asset)).toList())));
        List<Balance> rest = bySettleAsset.isEmpty()
                ? balances
                : balances.stream()
                        .filter(b -> !bySettleAsset.containsKey(b.asset()))
                        .toList();
        if (!whole.isEmpty() || !rest.isEmpty()) {
            found.add(new Pool(null, ints(whole), rest));
        }
        return found;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Its pools: cross positions and balances first, then isolated positions. */
    public List<MarginPool> pools(VenueModel loanModel) {
        List<MarginPool> result = new ArrayList<>(pools.size());
        for (Pool pool : pools) {
            result.add(build(pool, loanModel));
        }
        for (OpenPosition position : positions) {
            if (!position.isCross()) {
                result.add(isolated(position));
            }
        }
        return result;
    }

    private MarginPool build(Pool pool, VenueModel loanModel) {
        List<OpenPosition> members = new ArrayList<>(pool.members().length);
        for (int i : pool.members()) {
            members.add(positions.get(i));
        }
        boolean inUsd = pool.settleAsset() == null;
        VenueModel model =
                members.isEmpty() ? loanModel : members.get(0).contract().model();
        if (!inUsd) {
            Contract contract = members.get(0).contract();
            PoolCash cash = PoolCash.of(contract.settleUnits(settleCash(pool, contract)));
            return new MarginPool(members, List.of(), List.of(), cash, false, model);
        }
        long equity = 0;
        long margin = 0;
        long debt = 0;
        List<Balance> coins = new ArrayList<>();
        for (Balance balance : pool.held()) {
            if (balance.market() != null) {
                coins.add(balance);
            } else {
                long value = MicroUsd.of(balance.quantity(), balance.unitPriceUsd(), 1);
                equity = Math.addExact(equity, value);
                debt = Math.addExact(debt, Math.max(0, -value));
                margin = Math.addExact(
                        margin, MicroUsd.of(balance.quantity(), balance.unitPriceUsd(), balance.marginFactor()));
            }
        }
        PoolCash cash = new PoolCash(MicroUsd.toUsd(equity), MicroUsd.toUsd(margin), MicroUsd.toUsd(debt));
        return new MarginPool(members, coins, pool.held(), cash, true, model);
    }

    private static MarginPool isolated(OpenPosition position) {
        Long isolated = position.isolatedMargin();
        double margin = position.contract().settleUnits(isolated == null ? 0 : isolated);
        return new MarginPool(
                List.of(position),
                List.of(),
                List.of(),
                PoolCash.of(margin),
                false,
                position.contract().model());
    }

    /**
     * Whether ladder places or attributed cash depend on prices: of other markets, of an option's own, or of a quote asset.
     *
     * @param quoteMoves whether a market's quote asset has ever been anything but a dollar
     */
    public boolean dependsOnPrices(Predicate<String> quoteMoves) {
        int cross = 0;
        for (OpenPosition position : positions) {
            if (position.contract().shape() == Shape.OPTION
                    || position.isCross() && quoteMoves.test(position.market())) {
                return true;
            }
            cross += position.isCross() ? 1 : 0;
        }
        return cross > 1 || cross == 1 && balances.stream().anyMatch(balance -> balance.market() != null);
    }

    /**
     * What the account adds to the books of its markets.
     *
     * @param reference prices at which markets other than the one in question are taken, and coins valued; where a market
     *     has none, its position's entry price
     * @param tolerance relative difference up to which the venue's own liquidation prices confirm ours
     */
    public List<BookEntry> entries(Prices reference, double tolerance) {
        BookEntry[] entries = new BookEntry[positions.size()];
        for (Pool pool : pools) {
            if (pool.members().length > 0) {
                addEntries(pool, reference, tolerance, entries);
            }
        }
        for (int i = 0; i < entries.length; i++) {
            OpenPosition position = positions.get(i);
            Long isolated = position.isolatedMargin();
            if (isolated != null) {
                LadderPlaces places = LadderPlaces.of(isolated(position), reference, tolerance);
                entries[i] = places.entry(0, 0, isolated);
            }
        }
        return Arrays.asList(entries);
    }

    private void addEntries(Pool pool, Prices reference, double tolerance, BookEntry[] entries) {
        MarginPool built = build(pool, VenueModel.GENERIC);
        LadderPlaces places = LadderPlaces.of(built, reference, tolerance);
        boolean inUsd = pool.settleAsset() == null;
        long cash = inUsd
                ? cashMicroUsd(pool, reference)
                : settleCash(pool, built.positions().get(0).contract());
        long[] shares = CashShares.byEntryAmount(built.positions(), cash);
        for (int k = 0; k < shares.length; k++) {
            entries[pool.members()[k]] = places.entry(k, inUsd ? shares[k] : 0, inUsd ? 0 : shares[k]);
        }
    }

    private static long settleCash(Pool pool, Contract contract) {
        long sum = 0;
        for (Balance balance : pool.held()) {
            sum = Math.addExact(sum, contract.settleAmountOf(balance.quantity()));
        }
        return sum;
    }

    /** Cash of a pool in US dollars without haircuts, micro-dollars. */
    private static long cashMicroUsd(Pool pool, Prices reference) {
        long sum = 0;
        for (Balance balance : pool.held()) {
            sum = Math.addExact(sum, MicroUsd.of(balance.quantity(), MarginPool.knownCoinPrice(balance, reference), 1));
        }
        return sum;
    }
}
