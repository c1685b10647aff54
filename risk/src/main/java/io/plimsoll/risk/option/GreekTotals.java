package io.plimsoll.risk.option;

/**
 * Greeks of open contracts added up, in the order in which they were added. Gross sums are those of whoever is long all of
 * them; a dealer's those of one who is long the calls and short the puts.
 *
 * @param options count
 * @param openInterest base units, each contract counted once
 * @param callOpenInterest of which calls
 * @param deltaUsd sum of delta x open interest x forward: puts below 0
 * @param deltaEquivalentUsd the same of |delta|, >= 0
 * @param dealerDeltaUsd the dealer's delta
 * @param gammaUsd sum of gamma x open interest x forward^2 / 100: what delta gains when the forward gains 1 %, USD, >= 0
 * @param dealerGammaUsd the dealer's; below 0 he buys into rises
 * @param vegaUsd what all are worth more at a point of volatility (0.01) more, USD, >= 0
 * @param dealerVegaUsd the dealer's
 * @param vannaUsd what {@code deltaUsd} gains per point of volatility, USD
 * @param dealerVannaUsd the dealer's
 * @param volgaUsd what {@code vegaUsd} gains per point of volatility, USD
 * @param dealerVolgaUsd the dealer's
 */
public record GreekTotals(
        int options,
        double openInterest,
        double callOpenInterest,
        double deltaUsd,
        double deltaEquivalentUsd,
        double dealerDeltaUsd,
        double gammaUsd,
        double dealerGammaUsd,
        double vegaUsd,
        double dealerVegaUsd,
        double vannaUsd,
        double dealerVannaUsd,
        double volgaUsd,
        double dealerVolgaUsd) {

    /** Nothing open. */
    public static final GreekTotals NONE = new GreekTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** A percent of a price, and a point of volatility. */
    private static final double POINT = 0.01;

    /** With one option more: by the venue's own delta, gamma and vega where it reports them, else by the model's. */
    GreekTotals plus(OpenOption option, Greeks model) {
        double open = option.openInterest();
        double forward = option.forward();
        int dealer = option.right().dealerSign();
        Double delta = option.venueDelta();
        Double gamma = option.venueGamma();
        Double vega = option.venueVega();
        double itsDelta = (delta == null ? model.delta() : delta) * open * forward;
        double itsGamma = (gamma == null ? model.gamma() : gamma) * open * forward * forward * POINT;
        double itsVega = (vega == null ? model.vega() * POINT : vega) * open;
        double itsVanna = model.vanna() * open * forward * POINT;
        double itsVolga = model.volga() * open * POINT * POINT;
        return new GreekTotals(
                options + 1,
                openInterest + open,
                callOpenInterest + (option.right() == OptionRight.CALL ? open : 0),
                deltaUsd + itsDelta,
                deltaEquivalentUsd + Math.abs(itsDelta),
                dealerDeltaUsd + dealer * itsDelta,
                gammaUsd + itsGamma,
                dealerGammaUsd + dealer * itsGamma,
                vegaUsd + itsVega,
                dealerVegaUsd + dealer * itsVega,
                vannaUsd + itsVanna,
                dealerVannaUsd + dealer * itsVanna,
                volgaUsd + itsVolga,
                dealerVolgaUsd + dealer * itsVolga);
    }
}
