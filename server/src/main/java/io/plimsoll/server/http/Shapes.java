package io.plimsoll.server.http;

import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Shapes that several answers have in common. */
final class Shapes {

    static final Field ID = Field.of("id", Shape.text("Key: venue:symbol, a subject, or what it is the id of."));
    static final Field AGE_MS =
            Field.of("ageMs", Shape.whole("Time from asOfMs to the moment of the answer, milliseconds."));
    static final Field SERVED_AT_MS =
            Field.of("servedAtMs", Shape.whole("When this was answered, by the server's clock, epoch milliseconds."));
    static final Field MISSING = Field.of(
            "missing",
            Shape.list(
                    "Instances (host:port) that did not answer in time; what they hold is left out.",
                    Shape.text("Address of an instance.")));
    static final Field NEXT = Field.of(
            "next",
            Shape.nullable(Shape.text(
                    "What to give as `after` for the next page, as in the Link header. Null: there is" + " no more.")));

    private Shapes() {}

    /** A record as {@link StateApi#state} writes it: with its id and its age. */
    static Shape state(String name, Schema record, Field... more) {
        List<Field> fields = new ArrayList<>();
        fields.add(ID);
        // Alerts have an id of their own, which is the same.
        fields.addAll(AvroShape.fields(record, Set.of(ID.name())));
        fields.add(AGE_MS);
        fields.addAll(List.of(more));
        return Shape.object(name, String.valueOf(record.getDoc()), fields);
    }

    /** A list over all instances. */
    static Shape list(String name, String description, String field, Shape items, Field... before) {
        return Shape.object(
                name,
                description,
                Stream.concat(
                                Stream.concat(Stream.of(SERVED_AT_MS), Stream.of(before)),
                                Stream.of(Field.of(field, Shape.list(description, items)), NEXT, MISSING))
                        .toList());
    }
}
