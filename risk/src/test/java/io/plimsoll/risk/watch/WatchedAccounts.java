package io.plimsoll.risk.watch;

/** Accounts as the acceptance test needs them: any margin model can take the place of {@link LinearAccounts}. */
interface WatchedAccounts {

    int count();

    /** Equity less maintenance margin in USD; the account is liquidatable where it is below zero. */
    double marginUsd(int account, double[] prices);

    /** Looks at an account and sets bands as {@link #setBands} does; whether it is liquidatable, by the model under test. */
    default boolean look(int account, double[] prices, double theta, PriceWatch watch, int slot) {
        setBands(account, prices, theta, watch, slot);
        return marginUsd(account, prices) < 0;
    }

    /** Sets bands within which the margin keeps its sign; most by {@code theta} of it unless the line is exact. */
    void setBands(int account, double[] prices, double theta, PriceWatch watch, int slot);

    /** Whether the account's line is one price, known exactly. */
    boolean hasExactLine(int account);
}
