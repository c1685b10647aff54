package io.plimsoll.oracle;

import io.plimsoll.oracle.PoolRecount.Kind;
import io.plimsoll.schemas.avro.Collateral;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One account from scratch: its pools, its cash attributed to its positions, and their lines. */
final class AccountRecount {

    /**
     * A position with what the account contributes to its market.
     *
     * @param cashMicro its share of cash in US dollars
     * @param settleCash what stands behind it in its settle asset, smallest units
     * @param venueDifference difference to the venue's own line; null: not compared
     */
    record Contribution(
            OpenPosition open,
            BigInteger cashMicro,
            BigInteger settleCash,
            Placement liquidation,
            Placement bankruptcy,
            boolean venueReported,
            @Nullable Double venueDifference) {}

    private final List<OpenPosition> positions;
    private final List<Collateral> balances;
    private final Set<String> pricedAssets;

    /**
     * @param positions open positions in order of symbol
     * @param pricedAssets assets whose price a SPOT instrument of the venue gives
     */
    AccountRecount(List<OpenPosition> positions, List<Collateral> balances, Set<String> pricedAssets) {
        this.positions = positions;
        this.balances = balances;
        this.pricedAssets = pricedAssets;
    }

    List<PoolRecount> pools() {
        List<PoolRecount> pools = new ArrayList<>();
        Map<String, List<OpenPosition>> apart = new TreeMap<>();
        List<OpenPosition> together = new ArrayList<>();
        for (OpenPosition position : positions) {
            if (!position.isCross()) {
                pools.add(new PoolRecount(Kind.ISOLATED, List.of(position), List.of(), List.of()));
            } else if (position.isApart()) {
                apart.computeIfAbsent(position.instrument().getSettleAsset(), none -> new ArrayList<>())
                        .add(position);
            } else {
                together.add(position);
            }
        }
        Set<String> assetsApart = new TreeSet<>();
        apart.forEach((asset, its) -> {
            assetsApart.add(asset);
            pools.add(new PoolRecount(Kind.SETTLE, its, held(Set.of(asset)), List.of()));
        });
        Set<String> others = new TreeSet<>();
        balances.forEach(balance -> others.add(balance.getAsset()));
        others.removeAll(assetsApart);
        List<Collateral> shared = held(others);
        List<Collateral> coins = shared.stream()
                .filter(balance -> pricedAssets.contains(balance.getAsset()))
                .toList();
        // Cash that no price moves and that stands behind nothing is in no pool.
        if (!together.isEmpty() || !coins.isEmpty()) {
            pools.add(new PoolRecount(Kind.DOLLARS, together, shared, coins));
        }
        return pools;
    }

    /** What is in no pool. */
    List<Collateral> idleCash() {
        List<Collateral> idle = new ArrayList<>(
                held(new TreeSet<>(balances.stream().map(Collateral::getAsset).toList())));
        pools().forEach(pool -> idle.removeAll(pool.balances()));
        return idle;
    }

    private List<Collateral> held(Set<String> assets) {
        return balances.stream()
                .filter(balance -> balance.getQuantity() != 0 && assets.contains(balance.getAsset()))
                .toList();
    }

    List<Contribution> contributions(PriceView reference) {
        List<Contribution> contributions = new ArrayList<>();
        for (PoolRecount pool : pools()) {
            VenueLinesRecount venue = VenueLinesRecount.of(pool);
            for (OpenPosition position : pool.positions()) {
                BigInteger share = pool.shareOfCash(position, reference);
                Double reported = position.position().getVenueLiquidationPrice();
                boolean used = venue.isUsedFor(position);
                contributions.add(new Contribution(
                        position,
                        pool.kind() == Kind.DOLLARS ? share : BigInteger.ZERO,
                        pool.kind() == Kind.DOLLARS ? BigInteger.ZERO : share,
                        used && reported != null ? Placement.at(reported) : pool.liquidation(position, reference),
                        pool.bankruptcy(position, reference),
                        used,
                        venue.differences().get(position.symbol())));
            }
        }
        return contributions;
    }
}
