package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioState;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Scenarios: asking, and asking for the answer. */
final class ScenarioOperations {

    private static final String TAG = "scenarios";

    private static final Shape REQUEST = Shape.object(
            "ScenarioRequest",
            "A what-if request.",
            AvroShape.fields(Scenario.getClassSchema(), Set.of("requestedAtMs")).stream()
                    .map(field -> Field.optional(field.name(), field.shape()))
                    .toList());
    private static final Shape ANSWER = Shape.object(
            "ScenarioAnswer", "The answer to a scenario; while it runs, only id and state are there.", answer());

    static final Operation ASK = Operation.of(
                    Operation.Method.POST, "/api/v1/scenarios", "runScenario", TAG, "Ask what would happen if")
            .taking(REQUEST)
            .answering(202, "It is taken; the answer comes to be at Location.", ANSWER);

    static final Operation ONE = Operation.get("/api/v1/scenarios/{id}", "getScenario", TAG, "The answer to a scenario")
            .with(Parameter.path("id", "Id of the scenario.", ""), ApiParameters.SCOPE)
            .answering(200, "The answer.", ANSWER)
            .answering(202, "It is still running.", ANSWER);

    static final List<Operation> ALL = List.of(ASK, ONE);

    private ScenarioOperations() {}

    private static List<Field> answer() {
        List<String> states = new ArrayList<>(List.of("RUNNING"));
        Arrays.stream(ScenarioState.values()).map(ScenarioState::name).forEach(states::add);
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("id", Shape.text("Id of the scenario.")));
        fields.add(Field.of(
                "state",
                Shape.oneOf(
                        "RUNNING: ask again. TIMED_OUT: slices of accounts did not answer in time, and there is no"
                                + " outcome.",
                        states)));
        AvroShape.fields(ScenarioResult.getClassSchema(), Set.of("state"))
                .forEach(field -> fields.add(Field.optional(field.name(), field.shape())));
        fields.add(Field.optional(Shapes.AGE_MS.name(), Shapes.AGE_MS.shape()));
        return fields;
    }
}
