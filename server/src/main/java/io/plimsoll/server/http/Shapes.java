package io.plimsoll.server.http;

import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Shapes that several answers have in common. */
final class Shapes {

    static final Field ID = Field.of("id", Shape.text("Key: venue:symbol, a subject, or what it is the id of."));
    static final Field AGE_MS =
            Field.of("ageMs", Shape.whole("Time from asOfMs to when the answer was made, milliseconds."));
    static final Field SERVED_AT_MS =
            Field.of("servedAtMs", Shape.whole("When the answer was made, by the server's clock, epoch milliseconds."));
    static final Field COMPLETE = Field.of("complete", Shape.truth("False: parts are missing, see missing."));
    static final Field MISSING = Field.of(
            "missing",
            Shape.list(
                    "Parts that other instances hold, or are moving, and that are left out.",
                    Shape.object(
                            "MissingPart",
                            "Parts that are left out for one reason.",
                            List.of(
                                    Field.of("instance", Shape.text("Address of the instance that holds them.")),
                                    Field.of("reason", Shape.text("Why: " + Arrays.toString(Trouble.values()) + ".")),
                                    Field.of("store", Shape.text("State store that they are parts of.")),
                                    Field.of("partitions", Shape.list("Their numbers.", Shape.whole("A number."))),
                                    Field.of("of", Shape.whole("How many parts the store has, numbered from 0.")),
                                    Field.of(
                                            "ids",
                                            Shape.list(
                                                    "What is known to be in them.",
                                                    Shape.text("Id as in the list.")))))));
    static final Field STALE = Field.of("stale", Shape.truth("True: parts may be older than they need be."));
    private static final Shape STALE_PART = Shape.object(
            "StalePart",
            "A part that was read though it may not be up to date.",
            List.of(
                    Field.of("instance", Shape.text("Address of the instance where it was read.")),
                    Field.of("role", Shape.text("What it is there: " + Arrays.toString(StalePart.Role.values()) + ".")),
                    Field.of("store", Shape.text("State store that it is a part of.")),
                    Field.of("partition", Shape.whole("Its number.")),
                    Field.of(
                            "offsetLag",
                            Shape.nullable(Shape.whole("Records that it is behind; null where that is not known.")))));
    static final Field STALE_PARTS =
            Field.optional("staleParts", Shape.list("Which, where there are any.", STALE_PART));
    static final Field SERVED_BY = Field.optional("servedBy", STALE_PART);
    static final Field STALE_ONE =
            Field.optional("stale", Shape.truth("True: from a copy or while work moves, see servedBy."));
    static final Field PARTS = Field.optional(
            "parts",
            Shape.map(
                    "With scope: which parts of which store are covered.",
                    Shape.list("Numbers of parts.", Shape.whole("A number."))));
    static final Field NEXT = Field.of(
            "next",
            Shape.nullable(Shape.text(
                    "What to give as `after` for the next page, as in the Link header. Null: there is" + " no more.")));

    private Shapes() {}

    /** A record with its id. */
    static Shape plain(String name, Schema record, Field... more) {
        List<Field> fields = new ArrayList<>(List.of(ID));
        fields.addAll(AvroShape.fields(record));
        fields.addAll(List.of(more));
        return Shape.object(name, String.valueOf(record.getDoc()), fields);
    }

    /** A record as {@link StateApi#state} writes it: with its id and its age. */
    static Shape state(String name, Schema record, Field... more) {
        List<Field> fields = new ArrayList<>();
        fields.add(ID);
        // Alerts have an id of their own, which is the same.
        fields.addAll(AvroShape.fields(record, Set.of(ID.name())));
        fields.add(AGE_MS);
        fields.add(STALE_ONE);
        fields.add(SERVED_BY);
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
                                Stream.of(
                                        Field.of(field, Shape.list(description, items)),
                                        NEXT,
                                        COMPLETE,
                                        MISSING,
                                        STALE,
                                        STALE_PARTS,
                                        PARTS))
                        .toList());
    }
}
