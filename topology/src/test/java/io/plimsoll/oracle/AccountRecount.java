package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One account from scratch: its cash, attributed to its positions, and their lines. */
final class AccountRecount {

    /** A position with what the account contributes to its market. */
    record Contribution(OpenPosition open, BigInteger cashMicro, Placement liquidation, Placement bankruptcy) {

        boolean venueReported() {
            return open.position().getVenueLiquidationPrice() != null;
        }
    }

    /** Money that stands behind a position, USD, and the sum of the absolute terms that made it up. */
    private record Backing(BigDecimal usd, BigDecimal terms) {

        static Backing of(BigInteger micro) {
            return new Backing(Exact.usd(micro), Exact.usd(micro).abs());
        }

        Backing plus(BigDecimal term) {
            return new Backing(usd.add(term), terms.add(term.abs()));
        }
    }

    private final List<OpenPosition> positions;
    private final List<Collateral> balances;
    private final Map<String, Price> priceBySymbol;

    /**
     * @param positions open positions in order of symbol
     * @param priceBySymbol latest prices at the account's venue, where known
     */
    AccountRecount(List<OpenPosition> positions, List<Collateral> balances, Map<String, Price> priceBySymbol) {
        this.positions = positions;
        this.balances = balances;
        this.priceBySymbol = priceBySymbol;
    }

    List<Contribution> contributions() {
        List<Contribution> contributions = new ArrayList<>();
        for (OpenPosition position : positions) {
            contributions.add(
                    new Contribution(position, cashMicro(position), liquidation(position), bankruptcy(position)));
        }
        return contributions;
    }

    private BigInteger cashMicro(OpenPosition position) {
        return position.isCross() ? shareOfCash(position) : isolatedMicro(position);
    }

    private static BigInteger isolatedMicro(OpenPosition position) {
        return Exact.micro(decimal(Objects.requireNonNull(position.position().getIsolatedMargin())));
    }

    /** The part of the account's cash between two cumulated shares of entry notional, each rounded down. */
    private BigInteger shareOfCash(OpenPosition wanted) {
        BigInteger total = BigInteger.ZERO;
        for (OpenPosition position : crossPositions()) {
            total = total.add(position.entryNotionalMicro());
        }
        if (total.signum() == 0) {
            return crossPositions().get(0) == wanted ? cash(false) : BigInteger.ZERO;
        }
        BigInteger cumulated = BigInteger.ZERO;
        for (OpenPosition position : crossPositions()) {
            BigInteger before = Exact.floorDivide(cash(false).multiply(cumulated), total);
            cumulated = cumulated.add(position.entryNotionalMicro());
            BigInteger after = Exact.floorDivide(cash(false).multiply(cumulated), total);
            if (position == wanted) {
                return after.subtract(before);
            }
        }
        throw new IllegalArgumentException("no cross position of the account: " + wanted);
    }

    private List<OpenPosition> crossPositions() {
        return positions.stream().filter(OpenPosition::isCross).toList();
    }

    /** The account's cash, micro-dollars; as margin, collateral counts after its haircut and debt counts in full. */
    private BigInteger cash(boolean asMargin) {
        BigInteger sum = BigInteger.ZERO;
        for (Collateral balance : balances) {
            BigDecimal value = decimal(balance.getQuantity()).multiply(decimal(balance.getUnitPriceUsd()));
            if (asMargin && balance.getQuantity() > 0) {
                value = value.multiply(decimal(balance.getCollateralFactor()));
            }
            sum = sum.add(Exact.micro(value));
        }
        return sum;
    }

    private Placement liquidation(OpenPosition position) {
        Double reported = position.position().getVenueLiquidationPrice();
        if (reported != null) {
            return Placement.at(reported);
        }
        Backing backing = backing(position, true);
        List<OpenPosition.Tier> tiers = position.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            OpenPosition.Tier tier = tiers.get(i);
            BigDecimal price = lineAt(position, backing.usd().add(tier.deduction()), tier.rate());
            // The tier that the line itself falls into, not the tier of today's notional.
            boolean last = i == tiers.size() - 1;
            if (last
                    || position.size()
                                    .multiply(price)
                                    .compareTo(tiers.get(i + 1).floor())
                            < 0) {
                BigDecimal terms = backing.terms().add(tier.deduction().abs());
                return Placement.of(position.isLong(), price, magnitude(position, terms, tier.rate()));
            }
        }
        throw new IllegalStateException("a margin table needs a tier: " + position);
    }

    private Placement bankruptcy(OpenPosition position) {
        Backing backing = backing(position, false);
        BigDecimal price = lineAt(position, backing.usd(), BigDecimal.ZERO);
        return Placement.of(position.isLong(), price, magnitude(position, backing.terms(), BigDecimal.ZERO));
    }

    /** The price at which backing + profit = rate x notional. */
    private static BigDecimal lineAt(OpenPosition position, BigDecimal backing, BigDecimal rate) {
        BigDecimal perUnit = backing.multiply(position.side()).divide(position.size(), Exact.DIGITS);
        BigDecimal slope = BigDecimal.ONE.subtract(position.side().multiply(rate));
        return position.entryPrice().subtract(perUnit).divide(slope, Exact.DIGITS);
    }

    private static BigDecimal magnitude(OpenPosition position, BigDecimal terms, BigDecimal rate) {
        BigDecimal slope = BigDecimal.ONE.subtract(position.side().multiply(rate));
        return position.entryPrice()
                .add(terms.divide(position.size(), Exact.DIGITS))
                .divide(slope, Exact.DIGITS);
    }

    /** What stands behind a position beside its own profit: as margin, the other positions' needs are taken off. */
    private Backing backing(OpenPosition position, boolean asMargin) {
        if (!position.isCross()) {
            return Backing.of(isolatedMicro(position));
        }
        Backing backing = Backing.of(cash(asMargin));
        for (OpenPosition other : crossPositions()) {
            if (other != position) {
                BigDecimal price = referencePrice(other);
                backing = backing.plus(other.profitAt(price));
                if (asMargin) {
                    backing = backing.plus(other.maintenanceAt(price).negate());
                }
            }
        }
        return backing;
    }

    private BigDecimal referencePrice(OpenPosition position) {
        @Nullable Price price = priceBySymbol.get(position.symbol());
        return price == null ? position.entryPrice() : decimal(Exact.referencePrice(price.getMarkPrice()));
    }
}
