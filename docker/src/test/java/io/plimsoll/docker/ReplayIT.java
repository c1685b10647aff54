package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broker, registry and our own image, each in a container: a replay ends with the numbers of a recomputation. */
@NeedsContainers
class ReplayIT {

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void shouldEndWithTheNumbersOfARecomputationFromTheRawRecords() throws Exception {
        Map<String, SpecificRecord> published = UndisturbedRun.published();

        assertThat(published.keySet())
                .anyMatch(key -> key.startsWith("market "))
                .anyMatch(key -> key.startsWith("ladder "))
                .contains("system system");
    }
}
