package io.plimsoll.risk.scenario;

/** Which forced trades move a market's price. */
public enum RoundMode {

    /**
     * The bound. Each market has a low price, which sales alone have moved, and a high one, which purchases alone have; each
     * position is held against the one that hurts it. Prices only get worse and who has fallen stays fallen, so the rounds
     * end at the least fixed point, whatever the order.
     */
    GROSS,

    /**
     * The estimate. Each market has one price, which sales less purchases have moved. It may turn round; it is what it is
     * only because all who fall in a round trade at once.
     */
    NET
}
