package io.plimsoll.schemas;

import static io.plimsoll.schemas.Topic.Cleanup.COMPACT;
import static io.plimsoll.schemas.Topic.Cleanup.COMPACT_AND_DELETE;
import static io.plimsoll.schemas.Topic.Cleanup.DELETE;
import static io.plimsoll.schemas.Topic.Direction.IN;
import static io.plimsoll.schemas.Topic.Direction.OUT;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The topic catalogue: every topic that Plimsoll's contract names. */
public final class Topics {

    /** What every topic's name begins with. */
    public static final String PREFIX = "plimsoll.";

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    public static final Topic<Instrument> INSTRUMENTS = new Topic<>(
            PREFIX + "instruments",
            IN,
            "venue:symbol",
            Instrument.class,
            COMPACT,
            null,
            true,
            "contracts and margin tables");
    public static final Topic<Position> POSITIONS = new Topic<>(
            PREFIX + "positions", IN, "venue:account:symbol", Position.class, COMPACT, null, true, "open positions");
    public static final Topic<Collateral> COLLATERAL = new Topic<>(
            PREFIX + "collateral",
            IN,
            "venue:account:asset",
            Collateral.class,
            COMPACT,
            null,
            true,
            "account balances");
    public static final Topic<Price> PRICES = new Topic<>(
            PREFIX + "prices",
            IN,
            "venue:symbol",
            Price.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "prices, funding, open interest");
    public static final Topic<Depth> DEPTH = new Topic<>(
            PREFIX + "depth", IN, "venue:symbol", Depth.class, COMPACT_AND_DELETE, WEEK, true, "order-book depth");
    public static final Topic<Liquidation> LIQUIDATIONS = new Topic<>(
            PREFIX + "liquidations", IN, "venue:symbol", Liquidation.class, DELETE, MONTH, true, "forced trades");
    public static final Topic<OptionPrice> OPTIONS = new Topic<>(
            PREFIX + "options",
            IN,
            "venue:symbol",
            OptionPrice.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "options: volatility, greeks, open interest");
    public static final Topic<Rule> RULES =
            new Topic<>(PREFIX + "rules", IN, "id", Rule.class, COMPACT, null, true, "alert rules");
    public static final Topic<AlertAction> ALERT_ACTIONS = new Topic<>(
            PREFIX + "alert-actions",
            IN,
            "episode id or rule|subject",
            AlertAction.class,
            COMPACT,
            null,
            true,
            "who has taken up or silenced alerts");
    public static final Topic<Scenario> SCENARIOS =
            new Topic<>(PREFIX + "scenarios", IN, "id", Scenario.class, DELETE, WEEK, true, "what-if requests");

