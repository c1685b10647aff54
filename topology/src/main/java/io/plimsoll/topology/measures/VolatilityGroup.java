package io.plimsoll.topology.measures;

import io.plimsoll.risk.Shape;
import io.plimsoll.risk.volatility.EquityAtRisk;
import io.plimsoll.risk.volatility.LeverageAtRisk;
import io.plimsoll.risk.volatility.LeverageEffect;
import io.plimsoll.risk.volatility.RealisedVolatility;
import io.plimsoll.schemas.avro.EquitySide;
import io.plimsoll.schemas.avro.LeverageAtRiskBand;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.ReturnVolatility;
import io.plimsoll.schemas.avro.VolatilityHorizon;
import io.plimsoll.schemas.avro.VolatilityMeasures;
import io.plimsoll.topology.markets.LadderMoment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Volatility, and what it does to those who are leveraged. */
final class VolatilityGroup implements GroupMeasures {

    private final Map<String, PriceHistory> histories = new HashMap<>();

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        PriceHistory prices = histories.computeIfAbsent(market.market(), unknown -> new PriceHistory());
        prices.update(market.history());
        VolatilityMeasures written = new VolatilityMeasures();
        written.setHorizons(horizons(prices));
        written.setReturnVolatility(returnVolatility(prices.effect()));
        written.setLeverageAtRisk(List.of());
        written.setEquityAtRisk(List.of());
        PriceHistory.Horizon horizon = prices.ofDay();
        if (horizon != null) {
            RealisedVolatility volatility = Objects.requireNonNull(horizon.volatility());
            double daily = volatility.daily();
            written.setDailyVolatility(daily);
            written.setDailyVolatilityHorizonMs(horizon.horizonMs());
            written.setLongScaledLeverage(scaled(market.state().getLongLeverage(), daily));
            written.setShortScaledLeverage(scaled(market.state().getShortLeverage(), daily));
            LadderMoment ladder = market.ladder();
            if (ladder != null) {
                write(leverageAtRisk(market.state(), ladder, volatility.annual()), written);
                written.setEquityAtRisk(
                        equityAtRisk(market.state(), ladder.contract().shape(), daily, prices));
            }
        }
        into.setVolatility(written);
    }

    private static List<VolatilityHorizon> horizons(PriceHistory prices) {
        List<VolatilityHorizon> written = new ArrayList<>();
        for (PriceHistory.Horizon horizon : prices.horizons()) {
            RealisedVolatility volatility = horizon.volatility();
            written.add(new VolatilityHorizon(
                    horizon.horizonMs(),
                    volatility == null ? null : (Double) volatility.annual(),
                    volatility == null ? null : volatility.continuousAnnual(),
                    volatility == null ? null : volatility.jumpShare(),
                    horizon.spanMs(),
                    horizon.returns()));
        }
        return written;
    }

    private static @Nullable ReturnVolatility returnVolatility(@Nullable LeverageEffect effect) {
        return effect == null
                ? null
                : new ReturnVolatility(
                        effect.correlation(), effect.low(), effect.high(), effect.moment(), effect.pairs());
    }

    private static @Nullable Double scaled(@Nullable Double leverage, double daily) {
        return leverage == null ? null : (Double) (leverage * daily);
    }

    private static LeverageAtRisk leverageAtRisk(MarketState state, LadderMoment ladder, double annualVolatility) {
        return LeverageAtRisk.of(
                ladder.liquidation(),
                ladder.contract(),
                state.getMarkPrice(),
                state.getQuotePriceUsd(),
                annualVolatility);
    }

    private static void write(LeverageAtRisk risk, VolatilityMeasures into) {
        into.setLongAtRiskUsd1h(risk.longs().hourUsd());
        into.setLongAtRiskUsd1d(risk.longs().dayUsd());
        into.setShortAtRiskUsd1h(risk.shorts().hourUsd());
        into.setShortAtRiskUsd1d(risk.shorts().dayUsd());
        into.setLeverageAtRisk(risk.bands().stream()
                .map(band -> new LeverageAtRiskBand(
                        band.from(),
                        Double.isInfinite(band.to()) ? null : (Double) band.to(),
                        band.longs().notionalUsd(),
                        band.longs().hourUsd(),
                        band.longs().dayUsd(),
                        band.shorts().notionalUsd(),
                        band.shorts().hourUsd(),
                        band.shorts().dayUsd()))
                .toList());
    }

    private static List<io.plimsoll.schemas.avro.EquityAtRisk> equityAtRisk(
            MarketState state, Shape shape, double daily, PriceHistory prices) {
        double longEquity = state.getLongEquityUsd();
        double shortEquity = state.getShortEquityUsd();
        double longExposure = exposure(state.getLongNotionalUsd(), longEquity, shape);
        double shortExposure = exposure(-state.getShortNotionalUsd(), shortEquity, shape);
        return List.of(
                written(EquitySide.LONGS, longEquity, longExposure, daily, prices),
                written(EquitySide.SHORTS, shortEquity, shortExposure, daily, prices),
                written(EquitySide.ALL, longEquity + shortEquity, longExposure + shortExposure, daily, prices));
    }

    /** What a doubling of the price would add: the notional; where equity is in coins, the equity itself as well. */
    private static double exposure(double notionalUsd, double equityUsd, Shape shape) {
        return shape == Shape.INVERSE ? notionalUsd + equityUsd : notionalUsd;
    }

    private static io.plimsoll.schemas.avro.EquityAtRisk written(
            EquitySide side, double equityUsd, double exposureUsd, double daily, PriceHistory prices) {
        EquityAtRisk risk = EquityAtRisk.of(exposureUsd, daily, prices.losses());
        EquityAtRisk.Loss historical = risk.historical();
        return new io.plimsoll.schemas.avro.EquityAtRisk(
                side,
                equityUsd,
                exposureUsd,
                risk.parametric().valueAtRisk(),
                risk.parametric().shortfall(),
                historical == null ? null : (Double) historical.valueAtRisk(),
                historical == null ? null : (Double) historical.shortfall(),
                prices.dailyReturns());
    }
}
