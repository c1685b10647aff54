package io.plimsoll.connectors.sim;

/**
 * What the simulator is to simulate.
 *
 * @param seed same seed, same settings: same records
 * @param accounts traders at the simulated venue, published or not, {@value #MIN_ACCOUNTS} to {@value #MAX_ACCOUNTS}
 * @param markets instruments traded, 1 to {@value #MAX_MARKETS}
 * @param speed simulated seconds per second of the clock, {@value #MIN_SPEED} to {@value #MAX_SPEED}
 */
public record SimulatorSettings(long seed, int accounts, int markets, double speed) {

    public static final int MIN_ACCOUNTS = 10;
    public static final int MAX_ACCOUNTS = 1_000_000;
    public static final int MAX_MARKETS = 200;
    public static final double MIN_SPEED = 0.01;
    public static final double MAX_SPEED = 1_000;

    public SimulatorSettings {
        if (accounts < MIN_ACCOUNTS || accounts > MAX_ACCOUNTS) {
            throw new IllegalArgumentException(
                    "accounts is " + accounts + ", allowed is " + MIN_ACCOUNTS + " to " + MAX_ACCOUNTS);
        }
        if (markets < 1 || markets > MAX_MARKETS) {
            throw new IllegalArgumentException("markets is " + markets + ", allowed is 1 to " + MAX_MARKETS);
        }
        if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException("speed is " + speed + ", allowed is " + MIN_SPEED + " to " + MAX_SPEED);
        }
    }

    /** 2,000 accounts in 12 markets, as fast as the clock. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(1, 2_000, 12, 1);
    }
}
