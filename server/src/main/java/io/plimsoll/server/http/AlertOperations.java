package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.alerts.StreamPosition;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The board, its stream, and what people do about alerts. */
final class AlertOperations {

    private static final String TAG = "alerts";
    private static final String ACTIONS = "/api/v1/alert-actions";
    private static final String ONE_PATH = AlertRoutes.PATH + "/{id}";

    private static final Parameter ID = Parameter.path("id", "Id of an alert on the board.", "");
    private static final Parameter SEVERITY = Parameter.choices(
            "severity",
            "Only of these severities.",
            Arrays.stream(Severity.values())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .toList());
    private static final Parameter SUBJECT =
            Parameter.text("subject", "Only subjects like this: * is any run of characters, a comma alternatives.", "");
    private static final Parameter RULE =
            Parameter.text("rule", "Only rules like this: * is any run of characters, a comma alternatives.", "");
    private static final Parameter LAST_EVENT_ID = Parameter.query(
            "lastEventId",
            "Id of the last event that the reader has; what came since is sent, and no board.",
            "0:12,3:7",
            "partition:offset, separated by commas, such as 0:12,3:7",
            text -> text.isBlank() || StreamPosition.isOne(text.strip()),
            schema -> schema.put("type", "string"));

    private static final Shape ALERT = Shapes.state(
            "BoardAlert",
            Alert.getClassSchema(),
            Field.of("children", Shape.whole("Alerts under this one that are not over, count.")));
    private static final Shape ACTION = AvroShape.of(AlertAction.getClassSchema());
    private static final Shape TAKEN_BACK = Shape.object(
            "ActionTakenBack",
            "An action that holds no longer.",
            List.of(
                    Field.of("target", Shape.text("What it was about.")),
                    Field.of("action", Shape.nullable(Shape.text("Always null.")))));
    private static final Field BY = Field.of("by", Shape.text("Who does it, 1 to 200 characters."));
    private static final Field REASON = Field.of("reason", Shape.text("Why, 1 to 2000 characters."));
    private static final Field UNTIL = Field.optional(
            "until", Shape.text("End: ISO-8601 with a zone, or epoch milliseconds as a number. Either this or `for`."));
    private static final Field FOR =
            Field.optional("for", Shape.text("Time from now: a number with a unit (30s, 15m, 2h, 1d). Or `until`."));
    private static final Shape SILENCE =
            Shape.object("Silence", "Silence, until an end within a year.", List.of(BY, REASON, UNTIL, FOR));

    static final Operation BOARD = Operation.get(AlertRoutes.PATH, "listAlerts", TAG, "The board, the gravest first")
            .with(
                    Parameter.choices(
                            "status",
                            "Only of these.",
                            Arrays.stream(AlertStatus.values())
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .toList()),
                    SEVERITY,
                    SUBJECT,
                    RULE,
                    ApiParameters.MARKETS,
                    ApiParameters.limit(AlertRoutes.UNLESS_TOLD, Page.MOST),
                    ApiParameters.AFTER)
            .answering("The board.", Shape.object("Board", "The board, as it is at this instance.", board()))
            .asTable(Table.of("alerts"));

    static final Operation ONE =
            Operation.get(ONE_PATH, "getAlert", TAG, "One alert").with(ID).answering("The alert.", ALERT);

    static final Operation STREAM = Operation.get(
                    AlertRoutes.PATH + "/stream", "followAlerts", TAG, "The board and then every change of it")
            .saying("Server-sent events: `board` or `resumed`, then `alert` and `removed`; `end` says why it ends."
                    + " Whoever comes back gives the id of his last event.")
            .with(
                    SEVERITY,
                    SUBJECT,
                    RULE,
                    LAST_EVENT_ID,
                    LAST_EVENT_ID.named("Last-Event-ID").asHeader())
            .answeringText("Events, without end.", EventText.TYPE);

    static final Operation DELIVERY = Operation.get(
                    "/api/v1/alert-delivery", "getAlertDelivery", TAG, "How this instance's sending of alerts is")
            .answering("The delivery.", Shape.object("AlertDelivery", "How an instance's sending is.", delivery()));

