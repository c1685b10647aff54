package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.schemas.avro.Collateral;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool's liquidation prices against those that the venue reports, at the venue's own moment.
 *
 * @param differences |ours / venue's - 1| by symbol, of the positions that could be compared
 * @param isUsed whether the venue's are used where there are some
 */
record VenueLinesRecount(Map<String, Double> differences, boolean isUsed) {

    static final double TOLERANCE = 0.001;

    /** The venue's own prices: marks as the positions say, coins as the balances say, quote assets as dollars. */
    private static final PriceView AT_THE_VENUE = new PriceView() {
        @Override
        public @Nullable BigDecimal price(OpenPosition position) {
            Double mark = position.position().getVenueMarkPrice();
            return mark == null ? null : decimal(mark);
        }

        @Override
        public BigDecimal quoteUsd(OpenPosition position) {
            return BigDecimal.ONE;
        }

        @Override
        public BigDecimal unitPriceUsd(Collateral balance) {
            return decimal(balance.getUnitPriceUsd());
        }
    };

    static VenueLinesRecount of(PoolRecount pool) {
        boolean alone = pool.positions().size() == 1 && pool.coins().isEmpty();
        boolean marked = pool.positions().stream()
                .allMatch(position -> position.position().getVenueMarkPrice() != null);
        Map<String, Double> differences = new TreeMap<>();
        for (OpenPosition position : pool.positions()) {
            Double venue = position.position().getVenueLiquidationPrice();
            if (venue != null && (alone || marked)) {
                BigDecimal ours = pool.liquidation(position, AT_THE_VENUE).price();
                differences.put(position.symbol(), ours == null ? 1 : Math.abs(ours.doubleValue() / venue - 1));
            }
        }
        return new VenueLinesRecount(
                differences,
                differences.isEmpty() || differences.values().stream().anyMatch(VenueLinesRecount::isApart));
    }

    static boolean isApart(double difference) {
        return difference > TOLERANCE;
    }

    /** Whether a position stands where the venue says. */
    boolean isUsedFor(OpenPosition position) {
        return isUsed && position.position().getVenueLiquidationPrice() != null;
    }

    /** The price at which the venue would liquidate it by our rules, as a feed that is right reports it. */
    static @Nullable Double rightLine(PoolRecount pool, OpenPosition position) {
        BigDecimal price = pool.liquidation(position, AT_THE_VENUE).price();
        return price == null ? null : Double.valueOf(price.doubleValue());
    }
}
