package io.plimsoll.topology;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.accounts.NearAccount;
import io.plimsoll.topology.alerts.FeedMoment;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.LadderSnapshot;
import io.plimsoll.topology.avro.ScenarioJob;
import io.plimsoll.topology.markets.CascadeMoment;
import io.plimsoll.topology.markets.LadderMoment;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** Names and types of the state stores that may be queried from outside. */
public final class MonitorStores {

    /** Account (venue:account) to what it holds. */
    public static final String ACCOUNTS = "accounts";

    /** Account (venue:account) to its risk, of accounts in WATCH or worse. */
    public static final String ACCOUNT_RISKS = "account-risks";

    /** Account (venue:account) to what lists of such accounts are chosen by; the same accounts as {@link #ACCOUNT_RISKS}. */
    public static final String NEAR_ACCOUNTS = "near-accounts";

    /** Market (venue:symbol) to its newest state. */
    public static final String MARKET_STATES = "market-states";

    /** Market (venue:symbol) to its newest measures. */
    public static final String MARKET_MEASURES = "market-measures";

    /** Market (venue:symbol) to its newest ladder. */
    public static final String LADDERS = "ladders";

    /** Market (venue:symbol) to what a shock would set off. */
    public static final String CASCADE_RISKS = "cascade-risks";

    /** system to what a shock of all prices would set off. */
    public static final String SYSTEM_CASCADE_RISK = "system-cascade-risk";

    /** Market (venue:symbol) to what its fall forces in others; system to what follows for all. */
    public static final String CONTAGION = "contagion";

    /** system or venue:V to what leverage rests on. */
    public static final String COLLATERAL_STATES = "collateral-states";

    /** Underlying (venue:asset) to what its options add. */
    public static final String OPTION_EXPOSURES = "option-exposures";

    /** Market (venue:symbol) to what that was computed from. */
    public static final String CASCADE_MOMENTS = "cascade-moments";

    /** system, venue:V or asset:A to its newest state. */
    public static final String SYSTEM_STATES = "system-states";

    /** system, venue:V or asset:A to its newest measures. */
    public static final String SYSTEM_MEASURES = "system-measures";

    /** Market and start (venue:symbol@start) to an observed cascade. */
    public static final String CASCADES = "cascade-episodes";

    /** system@start to an observed cascade of all markets. */
    public static final String SYSTEM_CASCADES = "system-cascade-episodes";

    /** Scenario id to its answer. */
    public static final String SCENARIO_RESULTS = "scenario-results";

    /** Scenario id to the scenario while it runs. */
    public static final String SCENARIO_RUNS = "scenario-runs";

    /** rule|subject to the alert as it was written last, of alerts about markets and their windows. */
    public static final String ALERTS_OF_MARKETS = "alerts-of-markets";

    /** rule|subject to the alert as it was written last, of alerts about the system. */
    public static final String ALERTS_OF_SYSTEM = "alerts-of-system";

    /** rule|subject to the alert as it was written last, of alerts about venues, assets and windows of markets added up. */
    public static final String ALERTS_OF_VENUES = "alerts-of-venues";

    /** rule|subject to the alert as it was written last, of alerts about accounts. */
    public static final String ALERTS_OF_ACCOUNTS = "alerts-of-accounts";

    /** rule|subject to the alert as it was written last, of alerts about feeds. */
    public static final String ALERTS_OF_FEEDS = "alerts-of-feeds";

    /** The stores of alerts. */
    public static final List<String> ALERTS =
            List.of(ALERTS_OF_MARKETS, ALERTS_OF_SYSTEM, ALERTS_OF_VENUES, ALERTS_OF_ACCOUNTS, ALERTS_OF_FEEDS);

    /** Feed (topic:venue, the topic without prefix) to how it comes. */
    public static final String FEEDS = "feeds";

    /** Sizes of the windows that are kept. */
    public static final List<Duration> WINDOW_SIZES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));

    /** Sizes of the windows of whose beginning ladders are kept. */
    public static final List<Duration> LADDER_HISTORY_SIZES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5));

    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, AccountBook>> ACCOUNT_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, AccountRisk>> ACCOUNT_RISK_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, NearAccount>> NEAR_ACCOUNT_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, MarketState>> MARKET_STATE_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, MeasureSet>> MARKET_MEASURES_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, LadderMoment>> LADDER_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, CascadeRisk>> CASCADE_RISK_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, Contagion>> CONTAGION_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, CollateralState>> COLLATERAL_STATE_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, OptionExposure>> OPTION_EXPOSURE_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, CascadeMoment>> CASCADE_MOMENT_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, SystemState>> SYSTEM_STATE_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, SystemMeasureSet>> SYSTEM_MEASURES_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, CascadeEpisode>> CASCADE_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, ScenarioResult>> SCENARIO_RESULT_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, ScenarioJob>> SCENARIO_RUN_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, Alert>> ALERT_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyKeyValueStore<String, FeedMoment>> FEED_TYPE =
            QueryableStoreTypes.keyValueStore();
    public static final QueryableStoreType<ReadOnlyWindowStore<String, WindowState>> WINDOW_TYPE =
            QueryableStoreTypes.windowStore();
    public static final QueryableStoreType<ReadOnlyWindowStore<String, LadderSnapshot>> LADDER_HISTORY_TYPE =
            QueryableStoreTypes.windowStore();

    private MonitorStores() {}

    /** Store of market windows of one size: market (venue:symbol) and window start to the window. */
    public static String marketWindows(Duration size) {
        return "market-windows-" + label(size);
    }

    /** Store of system windows of one size: subject and window start to the window. */
    public static String systemWindows(Duration size) {
        return "system-windows-" + label(size);
    }

    /** Store of past ladders by windows of one size: market (venue:symbol) and window start to the ladder then. */
    public static String ladderHistory(Duration size) {
        return "ladder-history-" + label(size);
    }

    /** A window size as users write it: 1m, 5m, 1h, 1d. */
    public static String label(Duration size) {
        if (size.toDays() > 0) {
            return size.toDays() + "d";
        }
        return size.toHours() > 0 ? size.toHours() + "h" : size.toMinutes() + "m";
    }
}