    static final Operation ACTIONS_LIST = Operation.get(
                    ACTIONS, "listAlertActions", TAG, "What people have done about alerts")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER)
            .answering(
                    "Actions by target.",
                    Shape.object(
                            "AlertActions",
                            "Actions by target.",
                            List.of(
                                    Shapes.SERVED_AT_MS,
                                    Field.of("actions", Shape.list("By target.", known())),
                                    Shapes.NEXT)));

    static final Operation SILENCE_PATTERN = Operation.of(
                    Operation.Method.POST, ACTIONS, "silencePattern", TAG, "Silence before anything fires")
            .taking(Shape.object(
                    "PatternSilence",
                    "Silence of rules and subjects, until an end within a year.",
                    List.of(
                            Field.of("target", Shape.text("rule|subject, where * is any run of characters.")),
                            BY,
                            REASON,
                            UNTIL,
                            FOR)))
            .answering(202, "It is written, and holds in a moment.", ACTION);

    static final Operation TAKE_BACK_PATTERN = Operation.of(
                    Operation.Method.DELETE, ACTIONS, "takeBackAction", TAG, "Take back what was done")
            .with(Parameter.text("target", "Target of an action.", "feed-silent|prices:okx")
                    .asRequired())
            .answering(202, "It is written, and holds in a moment.", TAKEN_BACK);

    static final Operation ACKNOWLEDGE = Operation.of(
                    Operation.Method.POST, ONE_PATH + "/ack", "acknowledgeAlert", TAG, "Take an alert up")
            .with(ID)
            .taking(Shape.object("Acknowledgement", "Somebody takes an alert up.", List.of(BY, REASON)))
            .answering(202, "It is written, and holds in a moment.", ACTION);

    static final Operation TAKE_BACK_ACKNOWLEDGEMENT = Operation.of(
                    Operation.Method.DELETE, ONE_PATH + "/ack", "takeBackAcknowledgement", TAG, "Give an alert back")
            .with(ID)
            .answering(202, "It is written, and holds in a moment.", TAKEN_BACK);

    static final Operation SILENCE_ONE = Operation.of(
                    Operation.Method.POST, ONE_PATH + "/silence", "silenceAlert", TAG, "Silence its rule and subject")
            .with(ID)
            .taking(SILENCE)
            .answering(202, "It is written, and holds in a moment.", ACTION);

    static final Operation TAKE_BACK_SILENCE = Operation.of(
                    Operation.Method.DELETE, ONE_PATH + "/silence", "takeBackSilence", TAG, "End a silence")
            .with(ID)
            .answering(202, "It is written, and holds in a moment.", TAKEN_BACK);

    static final List<Operation> ALL = List.of(
            BOARD,
            ONE,
            STREAM,
            DELIVERY,
            ACTIONS_LIST,
            SILENCE_PATTERN,
            TAKE_BACK_PATTERN,
            ACKNOWLEDGE,
            TAKE_BACK_ACKNOWLEDGEMENT,
            SILENCE_ONE,
            TAKE_BACK_SILENCE);

    private AlertOperations() {}

    private static Shape known() {
        List<Field> fields = new ArrayList<>(AvroShape.fields(AlertAction.getClassSchema()));
        fields.add(Field.of("over", Shape.truth("Whether its end has passed.")));
        return Shape.object("KnownAction", "An action, and whether it still holds.", fields);
    }

    private static Stream<Field> place() {
        return Stream.of(
                Shapes.SERVED_AT_MS,
                Field.of("asOfMs", Shape.whole("Event time up to which alerts are on the board, epoch milliseconds.")),
                Field.of("behind", Shape.whole("Records of the topic that are not read yet, count.")),
                Field.of("behindAsOfMs", Shape.whole("When that was counted, epoch milliseconds.")),
                Field.of(
                        "trouble",
                        Shape.nullable(Shape.text("Why the topic cannot be read at present. Null: it can."))),
                Field.of("leftOut", Shape.whole("Alerts that did not fit on the board, count.")));
    }

    private static List<Field> board() {
        return Stream.concat(
                        place(),
                        Stream.of(
                                Field.of("matching", Shape.whole("Alerts that are asked for, count.")),
                                Field.of("alerts", Shape.list("The gravest first.", ALERT)),
                                Shapes.NEXT))
                .toList();
    }

    private static List<Field> delivery() {
        List<Field> webhook = List.of(
                Field.of("failing", Shape.truth("Whether the last attempt failed.")),
                Field.of("sent", Shape.whole("Records taken by the receiver since the start, count.")),
                Field.of("refused", Shape.whole("Records refused and put on the dead letters, count.")),
                Field.of("failedAttempts", Shape.whole("Requests that failed, count.")),
                Field.of("oldestUnsentMs", Shape.whole("Age of the oldest record that waits, milliseconds; 0: none.")),
                Field.of("lastError", Shape.nullable(Shape.text("What last went wrong. Null: nothing has."))),
                Field.of("lastErrorAtMs", Shape.nullable(Shape.whole("When it did, epoch milliseconds."))),
                Field.of(
                        "passedOver",
                        Shape.map(
                                "Records that were not for it, by reason.",
                                Shape.whole("Records since the start, count."))));
        return Stream.concat(
                        place(),
                        Stream.of(Field.of(
                                "webhook",
                                Shape.nullable(
                                        Shape.object("Webhook", "The receiver. Null: there is none.", webhook)))))
                .toList();
    }
}
