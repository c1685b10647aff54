package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An account: its positions and balances, and the pools that they form. Cross positions share one pool, or one for each
 * settle asset where the venue keeps them apart; each isolated position is a pool of its own.
 */
public final class MarginAccount {

    private final List<OpenPosition> positions;
    private final List<Balance> balances;
    private final VenueModel loanModel;
    private final List<MarginPool> pools;
    private final List<Shared> shared;

    /** A pool that cross positions share, which of the account's positions those are, and what it holds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shared(MarginPool pool, @Nullable String settleAsset, int[] members, List<Balance> held) {}

    /**
     * An account.
     *
     * @param positions its open positions, by symbol rising: the order decides who gets the last of the cash
     * @param balances what it holds and owes
     * @param loanModel rules of its venue for balances without a contract
     */
    public MarginAccount(List<OpenPosition> positions, List<Balance> balances, VenueModel loanModel) {
        this.positions = positions;
        this.balances = balances;
        this.loanModel = loanModel;
        this.shared = sharedPools(loanModel);
        this.pools = new ArrayList<>(shared.size());
        for (Shared each : shared) {
            pools.add(each.pool());
        }
        for (OpenPosition position : positions) {
            if (!position.isCross()) {
                pools.add(isolated(position));
            }
        }
    }

    /** Its open positions. */
    public List<OpenPosition> positions() {
        return positions;
    }

    /** What it holds and owes. */
    public List<Balance> balances() {
        return balances;
    }

    /** Its pools: cross positions and balances first, then isolated positions. */
    public List<MarginPool> pools() {
        return pools;
    }

    /**
     * The account with some of what it holds worth less. Debts stay, and so does cash that is counted in its own unit: a
     * pool of a settle asset, an isolated margin.
     *
     * @param cut share of its value that an asset loses, 0 to 1
     * @return this where nothing that it holds is cut; else its pools are in the same order
     */
    public MarginAccount withCuts(ToDoubleFunction<String> cut) {
        List<Balance> after = new ArrayList<>(balances.size());
        boolean any = false;
        for (Balance balance : balances) {
            double share = balance.quantity() > 0 ? cut.applyAsDouble(balance.asset()) : 0;
            any |= share > 0;
            after.add(balance.cutBy(share));
        }
        return any ? new MarginAccount(positions, after, loanModel) : this;
    }

    private List<Shared> sharedPools(VenueModel loanModel) {
        Map<String, List<Integer>> bySettleAsset = new LinkedHashMap<>(2);
        List<Integer> whole = new ArrayList<>(positions.size());
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
        List<Shared> found = new ArrayList<>(1);
        bySettleAsset.forEach((asset, members) -> found.add(ofSettleAsset(asset, members)));
        List<Balance> rest = balances;
        if (!bySettleAsset.isEmpty()) {
            rest = balances.stream()
                    .filter(balance -> !bySettleAsset.containsKey(balance.asset()))
                    .toList();
        }
        if (!whole.isEmpty() || !rest.isEmpty()) {
            found.add(ofWholeAccount(whole, rest, loanModel));
        }
        return found;
    }

    private Shared ofSettleAsset(String asset, List<Integer> members) {
        List<OpenPosition> sharing = sharing(members);
        List<Balance> held =
                balances.stream().filter(b -> b.asset().equals(asset)).toList();
        Contract contract = sharing.get(0).contract();
        PoolCash cash = PoolCash.of(contract.settleUnits(settleCash(held, contract)));
        MarginPool pool = new MarginPool(sharing, List.of(), List.of(), cash, false, contract.model());
        return new Shared(pool, asset, ints(members), held);
    }

    private Shared ofWholeAccount(List<Integer> members, List<Balance> held, VenueModel loanModel) {
        List<OpenPosition> sharing = sharing(members);
        VenueModel model =
                sharing.isEmpty() ? loanModel : sharing.get(0).contract().model();
        long equity = 0;
        long margin = 0;
        long debt = 0;
        List<Balance> coins = new ArrayList<>(0);
        for (Balance balance : held) {
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
        return new Shared(new MarginPool(sharing, coins, held, cash, true, model), null, ints(members), held);
    }

    private List<OpenPosition> sharing(List<Integer> members) {
        List<OpenPosition> sharing = new ArrayList<>(members.size());
        for (int member : members) {
            sharing.add(positions.get(member));
        }
        return sharing;
    }

    private static int[] ints(List<Integer> numbers) {
        int[] ints = new int[numbers.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = numbers.get(i);
        }
        return ints;
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
        for (Shared each : shared) {
            if (each.members().length > 0) {
                addEntries(each, reference, tolerance, entries);
            }
        }
        int next = shared.size();
        for (int i = 0; i < entries.length; i++) {
            Long isolated = positions.get(i).isolatedMargin();
            if (isolated != null) {
                entries[i] =
                        LadderPlaces.of(pools.get(next++), reference, tolerance).entry(0, 0, isolated);
            }
        }
        return Arrays.asList(entries);
    }

    private static void addEntries(Shared shared, Prices reference, double tolerance, BookEntry[] entries) {
        MarginPool pool = shared.pool();
        LadderPlaces places = LadderPlaces.of(pool, reference, tolerance);
        boolean inUsd = shared.settleAsset() == null;
        long cash = inUsd
                ? cashMicroUsd(shared.held(), reference)
                : settleCash(shared.held(), pool.positions().get(0).contract());
        long[] shares = CashShares.byEntryAmount(pool.positions(), cash);
        for (int k = 0; k < shares.length; k++) {
            entries[shared.members()[k]] = places.entry(k, inUsd ? shares[k] : 0, inUsd ? 0 : shares[k]);
        }
    }

    private static long settleCash(List<Balance> held, Contract contract) {
        long sum = 0;
        for (Balance balance : held) {
            sum = Math.addExact(sum, contract.settleAmountOf(balance.quantity()));
        }
        return sum;
    }

    /** Cash of a pool in US dollars without haircuts, micro-dollars. */
    private static long cashMicroUsd(List<Balance> held, Prices reference) {
        long sum = 0;
        for (Balance balance : held) {
            sum = Math.addExact(sum, MicroUsd.of(balance.quantity(), MarginPool.knownCoinPrice(balance, reference), 1));
        }
        return sum;
    }
}
