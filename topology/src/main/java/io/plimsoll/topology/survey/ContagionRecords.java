package io.plimsoll.topology.survey;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.survey.Fallers;
import io.plimsoll.risk.survey.MarketTerms;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.risk.survey.Systemicness;
import io.plimsoll.risk.survey.VenueBalance;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.ContagionFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a fall of one price forces in others as the records of the contract, by subject. */
final class ContagionRecords {

    private static final double SHOCK = -0.01;

    private ContagionRecords() {}

    static Map<String, Contagion> of(SurveySum survey, Map<String, MarketTerms> terms, SurveyInputs inputs) {
        io.plimsoll.risk.survey.Contagion matrix = io.plimsoll.risk.survey.Contagion.of(survey, terms, 1);
        Map<String, Contagion> records = new TreeMap<>();
        for (io.plimsoll.risk.survey.Contagion.Link link : matrix.links()) {
            records.computeIfAbsent(link.source(), source -> {
                        Contagion record = none(source, survey, inputs);
                        record.setFallen(matrix.fallers()
                                .getOrDefault(source, Fallers.NONE)
                                .accounts());
                        return record;
                    })
                    .getFlows()
                    .add(new ContagionFlow(
                            link.market(),
                            link.sellUsd(),
                            link.buyUsd(),
                            link.impactKnown() ? (Double) link.feedback() : null));
        }
        records.put(Surveys.SYSTEM, system(survey, terms, inputs, matrix));
        return records;
    }

    private static Contagion system(
            SurveySum survey,
            Map<String, MarketTerms> terms,
            SurveyInputs inputs,
            io.plimsoll.risk.survey.Contagion matrix) {
        Systemicness systemicness = Systemicness.of(survey, terms, 1);
        Contagion record = none(Surveys.SYSTEM, survey, inputs);
        if (inputs.knowImpact()) {
            record.setSpectralRadius(matrix.spectralRadius().value());
            record.setAggregateVulnerability(systemicness.aggregateVulnerability());
        }
        record.setImpactCoverage(systemicness.coverage());
        record.setVenues(ranked(systemicness.venues()));
        record.setAssets(ranked(systemicness.assets()));
        record.setAssetFalls(ranked(systemicness.falls()));
        setLeverage(record, survey.totals().all());
        record.setAccountLeverage(AccountLeverageRecords.of(survey.totals().leverages()));
        return record;
    }

    private static void setLeverage(Contagion record, VenueBalance all) {
        record.setWithoutEquity(all.withoutEquity());
        record.setEquityUsd(MicroUsd.toUsd(all.equityMicroUsd()));
        record.setGrossNotionalUsd(MicroUsd.toUsd(all.grossMicroUsd()));
        record.setCommitmentUsd(MicroUsd.toUsd(all.commitmentMicroUsd()));
        if (all.equityMicroUsd() > 0) {
            record.setGrossLeverage((double) all.grossMicroUsd() / all.equityMicroUsd());
            record.setCommitmentLeverage((double) all.commitmentMicroUsd() / all.equityMicroUsd());
        }
    }

    /** The record of a source whose fall forces nothing. */
    static Contagion none(String subject, SurveySum survey, SurveyInputs inputs) {
        Contagion record = new Contagion();
        record.setSubject(subject);
        record.setAsOfMs(inputs.asOfMs());
        record.setStalenessMs(inputs.stalenessMs());
        record.setFormulaVersion(MarketMeasures.FORMULA_VERSION);
        record.setShock(SHOCK);
        record.setAccounts(survey.totals().accounts());
        record.setPoolsUnpriced(survey.totals().poolsUnpriced());
        record.setFlows(new ArrayList<>());
        record.setVenues(List.of());
        record.setAssets(List.of());
        record.setAssetFalls(List.of());
        return record;
    }

    private static List<io.plimsoll.schemas.avro.Systemicness> ranked(List<Systemicness.Ranked> ranking) {
        return ranking.stream()
                .map(place -> new io.plimsoll.schemas.avro.Systemicness(
                        place.name(), place.systemicness(), place.soldUsd(), place.boughtUsd()))
                .toList();
    }
}
