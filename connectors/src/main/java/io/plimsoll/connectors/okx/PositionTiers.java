package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.MarginTier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family's margin tiers, by rising size. A tier's rate holds for the whole position, without a deduction: the venue's margin
 * jumps where a tier begins.
 */
public record PositionTiers(List<Tier> tiers) {

    /**
     * One tier.
     *
     * @param floor contracts above which it holds
     * @param ceiling contracts up to which it holds
     * @param maintenanceRate fraction of notional
     * @param maxLeverage highest leverage; null: not said
     */
    public record Tier(
            BigDecimal floor,
            BigDecimal ceiling,
            BigDecimal maintenanceRate,
            @Nullable BigDecimal maxLeverage) {}

    /**
     * Reads the list of an answer.
     *
     * @throws FeedFormatException if it is not as the venue documents it
     */
    public static PositionTiers of(JsonNode list, String family) {
        List<Tier> read = new ArrayList<>();
        for (JsonNode tier : list) {
            if (VenueJson.text(tier, "instFamily").equals(family)) {
                read.add(tier(tier));
            }
        }
        read.sort(Comparator.comparing(Tier::ceiling));
        List<Tier> tiers = new ArrayList<>();
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : read) {
            if (tier.ceiling().compareTo(floor) <= 0) {
                throw new FeedFormatException("two tiers of " + family + " end at " + tier.ceiling()
                        + ", allowed are sizes that rise from above 0");
            }
            // A tier's own minSz is one lot above where the one before ends, or the same: there is nothing in between.
            tiers.add(new Tier(floor, tier.ceiling(), tier.maintenanceRate(), tier.maxLeverage()));
            floor = tier.ceiling();
        }
        return new PositionTiers(List.copyOf(tiers));
    }

    private static Tier tier(JsonNode tier) {
        BigDecimal rate = VenueJson.decimal(tier, "mmr");
        if (rate.signum() <= 0 || rate.compareTo(BigDecimal.ONE) >= 0) {
            throw VenueJson.wrong("mmr", tier.get("mmr"), "a rate between 0 and 1");
        }
        BigDecimal leverage = VenueJson.filledDecimal(tier, "maxLever");
        return new Tier(
                BigDecimal.ZERO,
                VenueJson.decimal(tier, "maxSz"),
                rate,
                leverage == null || leverage.compareTo(BigDecimal.ONE) < 0 ? null : leverage);
    }

    /**
     * The tiers in money at a price.
     *
     * @param mark quote units per base unit, > 0
     */
    public List<MarginTier> at(BigDecimal mark, Contract contract) {
        return tiers.stream()
                .map(tier -> new MarginTier(
                        notional(tier.floor().multiply(contract.multiplier()), mark, contract.isInverse()),
                        tier.maintenanceRate().doubleValue(),
                        0.0,
                        tier.maxLeverage() == null
                                ? null
                                : (Double) tier.maxLeverage().doubleValue()))
                .toList();
    }

    private static double notional(BigDecimal size, BigDecimal mark, boolean isInverse) {
        return (isInverse ? size.divide(mark, MathContext.DECIMAL128) : size.multiply(mark)).doubleValue();
    }
}
