package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.scenario.Saturating;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sums of one market while a survey goes on. */
final class MarketTally {

    private final Side armed = new Side();
    private final Map<Integer, Side> onFall = new HashMap<>();
    private final Map<Integer, Side> onRise = new HashMap<>();
    private final Map<String, Side> onFallOf = new HashMap<>();
    private final Side notional = new Side();
    private final Side deleveraging = new Side();
    private final Map<String, Side> deleveragingOn = new HashMap<>();

    /** Both sides of a flow. */
    private static final class Side {
        private long sell;
        private long buy;

        /** Negative is sold. */
        void add(long trade) {
            if (trade < 0) {
                sell = Saturating.add(sell, -trade);
            } else {
                buy = Saturating.add(buy, trade);
            }
        }

        Flow flow() {
            return new Flow(sell, buy);
        }
    }

    void arm(long lots) {
        armed.add(lots);
    }

    void fall(Direction direction, int bucket, long lots) {
        (direction == Direction.FALL ? onFall : onRise)
                .computeIfAbsent(bucket, b -> new Side())
                .add(lots);
    }

    void fallOf(String source, long lots) {
        onFallOf.computeIfAbsent(source, s -> new Side()).add(lots);
    }

    /** Adds what somebody has there, micro-dollars; negative is short. */
    void hold(long microUsd) {
        notional.add(-microUsd);
    }

    void deleverage(long microUsd) {
        deleveraging.add(microUsd);
    }

    void deleverageOn(String asset, long microUsd) {
        deleveragingOn.computeIfAbsent(asset, a -> new Side()).add(microUsd);
    }

    SurveyRow row() {
        return new SurveyRow(
                armed.flow(),
                flows(onFall),
                flows(onRise),
                flows(onFallOf),
                notional.sell,
                notional.buy,
                deleveraging.flow(),
                flows(deleveragingOn));
    }

    private static <K extends Comparable<K>> SortedMap<K, Flow> flows(Map<K, Side> sides) {
        SortedMap<K, Flow> flows = new TreeMap<>();
        sides.forEach((key, side) -> {
            Flow flow = side.flow();
            if (!flow.equals(Flow.NONE)) {
                flows.put(key, flow);
            }
        });
        return flows;
    }
}
