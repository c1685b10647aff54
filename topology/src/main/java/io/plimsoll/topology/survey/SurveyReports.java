package io.plimsoll.topology.survey;

import io.plimsoll.risk.dependence.CoinSums;
import io.plimsoll.risk.dependence.DependenceSums;
import io.plimsoll.risk.dependence.LoopSums;
import io.plimsoll.risk.survey.AccountLeverages;
import io.plimsoll.risk.survey.DebtTerms;
import io.plimsoll.risk.survey.Fallers;
import io.plimsoll.risk.survey.Flow;
import io.plimsoll.risk.survey.LeverageCells;
import io.plimsoll.risk.survey.SurveyRow;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.risk.survey.SurveyTotals;
import io.plimsoll.risk.survey.VenueBalance;
import io.plimsoll.topology.avro.BucketCount;
import io.plimsoll.topology.avro.BucketDebt;
import io.plimsoll.topology.avro.BucketFlow;
import io.plimsoll.topology.avro.CoinReport;
import io.plimsoll.topology.avro.LeverageCell;
import io.plimsoll.topology.avro.LeverageOfSide;
import io.plimsoll.topology.avro.LeverageOfSize;
import io.plimsoll.topology.avro.LoopReport;
import io.plimsoll.topology.avro.NamedCount;
import io.plimsoll.topology.avro.NamedFlow;
import io.plimsoll.topology.avro.PledgeReport;
import io.plimsoll.topology.avro.SurveyReport;
import io.plimsoll.topology.avro.SurveyedMarket;
import io.plimsoll.topology.avro.SurveyedTotals;
import io.plimsoll.topology.avro.VenueBanks;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes a survey as records small enough for any topic, one for each market and one that ends it; and reads them. */
public final class SurveyReports {

    private SurveyReports() {}

    /**
     * Writes a survey.
     *
     * @param beganMs event time that the slice had come to at its beginning, epoch milliseconds
     * @param asOfMs the same at its end
     */
    public static void write(int slice, long beganMs, long asOfMs, SurveySum sum, Consumer<SurveyReport> out) {
        sum.markets()
                .forEach((market, row) -> out.accept(new SurveyReport(slice, beganMs, asOfMs, market, of(row), null)));
        out.accept(new SurveyReport(slice, beganMs, asOfMs, null, null, of(sum.totals())));
    }

    private static SurveyedMarket of(SurveyRow row) {
        return new SurveyedMarket(
                row.armed().sell(),
                row.armed().buy(),
                list(row.onFall(), (bucket, flow) -> new BucketFlow(bucket, flow.sell(), flow.buy())),
                list(row.onRise(), (bucket, flow) -> new BucketFlow(bucket, flow.sell(), flow.buy())),
                list(row.onFallOf(), (name, flow) -> new NamedFlow(name, flow.sell(), flow.buy())),
                row.longMicroUsd(),
                row.shortMicroUsd(),
                row.deleveraging().sell(),
                row.deleveraging().buy(),
                list(row.deleveragingOn(), (name, flow) -> new NamedFlow(name, flow.sell(), flow.buy())));
    }

    private static SurveyedTotals of(SurveyTotals totals) {
        return new SurveyedTotals(
                totals.accounts(),
                totals.pools(),
                totals.poolsUnpriced(),
                totals.armed().pools(),
                totals.armed().accounts(),
                list(totals.onFall(), SurveyReports::count),
                list(totals.onRise(), SurveyReports::count),
                list(totals.debtOnFall(), SurveyReports::debt),
                list(totals.debtOnRise(), SurveyReports::debt),
                list(totals.onFallOf(), (name, who) -> new NamedCount(name, who.pools(), who.accounts())),
                list(
                        totals.venues(),
                        (venue, banks) -> new VenueBanks(
                                venue,
                                banks.accounts(),
                                banks.withoutEquity(),
                                banks.equityMicroUsd(),
                                banks.grossMicroUsd(),
                                banks.commitmentMicroUsd())),
                side(totals.leverages().longs()),
                side(totals.leverages().shorts()),
                list(totals.leverages().bySize(), (size, its) -> new LeverageOfSize(size, cells(its))),
                list(
                        totals.dependence().coins(),
                        (coin, sums) -> new CoinReport(
                                coin.venue(),
                                coin.asset(),
                                sums.pools(),
                                sums.ownedMicroUsd(),
                                sums.marginMicroUsd(),
                                sums.owedMicroUsd())),
                list(
                        totals.dependence().borrowed(),
                        (pledge, microUsd) ->
                                new PledgeReport(pledge.venue(), pledge.collateral(), pledge.debt(), microUsd)),
                list(
                        totals.dependence().loops(),
                        (loop, sums) -> new LoopReport(
                                loop.venue(),
                                loop.family(),
                                loop.bucket(),
                                sums.loans(),
                                sums.collateralMicroUsd(),
                                sums.debtMicroUsd())));
    }

    private static BucketCount count(int bucket, Fallers who) {
        return new BucketCount(bucket, who.pools(), who.accounts());
    }

    private static BucketDebt debt(int bucket, DebtTerms debt) {
        return new BucketDebt(bucket, debt.equityMicroUsd(), debt.deficitMicroUsd(), debt.lossMicroUsd());
    }

