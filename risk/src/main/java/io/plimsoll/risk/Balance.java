package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * What an account holds or owes in one asset.
 *
 * @param asset USDC, BTC
 * @param market venue:asset whose price it follows; null where its value is fixed
 * @param quantity units of the asset; negative is debt
 * @param factor share of the value that counts as margin, 0 to 1; debts count in full
 * @param unitPriceUsd US dollars per unit that its record says, > 0; counts where no market does
 * @param peggedToUsd a stablecoin: common shocks leave it where it is
 * @param borrowRate interest that a debt costs, fraction of it per year, continuously compounded, >= 0; null where not
 *     reported
 */
public record Balance(
        String asset,
        @Nullable String market,
        double quantity,
        double factor,
        double unitPriceUsd,
        boolean peggedToUsd,
        @Nullable Double borrowRate) {

    /** An asset whose price is free, and whose interest is not reported. */
    public Balance(String asset, @Nullable String market, double quantity, double factor, double unitPriceUsd) {
        this(asset, market, quantity, factor, unitPriceUsd, false, null);
    }

    /** What is left where the asset loses a share of its value; of a coin that follows a price, so many fewer. */
    Balance cutBy(double share) {
        if (share == 0) {
            return this;
        }
        return market == null
                ? new Balance(asset, null, quantity, factor, unitPriceUsd * (1 - share), peggedToUsd, borrowRate)
                : new Balance(asset, market, quantity * (1 - share), factor, unitPriceUsd, peggedToUsd, borrowRate);
    }

    /** Share of the value that counts as margin. */
    double marginFactor() {
        return quantity > 0 ? factor : 1;
    }
}
