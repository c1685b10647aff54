package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.ContagionFlow;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be asked of all markets together. */
final class SystemOperations {

    private static final String TAG = "system";

    private static final Shape SUBJECT = Shapes.state("Subject", SystemState.getClassSchema());
    private static final Parameter OF_SUBJECT =
            Parameter.text("subject", "Subject: system, venue:name or asset:name. Unless told: system.", "system");

    static final Operation SUBJECTS = Operation.get(
                    "/api/v1/system", "listSubjects", TAG, "The system, each venue and each asset as they are now")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER, ApiParameters.SCOPE)
            .answering("Subjects by id.", Shapes.list("Subjects", "Subjects by id.", "subjects", SUBJECT))
            .asTable(Table.of("subjects"));

    static final Operation ONE_SUBJECT = Operation.get(
                    "/api/v1/system/subjects/{id}", "getSubject", TAG, "The system, a venue or an asset as it is now")
            .with(
                    Parameter.path("id", "Subject: system, venue:name or asset:name.", "venue:hyperliquid"),
                    ApiParameters.SCOPE)
            .answering("The subject.", SUBJECT);

    private static final Shape MEASURED = Shapes.state("SubjectMeasures", SystemMeasureSet.getClassSchema());

    static final Operation SUBJECT_MEASURES = Operation.get(
                    "/api/v1/system/subjects/{id}/measures",
                    "getSubjectMeasures",
                    TAG,
                    "Phase of the leverage cycle of the system, a venue or an asset")
            .saying("Unknown where group cycle is switched off (setting monitor.measures).")
            .with(Parameter.path("id", "Subject: system, venue:name or asset:name.", "asset:BTC"), ApiParameters.SCOPE)
            .answering("The subject's measures.", MEASURED);

    static final Operation ALL_MEASURES = Operation.get(
                    "/api/v1/system/measures",
                    "listSubjectMeasures",
                    TAG,
                    "Phases of the leverage cycle of the system, each venue and each asset")
            .saying("Empty where group cycle is switched off (setting monitor.measures).")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER, ApiParameters.SCOPE)
            .answering("Subjects by id.", Shapes.list("MeasuresOfSubjects", "Subjects by id.", "measures", MEASURED));

    static final Operation SYSTEM_WINDOWS = Operation.get(
                    "/api/v1/system/windows", "listSystemWindows", TAG, "The system, a venue or an asset over time")
            .with(OF_SUBJECT)
            .with(MarketOperations.ofWindows())
            .answering("The subject's windows.", MarketOperations.WINDOWS)
            .asTable(Table.within("windows", "metrics"));

    static final Operation SYSTEM_CASCADE = Operation.get(
                    "/api/v1/system/cascade", "getSystemCascade", TAG, "What a shock of all prices would set off")
            .with(ApiParameters.SCOPE)
            .answering("The system's cascade risk.", MarketOperations.CASCADE);

    static final Operation CONTAGION = Operation.get(
                    "/api/v1/contagion", "getContagion", TAG, "What a fall of one price forces in other markets")
            .with(ApiParameters.SCOPE)
            .answering(
                    "All sources, and what the system as a whole would do.",
                    Shape.object(
                            "ContagionMatrix",
                            String.valueOf(Contagion.getClassSchema().getDoc()),
                            contagion()));

    static final Operation STREAM = Operation.get(
                    "/api/v1/states/stream", "followStates", TAG, "Markets and the system as they change")
            .saying("Server-sent events: `market` and `subject`, all that are asked for, then those that change; `tick`"
                    + " ends a round, `end` says why the stream ends.")
            .with(
                    ApiParameters.MARKETS,
                    Parameter.texts(
                            StateRound.SUBJECTS,
                            "Only these subjects: system, venue:name or asset:name, separated by commas.",
                            "system"))
            .answeringText("Events, without end.", EventText.TYPE);

    private static final Shape COLLATERAL_STATE = Shapes.state("CollateralOf", CollateralState.getClassSchema());

    static final Operation COLLATERAL = Operation.get(
                    "/api/v1/collateral",
                    "listCollateral",
                    TAG,
                    "What leverage rests on, of the system and of each venue")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER, ApiParameters.SCOPE)
            .answering(
                    "Subjects by id.", Shapes.list("CollateralList", "Subjects by id.", "subjects", COLLATERAL_STATE))
            .asTable(Table.of("subjects"));

    static final Operation COLLATERAL_OF_ONE = Operation.get(
                    "/api/v1/collateral/{id}", "getCollateral", TAG, "What leverage rests on, of the system or a venue")
            .with(Parameter.path("id", "Subject: system or venue:name.", "venue:aave"), ApiParameters.SCOPE)
            .answering("Collateral, debts and loops.", COLLATERAL_STATE)
            .asTable(Table.within("assets"));

    static final List<Operation> ALL = List.of(
            SUBJECTS,
            ONE_SUBJECT,
            SUBJECT_MEASURES,
            ALL_MEASURES,
            SYSTEM_WINDOWS,
            SYSTEM_CASCADE,
            CONTAGION,
            COLLATERAL,
            COLLATERAL_OF_ONE,
            STREAM);

    private SystemOperations() {}

    private static List<Field> contagion() {
        List<Field> fields = new ArrayList<>();
        fields.add(Shapes.ID);
        fields.addAll(AvroShape.fields(Contagion.getClassSchema(), Set.of("flows")));
        fields.add(Shapes.AGE_MS);
        fields.add(Shapes.STALE_ONE);
        fields.add(Shapes.SERVED_BY);
        Shape source = Shape.object(
                "ContagionSource",
                "What a fall of one market's price forces.",
                List.of(
                        Field.of("market", Shape.text("Market whose price falls, venue:symbol.")),
                        Field.of("asOfMs", Shape.whole("Event time up to which inputs are in it, epoch milliseconds.")),
                        Field.of("flows", Shape.list("By market.", AvroShape.of(ContagionFlow.getClassSchema())))));
        fields.add(Field.of("sources", Shape.list("Markets whose fall forces anything.", source)));
        return fields;
    }
}
