package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.ScenarioStart;
import org.jspecify.annotations.Nullable;

/** What forced trades do to the prices of markets, at the whole of today's depth. */
public interface MarketImpacts {

    /**
     * The impacts of one market, in sizes of its ladder: base units, or face value where inverse.
     *
     * @param down of forced sales; null where nothing is known
     * @param up of forced purchases; null where nothing is known
     */
    record Impacts(@Nullable Impact down, @Nullable Impact up, ScenarioImpact source) {

        public static final Impacts UNKNOWN = new Impacts(null, null, ScenarioImpact.UNKNOWN);
    }

    /** The impacts of a market as it stands before the scenario. */
    Impacts of(InstrumentTerms terms, ScenarioStart start);
}
