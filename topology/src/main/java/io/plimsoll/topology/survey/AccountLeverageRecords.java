package io.plimsoll.topology.survey;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.survey.AccountLeverages;
import io.plimsoll.risk.survey.LeverageCells;
import io.plimsoll.schemas.avro.AccountLeverageMeasures;
import io.plimsoll.schemas.avro.AccountLeverageOfSize;
import io.plimsoll.schemas.avro.AccountLeverageQuantile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes how the leverage of accounts is spread as the record of the contract. */
final class AccountLeverageRecords {

    private static final int[] PERCENTS = {10, 25, 50, 75, 90, 95, 99};

    private AccountLeverageRecords() {}

    static AccountLeverageMeasures of(AccountLeverages leverages) {
        AccountLeverages.OfSide longs = leverages.longs();
        AccountLeverages.OfSide shorts = leverages.shorts();
        return new AccountLeverageMeasures(
                longs.gross().accounts(),
                shorts.gross().accounts(),
                longs.withoutEquity(),
                shorts.withoutEquity(),
                MicroUsd.toUsd(longs.withoutEquityMicroUsd()),
                MicroUsd.toUsd(shorts.withoutEquityMicroUsd()),
                quantiles(longs, shorts),
                sizes(leverages));
    }

    private static List<AccountLeverageQuantile> quantiles(
            AccountLeverages.OfSide longs, AccountLeverages.OfSide shorts) {
        return Arrays.stream(PERCENTS)
                .mapToObj(percent -> new AccountLeverageQuantile(
                        percent / 100.0,
                        longs.gross().quantileOfAccounts(percent),
                        shorts.gross().quantileOfAccounts(percent),
                        longs.gross().quantileOfNotional(percent),
                        shorts.gross().quantileOfNotional(percent),
                        longs.commitment().quantileOfAccounts(percent),
                        shorts.commitment().quantileOfAccounts(percent),
                        longs.commitment().quantileOfNotional(percent),
                        shorts.commitment().quantileOfNotional(percent)))
                .toList();
    }

    private static List<AccountLeverageOfSize> sizes(AccountLeverages leverages) {
        return IntStream.range(0, AccountLeverages.sizes())
                .mapToObj(size -> {
                    LeverageCells its = leverages.bySize().getOrDefault(size, LeverageCells.NONE);
                    double below = AccountLeverages.sizeFromUsd(size + 1);
                    return new AccountLeverageOfSize(
                            AccountLeverages.sizeFromUsd(size),
                            Double.isInfinite(below) ? null : (Double) below,
                            its.accounts(),
                            MicroUsd.toUsd(its.notionalMicroUsd()),
                            its.quantileOfAccounts(50));
                })
                .toList();
    }
}
