package io.plimsoll.topology.measures;

import io.plimsoll.schemas.avro.MeasureSet;

/** Measures one group of a market. */
interface GroupMeasures {

    /** An hour of event time has begun in a market; its history has the hour's sample already. */
    default void hourBegan(MeasuredMarket market) {}

    /** Puts the group's field in the market's record. */
    void write(MeasuredMarket market, MeasureSet into);
}