    public static final Topic<MarketState> MARKET_STATE = new Topic<>(
            PREFIX + "market-state",
            OUT,
            "venue:symbol",
            MarketState.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "each market now");
    public static final Topic<WindowState> MARKET_WINDOWS = new Topic<>(
            PREFIX + "market-windows",
            OUT,
            "venue:symbol@size@start",
            WindowState.class,
            COMPACT_AND_DELETE,
            MONTH,
            true,
            "market metrics by window");
    public static final Topic<WindowState> SYSTEM_WINDOWS = new Topic<>(
            PREFIX + "system-windows",
            OUT,
            "subject@size@start",
            WindowState.class,
            COMPACT_AND_DELETE,
            MONTH,
            true,
            "system metrics by window");
    public static final Topic<MeasureSet> MARKET_MEASURES = new Topic<>(
            PREFIX + "market-measures",
            OUT,
            "venue:symbol",
            MeasureSet.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "volatility, liquidity, cycle and more of each market");
    public static final Topic<Ladder> LADDERS = new Topic<>(
            PREFIX + "ladders",
            OUT,
            "venue:symbol",
            Ladder.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "forced volume by price");
    public static final Topic<SystemState> SYSTEM_STATE = new Topic<>(
            PREFIX + "system-state",
            OUT,
            "system, venue:V or asset:A",
            SystemState.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "markets added up");
    public static final Topic<SystemMeasureSet> SYSTEM_MEASURES = new Topic<>(
            PREFIX + "system-measures",
            OUT,
            "system, venue:V or asset:A",
            SystemMeasureSet.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "leverage cycle of markets added up");
    public static final Topic<CascadeRisk> CASCADE_RISK = new Topic<>(
            PREFIX + "cascade-risk",
            OUT,
            "venue:symbol or system",
            CascadeRisk.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "what a shock sets off");
    public static final Topic<Contagion> CONTAGION = new Topic<>(
            PREFIX + "contagion",
            OUT,
            "venue:symbol or system",
            Contagion.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "what one price's fall forces in others");
    public static final Topic<CollateralState> COLLATERAL_STATE = new Topic<>(
            PREFIX + "collateral-state",
            OUT,
            "system or venue:V",
            CollateralState.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "what leverage rests on");
    public static final Topic<CascadeEpisode> CASCADES = new Topic<>(
            PREFIX + "cascades",
            OUT,
            "subject@start",
            CascadeEpisode.class,
            COMPACT_AND_DELETE,
            MONTH,
            true,
            "observed cascades");
    public static final Topic<AccountRisk> ACCOUNT_RISK = new Topic<>(
            PREFIX + "account-risk",
            OUT,
            "venue:account",
            AccountRisk.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "accounts near their line");
    public static final Topic<Alert> ALERTS =
            new Topic<>(PREFIX + "alerts", OUT, "rule|subject", Alert.class, COMPACT, null, true, "the alert board");
    public static final Topic<ScenarioResult> SCENARIO_RESULTS = new Topic<>(
            PREFIX + "scenario-results",
            OUT,
            "scenario id",
            ScenarioResult.class,
            DELETE,
            WEEK,
            true,
            "answers to what-ifs");
    public static final Topic<OptionExposure> OPTION_EXPOSURE = new Topic<>(
            PREFIX + "option-exposure",
            OUT,
            "venue:asset",
            OptionExposure.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "what options on an asset add");
    public static final Topic<FeedStatus> FEED_STATUS = new Topic<>(
            PREFIX + "feed-status",
            OUT,
            "venue:feed:part",
            FeedStatus.class,
            COMPACT_AND_DELETE,
            WEEK,
            true,
            "how well each venue's feed is doing");
    public static final Topic<DeadLetter> DEAD_LETTERS = new Topic<>(
            PREFIX + "dead-letters",
            OUT,
            "the original key",
            DeadLetter.class,
            DELETE,
            MONTH,
            true,
            "what could not be used, and why");

    private static final List<Topic<?>> ALL = List.of(
            INSTRUMENTS,
            POSITIONS,
            COLLATERAL,
            PRICES,
            DEPTH,
            LIQUIDATIONS,
            OPTIONS,
            RULES,
            ALERT_ACTIONS,
            SCENARIOS,
            MARKET_STATE,
            MARKET_MEASURES,
            MARKET_WINDOWS,
            SYSTEM_WINDOWS,
            LADDERS,
            SYSTEM_STATE,
            SYSTEM_MEASURES,
            CASCADE_RISK,
            CONTAGION,
            COLLATERAL_STATE,
            CASCADES,
            ACCOUNT_RISK,
            ALERTS,
            SCENARIO_RESULTS,
            OPTION_EXPOSURE,
            FEED_STATUS,
            DEAD_LETTERS);

    private Topics() {}

    /** Every topic of the contract, inputs first. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** The topics that this version reads or writes. */
    public static List<Topic<?>> inUse() {
        return ALL.stream().filter(Topic::inUse).toList();
    }

    /** The topic of that name, with or without the prefix. */
    public static Optional<Topic<?>> named(String name) {
        String full = name.startsWith(PREFIX) ? name : PREFIX + name;
        return ALL.stream().filter(topic -> topic.name().equals(full)).findFirst();
    }
}
