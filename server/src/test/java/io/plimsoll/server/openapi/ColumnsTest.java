package io.plimsoll.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private static final Shape RUNG = Shape.object(
            "Rung",
            "A rung.",
            List.of(
                    Field.of("price", Shape.number("Price, USD.")),
                    Field.of("who", Shape.nullable(Shape.text("Who.")))));
    private static final Shape LADDER = Shape.object(
            "Ladder",
            "A ladder.",
            List.of(
                    Field.of("id", Shape.text("Id.")),
                    Field.of("servedAtMs", Shape.whole("When, milliseconds.")),
                    Field.of("rungs", Shape.list("Rungs.", RUNG))));

    @Test
    void shouldPutMembersOfWhatARowLiesInBeforeItsOwn() throws Exception {
        String csv = columns(LADDER, Table.within("rungs"))
                .csv(new ObjectMapper()
                        .readTree("{\"id\": \"a,b\", \"servedAtMs\": 3, \"rungs\": [{\"price\": 1.5, \"who\": null},"
                                + " {\"price\": 1e-9, \"who\": \"the \\\"one\\\"\\n\"}]}"));

        assertThat(csv)
                .isEqualTo("id,rungs.price,rungs.who\r\n\"a,b\",1.5,\r\n\"a,b\",1.0E-9,\"the \"\"one\"\"\n\"\r\n");
    }

    @Test
    void shouldHaveAHeaderWhereThereAreNoRows() throws Exception {
        assertThat(columns(LADDER, Table.of("rungs")).csv(new ObjectMapper().readTree("{\"rungs\": []}")))
                .isEqualTo("price,who\r\n");
    }

    private static Columns columns(Shape shape, Table table) {
        Operation operation =
                Operation.get("/x", "x", "t", "X").answering("X.", shape).asTable(table);
        return new OpenApiDocument(List.of(operation), Map.of()).columns(operation);
    }
}
