package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SubjectReading;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** Internal records of several types in one place. */
class InternalSerdesTest {

    private static final RoutedRecord ROUTED = new RoutedRecord(RecordKind.PRICE, "v:A", 1L, 2, 3L, null, List.of());

    @Test
    void shouldReadBackEachTypeOfSeveral() {
        Serde<SpecificRecord> any = InternalSerdes.ofAny(List.of(SubjectReading.class, RoutedRecord.class));

        byte[] bytes = any.serializer().serialize("", ROUTED);

        assertThat(any.deserializer().deserialize("", bytes)).isEqualTo(ROUTED);
        assertThat(any.deserializer().deserialize("", null)).isNull();
    }

    @Test
    void shouldRefuseATypeThatDoesNotBelongThere() {
        Serde<SpecificRecord> others = InternalSerdes.ofAny(List.of(KnownDepth.class));
        byte[] bytes = InternalSerdes.of(RoutedRecord.class).serializer().serialize("", ROUTED);

        assertThatThrownBy(() -> others.serializer().serialize("", ROUTED)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> others.deserializer().deserialize("", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no type that belongs here");
        assertThatThrownBy(() -> others.deserializer().deserialize("", new byte[] {1, 2}))
                .isInstanceOf(SerializationException.class);
    }
}
