package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.avro.DepthPoint;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.depth.MarketDepths;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what the system must know of a market to say what forced trades do to it. */
final class MarketReports {

    private final MarketDepths depths;
    private final ImpactSettings settings;

    MarketReports(MarketDepths depths, ImpactSettings settings) {
        this.depths = depths;
        this.settings = settings;
    }

    MarketReport of(Valuation valuation) {
        Contract contract = valuation.terms().contract();
        MarketMeasures measures = valuation.measures();
        UsableDepth newest = depths.usable(valuation.market(), valuation.asOfMs());
        UsableDepth lastGood = depths.lastGood(valuation.market());
        Double dayVolume = valuation.terms().dayVolume(valuation.price());
        MarketImpact impact = MarketImpact.of(newest, lastGood, dayVolume, settings.dailyVolatility());
        UsableDepth used = used(impact, newest, lastGood);
        MarketReport report = new MarketReport();
        report.setSummary(MarketRecords.summary(valuation));
        report.setAsset(valuation.terms().isAsset());
        report.setInverse(contract.shape() == Shape.INVERSE);
        report.setLotDecimals(contract.lotSize().decimals());
        report.setLotMultiplier(contract.lotSize().multiplier());
        report.setMarkPrice(measures.quote().markPrice());
        report.setQuoteUsd(measures.quote().quoteUsd());
        report.setInsuranceFundUsd(valuation.price().getInsuranceFundUsd());
        report.setImpactSource(impact == null ? null : impact.source().name());
        report.setDepthState(newest.state().name());
        report.setDepthBandsLeftOut(newest.leftOut());
        report.setDepthTimeMs(used.timeMs());
        report.setBids(points(used.bids()));
        report.setAsks(points(used.asks()));
        report.setDayVolume(dayVolume);
        return report;
    }

    private static UsableDepth used(@Nullable MarketImpact impact, UsableDepth newest, @Nullable UsableDepth lastGood) {
        if (impact == null) {
            return UsableDepth.NONE;
        }
        return switch (impact.source()) {
            case DEPTH -> newest;
            case LAST_GOOD_DEPTH -> Objects.requireNonNull(lastGood);
            case DAY_VOLUME -> UsableDepth.NONE;
        };
    }

    private static List<DepthPoint> points(List<UsableDepth.Level> levels) {
        return levels.stream()
                .map(level -> new DepthPoint(level.distance(), level.quantity()))
                .toList();
    }
}
