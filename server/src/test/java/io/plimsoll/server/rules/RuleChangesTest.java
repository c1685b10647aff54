package io.plimsoll.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.avro.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleChangesTest {

    private static final long NOW_MS = 1_770_000_000_000L;

    private final List<Rule> file = DefaultRules.rules();
    private final Written written = new Written();

    @Test
    void shouldAddAllWhereNothingIsInForce() {
        RuleChanges changes = RuleChanges.of(file, Map.of());

        assertThat(changes.write(written, true, NOW_MS)).isEqualTo(file.size());
        assertThat(written.latest).isEqualTo(byId(file));
    }

    @Test
    void shouldWriteOnlyWhatIsNewOrOtherwise() {
        Map<String, Rule> inForce = byId(DefaultRules.rules());
        inForce.remove("deleveraging");
        inForce.get("concentration").setHoldMs(1);

        RuleChanges changes = RuleChanges.of(file, inForce);

        assertThat(changes.added()).extracting(Rule::getId).containsExactly("deleveraging");
        assertThat(changes.changed()).extracting(Rule::getId).containsExactly("concentration");
        assertThat(changes.same()).hasSize(file.size() - 2);
        assertThat(changes.missing()).isEmpty();
        assertThat(changes.write(written, false, NOW_MS)).isEqualTo(2);
        assertThat(written.latest).containsOnlyKeys("deleveraging", "concentration");
    }

    @Test
    void shouldRemoveWhatIsNotInTheFileOnlyWhenAsked() {
        Map<String, Rule> inForce = byId(DefaultRules.rules());
        RuleChanges changes = RuleChanges.of(file.subList(0, 1), inForce);

        assertThat(changes.write(written, false, NOW_MS)).isZero();
        assertThat(written.latest).isEmpty();
        assertThat(changes.write(written, true, NOW_MS)).isEqualTo(file.size() - 1);
        assertThat(written.latest)
                .hasSize(file.size() - 1)
                .doesNotContainKey(file.get(0).getId());
        assertThat(written.latest.values()).containsOnlyNulls();
    }

    private static Map<String, Rule> byId(List<Rule> rules) {
        return rules.stream().collect(Collectors.toMap(Rule::getId, Function.identity(), (a, b) -> b, TreeMap::new));
    }

    private static final class Written implements RecordSink {

        private final Map<String, SpecificRecord> latest = new TreeMap<>();

        @Override
        public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
            assertThat(topic).isEqualTo("plimsoll.rules");
            assertThat(timestampMs).isEqualTo(NOW_MS);
            latest.put(key, value);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
