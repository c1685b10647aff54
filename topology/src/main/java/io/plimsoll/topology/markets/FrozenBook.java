package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import java.util.List;

/**
 * A market's book as it was at one moment: nothing changes it any more.
 *
 * @param liquidation rungs by liquidation price, rising
 * @param bankruptcy rungs by bankruptcy price, rising
 * @param equityLines rungs by equity line, rising; empty where distributions are not kept
 * @param sizes rungs by size itself, rising; empty where distributions are not kept
 */
record FrozenBook(
        BookSums sums,
        List<Ladder.Rung> liquidation,
        List<Ladder.Rung> bankruptcy,
        List<Ladder.Rung> equityLines,
        List<Ladder.Rung> sizes,
        LargestPositions largest) {}
