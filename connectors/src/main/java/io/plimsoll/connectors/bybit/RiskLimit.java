package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.MarginTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market's margin tiers, by rising limit. The venue gives where each ends; it begins where the one before does. */
public record RiskLimit(List<Tier> tiers) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Initial rate times leverage is about 1 where rates are fractions, about 100 where they are percent. */
    private static final BigDecimal BETWEEN_FRACTION_AND_PERCENT = BigDecimal.TEN;

    /**
     * One tier.
     *
     * @param floor position value from which on it holds: quote units, of inverse contracts coins
     * @param limit position value up to which it holds
     * @param maintenanceRate fraction of position value
     * @param maxLeverage highest leverage; null: not said
     * @param deduction taken off maintenance margin, as floor; null: not said
     */
    public record Tier(
            BigDecimal floor,
            BigDecimal limit,
            BigDecimal maintenanceRate,
            @Nullable BigDecimal maxLeverage,
            @Nullable BigDecimal deduction) {}

    /**
     * Reads the list of an answer.
     *
     * @throws FeedFormatException if it is not as the venue documents it
     */
    public static RiskLimit of(JsonNode list, String symbol) {
        List<Tier> read = new ArrayList<>();
        for (JsonNode tier : list) {
            if (VenueJson.text(tier, "symbol").equals(symbol)) {
                read.add(tier(tier));
            }
        }
        read.sort(Comparator.comparing(Tier::limit));
        List<Tier> tiers = new ArrayList<>();
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : read) {
            if (tier.limit().compareTo(floor) <= 0) {
                throw new FeedFormatException("two tiers of " + symbol + " end at " + tier.limit()
                        + ", allowed are limits that rise from above 0");
            }
            tiers.add(new Tier(floor, tier.limit(), tier.maintenanceRate(), tier.maxLeverage(), tier.deduction()));
            floor = tier.limit();
        }
        return new RiskLimit(List.copyOf(tiers));
    }

    private static Tier tier(JsonNode tier) {
        BigDecimal rate = VenueJson.decimal(tier, "maintenanceMargin");
        BigDecimal initial = VenueJson.filledDecimal(tier, "initialMargin");
        BigDecimal leverage = VenueJson.filledDecimal(tier, "maxLeverage");
        if (initial != null
                && leverage != null
                && initial.multiply(leverage).compareTo(BETWEEN_FRACTION_AND_PERCENT) > 0) {
            rate = rate.divide(HUNDRED);
        }
        if (rate.signum() <= 0 || rate.compareTo(BigDecimal.ONE) >= 0) {
            throw VenueJson.wrong("maintenanceMargin", tier.get("maintenanceMargin"), "a rate between 0 and 1");
        }
        return new Tier(
                BigDecimal.ZERO,
                VenueJson.decimal(tier, "riskLimitValue"),
                rate,
                leverage == null || leverage.compareTo(BigDecimal.ONE) < 0 ? null : leverage,
                VenueJson.filledDecimal(tier, "mmDeduction"));
    }

    List<MarginTier> marginTiers() {
        return tiers.stream()
                .map(tier -> new MarginTier(
                        tier.floor().doubleValue(),
                        tier.maintenanceRate().doubleValue(),
                        number(tier.deduction()),
                        number(tier.maxLeverage())))
                .toList();
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
