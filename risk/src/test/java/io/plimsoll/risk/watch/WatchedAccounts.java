package io.plimsoll.risk.watch;

/** Accounts as the acceptance test needs them: any margin model can take the place of {@link LinearAccounts}. */
interface WatchedAccounts {

    int count();

    /** Equity less maintenance margin in USD; the account is liquidatable where it is below zero. */
    double marginUsd(int account, double[] prices);

    /** Sets bands within which the margin keeps its sign; most by {@code theta} of it unless the line is exact. */
    void setBands(int account, double[] prices, double theta, PriceWatch watch, int slot);

    /** Whether the account's line is one price, known exactly. */
    boolean hasExactLine(int account);
}
