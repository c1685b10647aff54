package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.depth.BookSide;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.LadderCell;
import io.plimsoll.topology.avro.LadderSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Ladders of the past: of each market the first one of every minute of event time for two hours, and of every five minutes
 * for a day, in cells of 0.5 %. A snapshot has 200 cells of 20 bytes at most, so a market takes 1.6 MB at most, on disk.
 */
final class LadderHistory {

    /** How far from the mark price it reaches, in ln(price). */
    static final double REACH = 0.5;

    /** Depth is noted up to this distance, a fraction of mid. */
    static final double DEPTH_WITHIN = 0.01;

    private static final PriceGrid CELLS = PriceGrid.REFERENCE;

    /** Cells of the ladder in one of these. */
    private static final int COARSER = (int) Math.round(CELLS.width() / PriceGrid.LADDER.width());

    private static final Map<Duration, Duration> KEPT =
            Map.of(Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofMinutes(5), Duration.ofDays(1));

    private final List<Windows> sizes = new ArrayList<>();

    private record Windows(
            long sizeMs, WindowStore<String, LadderSnapshot> store, Map<String, Long> newestStartByMarket) {}

    LadderHistory(Function<String, WindowStore<String, LadderSnapshot>> stores) {
        for (Duration size : MonitorStores.LADDER_HISTORY_SIZES) {
            sizes.add(new Windows(size.toMillis(), stores.apply(MonitorStores.ladderHistory(size)), new HashMap<>()));
        }
    }

    static void addStores(TopologyContext context) {
        for (Duration size : MonitorStores.LADDER_HISTORY_SIZES) {
            context.builder()
                    .addStateStore(Stores.windowStoreBuilder(
                            Stores.persistentWindowStore(
                                    MonitorStores.ladderHistory(size),
                                    Objects.requireNonNull(KEPT.get(size)),
                                    size,
                                    false),
                            Serdes.String(),
                            InternalSerdes.of(LadderSnapshot.class)));
        }
    }

    static List<String> storeNames() {
        return MonitorStores.LADDER_HISTORY_SIZES.stream()
                .map(MonitorStores::ladderHistory)
                .toList();
    }

    /** Keeps the ladder where it is the first of its window. */
    void take(Valuation valuation, FrozenBook book, UsableDepth depth) {
        if (valuation.bookTimeMs() == 0) {
            return; // nothing is known of any account yet
        }
        String market = valuation.market();
        for (Windows windows : sizes) {
            long startMs = Math.floorDiv(valuation.asOfMs(), windows.sizeMs()) * windows.sizeMs();
            Long newestMs = windows.newestStartByMarket().get(market);
            if (newestMs != null && startMs <= newestMs) {
                continue;
            }
            windows.newestStartByMarket().put(market, startMs);
            // After a restart the first ladder need not be the first of its window.
            if (windows.store().fetch(market, startMs) == null) {
                windows.store().put(market, snapshot(startMs, valuation, book, depth), startMs);
            }
        }
    }

    private static LadderSnapshot snapshot(long startMs, Valuation valuation, FrozenBook book, UsableDepth depth) {
        Contract contract = valuation.terms().contract();
        double mark = valuation.measures().quote().markPrice();
        return new LadderSnapshot(
                startMs,
                valuation.asOfMs(),
                valuation.stalenessMs(),
                MarketMeasures.FORMULA_VERSION,
                mark,
                valuation.measures().longs().coverage(),
                valuation.measures().shorts().coverage(),
                contract.shape() == Shape.OPTION,
                within(depth, BookSide.BID),
                within(depth, BookSide.ASK),
                cells(book.liquidation(), mark, contract));
    }

    private static @Nullable Double within(UsableDepth depth, BookSide side) {
        double quantity = depth.state() == DepthState.LIVE ? depth.within(side, DEPTH_WITHIN) : Double.NaN;
        return Double.isNaN(quantity) ? null : (Double) quantity;
    }

    /** Lots are added up before they are converted. */
    private static List<LadderCell> cells(List<Ladder.Rung> rungs, double mark, Contract contract) {
        int lowest = CELLS.cell(mark * Math.exp(-REACH));
        int highest = CELLS.cell(mark * Math.exp(REACH));
        Map<Integer, long[]> lotsByCell = new TreeMap<>();
        for (Ladder.Rung rung : rungs) {
            int cell = Math.floorDiv(rung.bucket(), COARSER);
            if (cell >= lowest && cell <= highest) {
                long[] lots = lotsByCell.computeIfAbsent(cell, none -> new long[2]);
                lots[0] += rung.longLots();
                lots[1] += rung.shortLots();
            }
        }
        List<LadderCell> cells = new ArrayList<>(lotsByCell.size());
        lotsByCell.forEach((cell, lots) -> {
            double middle = CELLS.middle(cell);
            cells.add(new LadderCell(cell, contract.baseUnits(lots[0], middle), contract.baseUnits(lots[1], middle)));
        });
        return cells;
    }
}
