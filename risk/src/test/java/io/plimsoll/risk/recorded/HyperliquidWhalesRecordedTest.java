package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.recorded.WhaleSnapshots.Whale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Liquidation prices of large accounts through the crash of February 2026. Their recorded value is stale and their
 * collateral is often elsewhere, so the margin that an account has available is taken from its positions: the reported
 * liquidation price of each implies one, and the one with which most positions of the account agree, two at least, is
 * the account's. Every position is then predicted from <em>another</em> position's implied margin.
 */
class HyperliquidWhalesRecordedTest {

    private static final double RELATIVE_ERROR = 1e-6;

    /** Funding and rounding, relative to a position's own margin. */
    private static final double OWN_MARGIN_ERROR = 0.02;

    /** What a position may have beside its market's table: a maximum leverage that the venue once allowed. */
    private static final List<Integer> OWN_MAX_LEVERAGES = List.of(3, 5, 10, 20, 25, 40, 50);

    /** Floors of second tiers that the venue documents for other markets of 10x, then 5x. */
    private static final Map<String, MarginTable> TWO_TIERS = new TreeMap<>(Map.of(
            "10x/5x at 3M", HyperliquidTables.twoTiers(10, 3e6, 5),
            "10x/5x at 20M", HyperliquidTables.twoTiers(10, 20e6, 5)));

    private final WhaleSnapshots snapshots = new WhaleSnapshots();
    private final List<Whale> rest = new ArrayList<>();
    private final Map<String, Map<String, Integer>> undocumented = new TreeMap<>();
    private int positions;
    private int withoutPrice;
    private int untestable;
    private int testable;
    private int within;
    private int withinOwnTable;
    private int safe;
    private int saidSafe;

    @Test
    void shouldGiveThePriceThatTheAccountsOtherPositionsImply() {
        for (Path file : snapshots.files()) {
            for (List<Whale> account : WhaleSnapshots.accounts(file)) {
                add(account);
            }
        }

        Map<String, Integer> causes = causes();
        System.out.printf(
                "hyperliquid-whales-feb2026: %d of %d within 1e-6 (%.2f %%) with current maximum leverage and documented"
                        + " tiers; %d (%.2f %%) with an own table (second tiers not documented, or of another time: %s); the rest: %s;"
                        + " untestable of %d: %d without a price (of %d such beside testable ones"
                        + " %d are predicted as not liquidatable), %d in accounts where no two positions agree%n",
                within,
                testable,
                100.0 * within / testable,
                within + withinOwnTable,
                100.0 * (within + withinOwnTable) / testable,
                undocumented,
                causes,
                positions,
                withoutPrice,
                saidSafe,
                safe,
                untestable);
        assertThat(testable).isGreaterThanOrEqualTo(39_199);
        assertThat(testable + withoutPrice + untestable).isEqualTo(positions);
        assertThat(within
                        + withinOwnTable
                        + causes.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(testable);
        assertThat(safe).describedAs("null is: no price liquidates it").isEqualTo(saidSafe);
        assertThat((double) within / testable).isGreaterThanOrEqualTo(0.895);
        assertThat((double) (within + withinOwnTable) / testable).isGreaterThanOrEqualTo(0.98);
    }

    private void add(List<Whale> account) {
        positions += account.size();
        List<Whale> priced = account.stream()
                .filter(each -> !Double.isNaN(each.position().reported()))
                .toList();
        withoutPrice += account.size() - priced.size();
        Whale reference = null;
        long mostAgree = 0;
        for (Whale candidate : priced) {
            long agree = priced.stream()
                    .filter(other -> other != candidate && agrees(other, candidate))
                    .count();
            if (agree > mostAgree) {
                mostAgree = agree;
                reference = candidate;
            }
        }
        if (reference == null) {
            untestable += priced.size();
            return;
        }
        testable += priced.size();
        double available = reference.position().impliedAvailableUsd(table(reference));
        for (Whale whale : account) {
            if (Double.isNaN(whale.position().reported())) {
                saidSafe++;
                safe += Double.isNaN(whale.position().liquidationPrice(table(whale), available)) ? 1 : 0;
            }
        }
        for (Whale whale : priced) {
            compare(whale, reference, priced);
        }
    }

    private void compare(Whale whale, Whale reference, List<Whale> account) {
        boolean predicted = whale == reference
                ? account.stream().anyMatch(other -> other != whale && agrees(other, reference) && agrees(whale, other))
                : agrees(whale, reference);
        if (predicted) {
            within++;
            return;
        }
        double available = reference.position().impliedAvailableUsd(table(reference));
        if (ownTable(whale, available) != null) {
            withinOwnTable++;
        } else {
            rest.add(whale);
        }
    }

    /** Whether the margin that the other implies gives this one's price. */
    private boolean agrees(Whale whale, Whale other) {
        double available = other.position().impliedAvailableUsd(table(other));
        return whale.position().error(table(whale), available) <= RELATIVE_ERROR;
    }

    private @Nullable MarginTable ownTable(Whale whale, double available) {
        for (int maxLeverage : OWN_MAX_LEVERAGES) {
            MarginTable table = MarginTable.ofMaxLeverage(maxLeverage);
            if (whale.position().error(table, available) <= RELATIVE_ERROR) {
                return table;
            }
        }
        for (Map.Entry<String, MarginTable> table : TWO_TIERS.entrySet()) {
            if (whale.position().error(table.getValue(), available) <= RELATIVE_ERROR) {
                undocumented
                        .computeIfAbsent(whale.position().coin(), coin -> new TreeMap<>())
                        .merge(table.getKey(), 1, Integer::sum);
                return table.getValue();
            }
        }
        return null;
    }

    /**
     * Why the account's margin does not give the price, as far as can be told: the position has a margin of its own. It
     * then stays what it was, but for funding, while the account's margin moves.
     */
    private Map<String, Integer> causes() {
        Map<String, Integer> causes = new TreeMap<>();
        Map<List<Object>, List<Whale>> overTime =
                rest.stream().collect(Collectors.groupingBy(HyperliquidWhalesRecordedTest::unchanged));
        for (Whale whale : rest) {
            double margin = ownMarginUsd(whale);
            boolean again = overTime.get(unchanged(whale)).stream()
                    .anyMatch(other -> other != whale && close(ownMarginUsd(other), margin));
            String cause;
            if (whale.saidIsolated()) {
                cause = "isolated, the venue says";
            } else if (close(margin, whale.marginAsOpenedUsd())) {
                cause = "margin of its own, as opened";
            } else if (again) {
                cause = "margin of its own, the same at another time";
            } else {
                cause = "not known";
            }
            causes.merge(cause, 1, Integer::sum);
        }
        return causes;
    }

    /** What tells a position that nobody traded in between. */
    private static List<Object> unchanged(Whale whale) {
        CrossPosition position = whale.position();
        return List.of(whale.address(), position.coin(), position.quantity(), whale.entryPrice());
    }

    /** The collateral with which the position alone has its reported liquidation price. */
    private double ownMarginUsd(Whale whale) {
        CrossPosition position = whale.position();
        double line = position.reported();
        return table(whale).maintenance(position.quantity() * line)
                - position.side().sign() * position.quantity() * (line - whale.entryPrice());
    }

    private static boolean close(double marginUsd, double otherUsd) {
        return Math.abs(marginUsd - otherUsd) <= OWN_MARGIN_ERROR * Math.abs(otherUsd);
    }

    private MarginTable table(Whale whale) {
        String coin = whale.position().coin();
        return HyperliquidTables.of(coin, snapshots.maxLeverage(coin));
    }
}
