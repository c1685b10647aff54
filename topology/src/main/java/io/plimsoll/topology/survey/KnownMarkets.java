package io.plimsoll.topology.survey;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.survey.MarketTerms;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.depth.ImpactBases;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the markets have reported of themselves, and the store from which that is known again after a restart. */
final class KnownMarkets {

    private final KeyValueStore<String, MarketReport> store;
    private final Map<String, MarketReport> reports = new TreeMap<>();

    KnownMarkets(KeyValueStore<String, MarketReport> store) {
        this.store = store;
        try (KeyValueIterator<String, MarketReport> all = store.all()) {
            all.forEachRemaining(entry -> reports.put(entry.key, entry.value));
        }
    }

    /** Takes a report; true where it is the first of its market. */
    boolean take(MarketReport report) {
        String market = report.getSummary().getMarket();
        store.put(market, report);
        return reports.put(market, report) == null;
    }

    /** What they reported, by market. */
    Map<String, MarketReport> reports() {
        return reports;
    }

    /** The same in the words of what is computed. */
    Map<String, MarketTerms> terms() {
        Map<String, MarketTerms> terms = new HashMap<>();
        reports.forEach((market, report) -> terms.put(market, terms(report)));
        return terms;
    }

    private MarketTerms terms(MarketReport report) {
        MarketSummary summary = report.getSummary();
        MarketImpact impact = ImpactBases.impact(report.getImpact());
        return new MarketTerms(
                summary.getMarket(),
                summary.getBaseAsset(),
                new LotSize(report.getLotDecimals(), report.getLotMultiplier()),
                report.getInverse() ? Shape.INVERSE : Shape.LINEAR,
                report.getMarkPrice(),
                report.getQuoteUsd(),
                impact == null ? null : impact.bids(),
                impact == null ? null : impact.asks(),
                MicroUsd.toUsd(summary.getLongNotionalMicroUsd()));
    }
}
