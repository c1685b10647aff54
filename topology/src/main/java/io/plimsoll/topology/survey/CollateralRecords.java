package io.plimsoll.topology.survey;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.dependence.AssetFamilies;
import io.plimsoll.risk.dependence.CoinSums;
import io.plimsoll.risk.dependence.DependenceSums;
import io.plimsoll.risk.scenario.Saturating;
import io.plimsoll.risk.survey.SurveyTotals;
import io.plimsoll.schemas.avro.BorrowedAgainst;
import io.plimsoll.schemas.avro.CollateralAsset;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.CollateralVenue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes what leverage rests on as the records of the contract: of the system and of each venue. */
final class CollateralRecords {

    private static final String VENUE = "venue:";

    private final SurveyTotals totals;
    private final DependenceSums sums;
    private final AssetFamilies families;
    private final SurveyInputs inputs;

    CollateralRecords(SurveyTotals totals, AssetFamilies families, SurveyInputs inputs) {
        this.totals = totals;
        this.sums = totals.dependence();
        this.families = families;
        this.inputs = inputs;
    }

    /** By subject. */
    Map<String, CollateralState> all() {
        Map<String, CollateralState> records = new TreeMap<>();
        CollateralState system = of(Surveys.SYSTEM, any -> true);
        records.put(Surveys.SYSTEM, system);
        sums.coins().keySet().stream()
                .map(DependenceSums.Coin::venue)
                .distinct()
                .forEach(venue -> {
                    CollateralState its = of(VENUE + venue, venue::equals);
                    records.put(its.getSubject(), its);
                    system.getVenues()
                            .add(new CollateralVenue(
                                    venue,
                                    its.getCollateralUsd(),
                                    its.getDebtUsd(),
                                    share(its.getCollateralUsd(), system.getCollateralUsd())));
                });
        system.getVenues()
                .sort(Comparator.comparingDouble(CollateralVenue::getCollateralUsd)
                        .reversed());
        return records;
    }

    /** The record of a subject that has nothing any more. */
    CollateralState none(String subject) {
        return of(subject, any -> false);
    }

    private CollateralState of(String subject, Predicate<String> ofVenue) {
        SortedMap<String, CoinSums> coins = new TreeMap<>();
        CoinSums all = new CoinSums(0, 0, 0, 0);
        for (Map.Entry<DependenceSums.Coin, CoinSums> coin : sums.coins().entrySet()) {
            if (ofVenue.test(coin.getKey().venue())) {
                coins.merge(coin.getKey().asset(), coin.getValue(), CoinSums::plus);
                all = all.plus(coin.getValue());
            }
        }
        return new CollateralState(
                subject,
                inputs.asOfMs(),
                inputs.stalenessMs(),
                MarketMeasures.FORMULA_VERSION,
                totals.accounts(),
                totals.poolsUnpriced(),
                MicroUsd.toUsd(all.ownedMicroUsd()),
                MicroUsd.toUsd(all.marginMicroUsd()),
                MicroUsd.toUsd(all.owedMicroUsd()),
                concentration(coins, all.ownedMicroUsd()),
                concentration(byFamily(coins), all.ownedMicroUsd()),
                assets(coins, all.ownedMicroUsd()),
                new ArrayList<>(),
                borrowed(ofVenue),
                LoopRecords.of(sums, ofVenue, all.owedMicroUsd()));
    }

    private SortedMap<String, CoinSums> byFamily(SortedMap<String, CoinSums> coins) {
        SortedMap<String, CoinSums> byFamily = new TreeMap<>();
        coins.forEach((asset, coin) -> byFamily.merge(families.familyOf(asset), coin, CoinSums::plus));
        return byFamily;
    }

    private static @Nullable Double concentration(SortedMap<String, CoinSums> parts, long ownedMicroUsd) {
        if (ownedMicroUsd == 0) {
            return null;
        }
        double squares = 0;
        for (CoinSums part : parts.values()) {
            double share = (double) part.ownedMicroUsd() / ownedMicroUsd;
            squares += share * share;
        }
        return squares;
    }

    private List<CollateralAsset> assets(SortedMap<String, CoinSums> coins, long ownedMicroUsd) {
        List<CollateralAsset> assets = new ArrayList<>();
        coins.forEach((asset, coin) -> assets.add(new CollateralAsset(
                asset,
                families.familyOf(asset),
                coin.pools(),
                MicroUsd.toUsd(coin.ownedMicroUsd()),
                MicroUsd.toUsd(coin.marginMicroUsd()),
                MicroUsd.toUsd(coin.owedMicroUsd()),
                share(coin.ownedMicroUsd(), ownedMicroUsd))));
        assets.sort(Comparator.comparingDouble(CollateralAsset::getOwnedUsd).reversed());
        return assets;
    }

    private List<BorrowedAgainst> borrowed(Predicate<String> ofVenue) {
        SortedMap<DependenceSums.Pledge, Long> byPair = new TreeMap<>();
        sums.borrowed().forEach((pledge, microUsd) -> {
            if (ofVenue.test(pledge.venue())) {
                byPair.merge(
                        new DependenceSums.Pledge("", pledge.collateral(), pledge.debt()), microUsd, Saturating::add);
            }
        });
        List<BorrowedAgainst> borrowed = new ArrayList<>();
        byPair.forEach((pair, microUsd) -> borrowed.add(new BorrowedAgainst(
                pair.collateral(),
                pair.debt(),
                MicroUsd.toUsd(microUsd),
                families.familyOf(pair.collateral()).equals(families.familyOf(pair.debt())))));
        borrowed.sort(Comparator.comparingDouble(BorrowedAgainst::getUsd).reversed());
        return borrowed;
    }

    static @Nullable Double share(double part, double whole) {
        return whole == 0 ? null : (Double) (part / whole);
    }
}
