package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.Shape;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.depth.ImpactBases;
import io.plimsoll.topology.depth.MarketDepths;

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
        MarketReport report = new MarketReport();
        report.setSummary(MarketRecords.summary(valuation));
        report.setAsset(valuation.terms().isAsset());
        report.setInverse(contract.shape() == Shape.INVERSE);
        report.setLotDecimals(contract.lotSize().decimals());
        report.setLotMultiplier(contract.lotSize().multiplier());
        report.setMarkPrice(measures.quote().markPrice());
        report.setQuoteUsd(measures.quote().quoteUsd());
        report.setInsuranceFundUsd(valuation.price().getInsuranceFundUsd());
        report.setImpact(ImpactBases.choose(
                depths.usable(valuation.market(), valuation.asOfMs()),
                depths.lastGood(valuation.market()),
                valuation.terms().dayVolume(valuation.price()),
                settings.dailyVolatility()));
        return report;
    }
}