    /** Reads the sums of a market. */
    static SurveyRow row(SurveyedMarket row) {
        return new SurveyRow(
                new Flow(row.getArmedSell(), row.getArmedBuy()),
                map(row.getOnFall(), BucketFlow::getBucket, flow -> new Flow(flow.getSell(), flow.getBuy())),
                map(row.getOnRise(), BucketFlow::getBucket, flow -> new Flow(flow.getSell(), flow.getBuy())),
                map(row.getOnFallOf(), NamedFlow::getName, flow -> new Flow(flow.getSell(), flow.getBuy())),
                row.getLongMicroUsd(),
                row.getShortMicroUsd(),
                new Flow(row.getDeleveragingSell(), row.getDeleveragingBuy()),
                map(row.getDeleveragingOn(), NamedFlow::getName, flow -> new Flow(flow.getSell(), flow.getBuy())));
    }

    /** Reads the totals. */
    static SurveyTotals totals(SurveyedTotals totals) {
        return new SurveyTotals(
                totals.getAccounts(),
                totals.getPools(),
                totals.getPoolsUnpriced(),
                new Fallers(totals.getArmedPools(), totals.getArmedAccounts()),
                map(totals.getOnFall(), BucketCount::getBucket, SurveyReports::fallers),
                map(totals.getOnRise(), BucketCount::getBucket, SurveyReports::fallers),
                map(totals.getDebtOnFall(), BucketDebt::getBucket, SurveyReports::debt),
                map(totals.getDebtOnRise(), BucketDebt::getBucket, SurveyReports::debt),
                map(totals.getOnFallOf(), NamedCount::getName, who -> new Fallers(who.getPools(), who.getAccounts())),
                map(
                        totals.getVenues(),
                        VenueBanks::getVenue,
                        banks -> new VenueBalance(
                                banks.getAccounts(),
                                banks.getWithoutEquity(),
                                banks.getEquityMicroUsd(),
                                banks.getGrossMicroUsd(),
                                banks.getCommitmentMicroUsd())),
                new AccountLeverages(
                        side(totals.getLongLeverages()),
                        side(totals.getShortLeverages()),
                        map(totals.getLeveragesBySize(), LeverageOfSize::getSize, its -> cells(its.getCells()))),
                dependence(totals));
    }

    private static DependenceSums dependence(SurveyedTotals totals) {
        return new DependenceSums(
                map(
                        totals.getCoins(),
                        coin -> new DependenceSums.Coin(coin.getVenue(), coin.getAsset()),
                        coin -> new CoinSums(
                                coin.getPools(),
                                coin.getOwnedMicroUsd(),
                                coin.getMarginMicroUsd(),
                                coin.getOwedMicroUsd())),
                map(
                        totals.getBorrowed(),
                        pledge ->
                                new DependenceSums.Pledge(pledge.getVenue(), pledge.getCollateral(), pledge.getDebt()),
                        PledgeReport::getMicroUsd),
                map(
                        totals.getLoops(),
                        loop -> new DependenceSums.Loop(loop.getVenue(), loop.getFamily(), loop.getBucket()),
                        loop -> new LoopSums(loop.getLoans(), loop.getCollateralMicroUsd(), loop.getDebtMicroUsd())));
    }

    private static LeverageOfSide side(AccountLeverages.OfSide its) {
        return new LeverageOfSide(
                cells(its.gross()), cells(its.commitment()), its.withoutEquity(), its.withoutEquityMicroUsd());
    }

    private static AccountLeverages.OfSide side(LeverageOfSide its) {
        return new AccountLeverages.OfSide(
                cells(its.getGross()),
                cells(its.getCommitment()),
                its.getWithoutEquity(),
                its.getWithoutEquityMicroUsd());
    }

    private static List<LeverageCell> cells(LeverageCells its) {
        return list(its.cells(), (cell, who) -> new LeverageCell(cell, who.accounts(), who.notionalMicroUsd()));
    }

    private static LeverageCells cells(List<LeverageCell> its) {
        return new LeverageCells(map(
                its,
                LeverageCell::getCell,
                who -> new LeverageCells.Cell(who.getAccounts(), who.getNotionalMicroUsd())));
    }

    private static Fallers fallers(BucketCount who) {
        return new Fallers(who.getPools(), who.getAccounts());
    }

    private static DebtTerms debt(BucketDebt debt) {
        return new DebtTerms(debt.getEquityMicroUsd(), debt.getDeficitMicroUsd(), debt.getLossMicroUsd());
    }

    private static <K, V, R> List<R> list(SortedMap<K, V> map, BiFunction<K, V, R> entry) {
        List<R> list = new ArrayList<>(map.size());
        map.forEach((key, value) -> list.add(entry.apply(key, value)));
        return list;
    }

    private static <R, K extends Comparable<K>, V> SortedMap<K, V> map(
            List<R> list, Function<R, K> key, Function<R, V> value) {
        SortedMap<K, V> map = new TreeMap<>();
        list.forEach(each -> map.put(key.apply(each), value.apply(each)));
        return map;
    }
}
