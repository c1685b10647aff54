package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.topology.avro.SubjectReading;
import java.util.Arrays;

/** Observations as records, on their way to where rules are held against them. */
final class SubjectReadings {

    private SubjectReadings() {}

    static SubjectReading record(Observation observation) {
        return new SubjectReading(
                observation.kind().name(),
                observation.subject(),
                observation.asOfMs(),
                observation.stalenessMs(),
                observation.coverageLong(),
                observation.coverageShort(),
                Arrays.stream(observation.values()).boxed().toList(),
                StoredAlerts.records(observation.contributors()));
    }

    static Observation observation(SubjectReading record) {
        return new Observation(
                SubjectKind.valueOf(record.getKind()),
                record.getSubject(),
                record.getAsOfMs(),
                record.getStalenessMs(),
                record.getCoverageLong(),
                record.getCoverageShort(),
                record.getValues().stream().mapToDouble(value -> value).toArray(),
                StoredAlerts.contributors(record.getContributors()));
    }
}
