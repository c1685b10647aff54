package io.plimsoll.topology.markets;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.Shape;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.MarketReport;

/** Writes what the system must know of a market to say what forced trades do to it. */
final class MarketReports {

    private MarketReports() {}

    static MarketReport of(Valuation valuation, ImpactBasis impact) {
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
        report.setImpact(impact);
        return report;
    }
}
