package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.cascade.SquareRootImpact;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.ScenarioStart;

/**
 * A square-root law on the venue's open interest, where it reports any: modelled, not observed. It takes a day's volume to
 * be three times the open interest and a day's volatility to be 3.5 %, and is linear below a thousandth of that volume.
 *
 * <p>The two numbers are those of the illustration that the measures were designed with (open interest 3 of 10 billion
 * dollars of volume), not a calibration.
 */
public final class OpenInterestImpacts implements MarketImpacts {

    private static final double COEFFICIENT = 1;
    private static final double DAILY_VOLATILITY = 0.035;
    private static final double VOLUME_PER_OPEN_INTEREST = 3;
    private static final double CROSSOVER = 0.001;

    @Override
    public Impacts of(InstrumentTerms terms, ScenarioStart start) {
        Double openInterest = start.getOpenInterest();
        if (openInterest == null || !(openInterest > 0)) {
            return Impacts.UNKNOWN;
        }
        double volume = VOLUME_PER_OPEN_INTEREST * openInterest;
        SquareRootImpact law = new SquareRootImpact(COEFFICIENT, DAILY_VOLATILITY, volume, CROSSOVER * volume);
        return new Impacts(law, law, ScenarioImpact.MODELLED);
    }
}
