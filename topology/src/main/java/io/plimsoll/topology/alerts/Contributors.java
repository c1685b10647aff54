package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Contributor;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeMarket;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.PositionRisk;
import io.plimsoll.schemas.avro.Rung;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the numbers of a record are mainly made of, as far as it says so: at most ten; within one unit the largest first. */
public final class Contributors {

    private static final int MOST = 10;
    private static final int MOST_TIPS = 3;
    private static final int LARGE_SHOCK_PERCENT = 10;
    private static final String ACCOUNT = "account";
    private static final String BUCKET = "bucket";
    private static final String MARKET = "market";
    private static final String VENUE = "venue";
    private static final String USD = Unit.USD.text();
    private static final String BASE_UNITS = Unit.BASE_UNITS.text();
    private static final String FRACTION = Unit.FRACTION.text();
    private static final Comparator<Contributor> LARGEST =
            Comparator.comparingDouble(Contributor::value).reversed().thenComparing(Contributor::name);

    private Contributors() {}

    /** Where the nearest tipping points are, and what the largest positions have of what 10 % force. */
    static List<Contributor> ofMarket(CascadeRisk risk) {
        List<Contributor> contributors = new ArrayList<>();
        for (ShockDirection direction : ShockDirection.values()) {
            CascadeOutcome outcome = CascadeFamilies.outcome(risk, direction);
            if (outcome == null) {
                continue;
            }
            String move = direction == ShockDirection.FALL ? "fall" : "rise";
            outcome.getTippingPoints().stream()
                    .limit(MOST_TIPS)
                    .map(tip -> new Contributor(
                            BUCKET,
                            "at a " + move + " to " + price(tip.getThresholdPrice()),
                            tip.getSize(),
                            BASE_UNITS))
                    .forEach(contributors::add);
            ShockOutcome shock = CascadeFamilies.shock(outcome, LARGE_SHOCK_PERCENT);
            if (shock != null && shock.getForcedSizeHigh() > 0) {
                String where = " of a " + move + " by " + LARGE_SHOCK_PERCENT + " %";
                contributors.add(new Contributor(ACCOUNT, "largest 1" + where, shock.getTop1ShareLow(), FRACTION));
                contributors.add(new Contributor(ACCOUNT, "largest 5" + where, shock.getTop5ShareLow(), FRACTION));
            }
        }
        return List.copyOf(contributors);
    }

    /** The markets in which a fall of all prices by 10 % forces the most. */
    static List<Contributor> ofSystem(CascadeRisk risk) {
        ShockOutcome shock =
                CascadeFamilies.shock(CascadeFamilies.outcome(risk, ShockDirection.FALL), LARGE_SHOCK_PERCENT);
        return shock == null
                ? List.of()
                : largest(shock.getMarkets().stream()
                        .map(market -> new Contributor(MARKET, market.getMarket(), market.getForcedUsd(), USD)));
    }

    /** The venues, by what would be sold there. */
    static List<Contributor> of(Contagion contagion) {
        return largest(contagion.getVenues().stream()
                .map(venue -> new Contributor(VENUE, venue.getName(), venue.getSoldUsd(), USD)));
    }

    /** The venues, by collateral. */
    static List<Contributor> of(CollateralState state) {
        return largest(state.getVenues().stream()
                .map(venue -> new Contributor(VENUE, venue.getVenue(), venue.getCollateralUsd(), USD)));
    }

    /** The positions of an account, by notional. */
    static List<Contributor> of(AccountRisk risk) {
        return largest(risk.getPositions().stream()
                .map((PositionRisk position) -> new Contributor(
                        MARKET, Keys.market(risk.getVenue(), position.getSymbol()), position.getNotionalUsd(), USD)));
    }

    /** The markets of a cascade of the system, by forced volume. */
    static List<Contributor> of(CascadeEpisode episode) {
        return largest(episode.getMarkets().stream()
                .map((CascadeMarket market) ->
                        new Contributor(MARKET, market.getMarket(), market.getLongUsd() + market.getShortUsd(), USD)));
    }

    /**
     * The accounts whose positions are the largest of their bucket on a side of a market's ladder, as far as they are known.
     *
     * @param within how far from the mark price, a fraction of it; buckets that lie further away are left out
     */
    public static List<Contributor> of(Ladder ladder, boolean longs, double within) {
        Double mark = ladder.getMarkPrice();
        if (mark == null) {
            return List.of();
        }
        return largest(ladder.getLiquidation().stream()
                .filter(rung -> longs
                        ? rung.getUpperPrice() >= mark * (1 - within)
                        : rung.getLowerPrice() <= mark * (1 + within))
                .map(rung -> longs ? longAccount(rung) : shortAccount(rung))
                .filter(Objects::nonNull));
    }

    private static @Nullable Contributor longAccount(Rung rung) {
        return account(rung.getLargestLongAccount(), rung.getLargestLongSize());
    }

    private static @Nullable Contributor shortAccount(Rung rung) {
        return account(rung.getLargestShortAccount(), rung.getLargestShortSize());
    }

    private static @Nullable Contributor account(@Nullable String account, @Nullable Double size) {
        return account == null || size == null ? null : new Contributor(ACCOUNT, account, size, BASE_UNITS);
    }

    private static List<Contributor> largest(Stream<Contributor> contributors) {
        return contributors
                .filter(contributor -> contributor.value() > 0)
                .sorted(LARGEST)
                .limit(MOST)
                .toList();
    }

    private static String price(double price) {
        return new BigDecimal(price, new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
