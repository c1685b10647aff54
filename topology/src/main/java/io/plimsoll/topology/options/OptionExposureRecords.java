package io.plimsoll.topology.options;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.option.GreekTotals;
import io.plimsoll.risk.option.HedgePoint;
import io.plimsoll.risk.option.OpenOption;
import io.plimsoll.risk.option.OptionBook;
import io.plimsoll.risk.option.OptionRight;
import io.plimsoll.schemas.avro.DeltaHedging;
import io.plimsoll.schemas.avro.OptionExpiry;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionGreeks;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.OptionStrike;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the options on an underlying add up to. */
final class OptionExposureRecords {

    /** The shocks of cascade risk, and some deeper: options are not linear. */
    private static final double[] SHOCKS = {
        -0.5, -0.3, -0.2, -0.1, -0.05, -0.02, -0.01, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5
    };

    private static final String NO_TRADES =
            "which side takers were on is not known: trades of options are not among the inputs";

    private final List<OpenOption> open = new ArrayList<>();
    private double counted;
    private double reported;
    private int leftOut;
    private int unreported;
    private long oldestMs = Long.MAX_VALUE;
    private long indexMs = Long.MIN_VALUE;
    private @Nullable Double index;

    private OptionExposureRecords() {}

    /**
     * The record of an underlying.
     *
     * @param held in an order that does not depend on how they came
     * @param asOfMs event time of the newest, epoch milliseconds
     */
    static OptionExposure of(String venue, String asset, List<HeldOptions.Held> held, long asOfMs) {
        OptionExposureRecords sums = new OptionExposureRecords();
        held.forEach(sums::add);
        return sums.record(venue, asset, asOfMs);
    }

    private void add(HeldOptions.Held held) {
        OptionPrice option = held.option();
        Double itsIndex = option.getIndexPrice();
        if (itsIndex != null && held.eventTimeMs() > indexMs) {
            index = itsIndex;
            indexMs = held.eventTimeMs();
        }
        Double openInterest = option.getOpenInterest();
        if (openInterest == null) {
            unreported++;
            return;
        }
        if (openInterest == 0) {
            return;
        }
        reported += openInterest;
        Double forward = option.getUnderlyingPrice();
        Double volatility = option.getMarkVolatility();
        if (forward == null || volatility == null) {
            leftOut++;
            return;
        }
        counted += openInterest;
        oldestMs = Math.min(oldestMs, held.eventTimeMs());
        open.add(new OpenOption(
                OptionRight.valueOf(option.getKind().name()),
                option.getStrike(),
                option.getExpiryMs(),
                forward,
                volatility,
                option.getDelta(),
                option.getGamma(),
                option.getVega(),
                openInterest));
    }

    private OptionExposure record(String venue, String asset, long asOfMs) {
        OptionBook book = new OptionBook(open, asOfMs);
        List<OptionExpiry> expiries = new ArrayList<>();
        book.byExpiry().forEach((expiryMs, greeks) -> expiries.add(new OptionExpiry(expiryMs, of(greeks))));
        List<OptionStrike> strikes = new ArrayList<>();
        book.byStrike().forEach((strike, greeks) -> strikes.add(new OptionStrike(strike, of(greeks))));
        List<DeltaHedging> hedging = new ArrayList<>();
        for (double shock : SHOCKS) {
            hedging.add(hedging(book.at(shock)));
        }
        return new OptionExposure(
                venue,
                asset,
                asOfMs,
                open.isEmpty() ? 0 : asOfMs - oldestMs,
                MarketMeasures.FORMULA_VERSION,
                reported > 0 ? (Double) (counted / reported) : null,
                leftOut,
                unreported,
                index,
                known(book.venueDeltaGap()),
                of(book.totals()),
                known(book.at(0).effectiveLeverage()),
                null,
                NO_TRADES,
                expiries,
                strikes,
                hedging);
    }

    private DeltaHedging hedging(HedgePoint point) {
        Double now = index;
        return new DeltaHedging(
                point.shock(),
                now == null ? null : (Double) (now * (1 + point.shock())),
                point.grossFlow(),
                point.dealerFlow(),
                known(point.effectiveLeverage()));
    }

    private static @Nullable Double known(double number) {
        return Double.isNaN(number) ? null : (Double) number;
    }

    private static OptionGreeks of(GreekTotals greeks) {
        return new OptionGreeks(
                greeks.options(),
                greeks.openInterest(),
                greeks.callOpenInterest(),
                greeks.deltaUsd(),
                greeks.deltaEquivalentUsd(),
                greeks.dealerDeltaUsd(),
                greeks.gammaUsd(),
                greeks.dealerGammaUsd(),
                greeks.vegaUsd(),
                greeks.dealerVegaUsd(),
                greeks.vannaUsd(),
                greeks.dealerVannaUsd(),
                greeks.volgaUsd(),
                greeks.dealerVolgaUsd());
    }
}
