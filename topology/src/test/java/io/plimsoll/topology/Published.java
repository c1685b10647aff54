package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import java.util.List;

/** Finds in what was published the one thing that a test is about; fails where it is not there. */
final class Published {

    private Published() {}

    /** The only one. */
    static <T> T only(List<T> published) {
        assertThat(published).hasSize(1);
        return published.get(0);
    }

    /** What comes of shocks of a direction where a share of the depth remains. */
    static CascadeOutcome outcome(CascadeRisk risk, ShockDirection direction, double haircut) {
        return risk.getOutcomes().stream()
                .filter(each -> each.getDirection() == direction && each.getDepthHaircut() == haircut)
                .findFirst()
                .orElseThrow();
    }

    /** What comes of one shock. */
    static ShockOutcome shock(CascadeOutcome outcome, double shock) {
        return outcome.getShocks().stream()
                .filter(each -> each.getShock() == shock)
                .findFirst()
                .orElseThrow();
    }
}
