package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WholeAccounts.Entry;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Someone with a debt.
 *
 * @param eMode category that he has chosen; null: none
 * @param eModeThreshold of that category, 0 to 1; null: none
 */
public record Borrower(
        String id, @Nullable String eMode, @Nullable BigDecimal eModeThreshold, List<Holding> holdings) {

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    /**
     * What he has of one reserve. Scaled amounts become present ones by the reserve's index; those that the subgraph calls
     * current are of when he last did something.
     *
     * @param supplied scaled, smallest units
     * @param owed scaled, smallest units
     * @param owedStable at stable rates as of his last touch, smallest units; such debts are not made any more
     * @param isCollateral whether he lets it back his debts
     */
    public record Holding(
            String reserve, BigDecimal supplied, BigDecimal owed, BigDecimal owedStable, boolean isCollateral) {}

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if he is not as the subgraph's schema says */
    public static Borrower of(JsonNode user) {
        String id = VenueJson.text(user, "id");
        if (id.isEmpty() || id.indexOf(':') >= 0) {
            throw VenueJson.wrong("id", user.get("id"), "an address");
        }
        JsonNode eMode = user.get("eModeCategoryId");
        boolean hasMode = eMode != null
                && !VenueJson.isAbsent(eMode)
                && !"0".equals(eMode.path("id").asText());
        List<Holding> holdings = new ArrayList<>();
        for (JsonNode held : VenueJson.list(user, "reserves")) {
            Holding holding = new Holding(
                    VenueJson.text(VenueJson.object(held, "reserve"), "id"),
                    amount(held, "scaledATokenBalance"),
                    amount(held, "scaledVariableDebt"),
                    VenueJson.isAbsent(held.get("principalStableDebt"))
                            ? BigDecimal.ZERO
                            : amount(held, "principalStableDebt"),
                    VenueJson.flag(held, "usageAsCollateralEnabledOnUser"));
            if (holding.supplied().signum() != 0
                    || holding.owed().signum() != 0
                    || holding.owedStable().signum() != 0) {
                holdings.add(holding);
            }
        }
        return new Borrower(
                id,
                hasMode ? VenueJson.text(eMode, "id") : null,
                hasMode
                        ? Reserve.share(
                                VenueJson.decimal(eMode, "liquidationThreshold").divide(BASIS_POINTS),
                                "eModeCategoryId.liquidationThreshold")
                        : null,
                List.copyOf(holdings));
    }

    private static BigDecimal amount(JsonNode held, String field) {
        BigDecimal amount = VenueJson.decimal(held, field);
        if (amount.signum() < 0) {
            throw VenueJson.wrong(field, held.get(field), "0 or more");
        }
        return amount;
    }

    /** Whether he owes anything. */
    boolean owes() {
        return holdings.stream()
                .anyMatch(holding ->
                        holding.owed().signum() > 0 || holding.owedStable().signum() > 0);
    }

    /** Whether he holds something of a reserve that is not among the known ones. */
    boolean holdsUnknown(Map<String, Reserve> reserves) {
        return holdings.stream().anyMatch(holding -> !reserves.containsKey(holding.reserve()));
    }

    /** What may change about him but prices and interest: the same lines, the same state. */
    String lines(Map<String, Reserve> reserves) {
        StringBuilder lines = new StringBuilder(eMode + " " + eModeThreshold);
        holdings.stream()
                .map(holding -> {
                    Reserve reserve = reserves.get(holding.reserve());
                    return holding.reserve() + " " + holding.supplied() + " " + holding.owed() + " "
                            + holding.owedStable() + " " + holding.isCollateral() + " "
                            + (reserve == null ? "" : reserve.threshold().stripTrailingZeros() + " " + reserve.eMode());
                })
                .sorted()
                .forEach(line -> lines.append('\n').append(line));
        return lines.toString();
    }

    /**
     * His balances at a time, owned ones with what counts of them.
     *
     * @param timeS epoch seconds
     */
    public List<Entry<?>> records(String venue, Map<String, Reserve> reserves, long timeS) {
        List<Entry<?>> records = new ArrayList<>();
        for (Holding holding : holdings) {
            Reserve reserve = reserves.get(holding.reserve());
            if (reserve == null) {
                continue;
            }
            BigDecimal owned = reserve.units(holding.supplied().multiply(reserve.liquidityIndexAt(timeS)));
            BigDecimal owed = reserve.units(
                    holding.owed().multiply(reserve.borrowIndexAt(timeS)).add(holding.owedStable()));
            if (owned.signum() > 0) {
                records.add(record(venue, reserve, reserve.name(), owned, factor(holding, reserve)));
            }
            if (owed.signum() > 0) {
                String asset = owned.signum() > 0 ? reserve.name() + Reserve.DEBT : reserve.name();
                records.add(record(venue, reserve, asset, owed.negate(), BigDecimal.ONE));
            }
        }
        return records;
    }

    private BigDecimal factor(Holding holding, Reserve reserve) {
        // What may not back a loan at all does not in a category either.
        if (!holding.isCollateral() || reserve.threshold().signum() == 0) {
            return BigDecimal.ZERO;
        }
        return eModeThreshold != null && eMode != null && eMode.equals(reserve.eMode())
                ? eModeThreshold
                : reserve.threshold();
    }

    private Entry<Collateral> record(
            String venue, Reserve reserve, String asset, BigDecimal quantity, BigDecimal factor) {
        return new Entry<>(
                Topics.COLLATERAL,
                Keys.collateral(venue, id, asset),
                Collateral.newBuilder()
                        .setVenue(venue)
                        .setAccount(id)
                        .setAsset(asset)
                        .setQuantity(quantity.doubleValue())
                        .setCollateralFactor(factor.doubleValue())
                        .setUnitPriceUsd(reserve.priceUsd().doubleValue())
                        .setBorrowRate(
                                quantity.signum() < 0
                                        ? (Double) reserve.borrowRate().doubleValue()
                                        : null)
                        .build());
    }
}
