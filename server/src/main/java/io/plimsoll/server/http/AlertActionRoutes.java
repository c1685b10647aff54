package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.AlertActionKind;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.alerts.AlertFeed;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Taking up and silencing alerts: a record on the topic of actions, which the rules follow. */
final class AlertActionRoutes {

    private static final Page.Order BY_TARGET =
            new Page.Order(Comparator.comparing(action -> action.path("target").asText()), List.of("target"));
    private static final int ACCEPTED = 202;
    private static final int NEIGHBOURS = 5;

    private final StateApi api;
    private final ObjectMapper json;
    private final Supplier<AlertDelivery> delivery;
    private final Supplier<RecordSink> requests;

    /**
     * Routes.
     *
     * @param delivery may be a problem until the board is read
     * @param requests where actions are written, locked meanwhile; may be a problem until the monitor is there
     */
    AlertActionRoutes(
            StateApi api, ObjectMapper json, Supplier<AlertDelivery> delivery, Supplier<RecordSink> requests) {
        this.api = api;
        this.json = json;
        this.delivery = delivery;
        this.requests = requests;
    }

    void addTo(Operations routes) {
        routes.add(AlertOperations.ACTIONS_LIST, this::list);
        routes.add(AlertOperations.SILENCE_PATTERN, this::silencePattern);
        routes.add(AlertOperations.TAKE_BACK_PATTERN, this::takeBackPattern);
        routes.add(AlertOperations.ACKNOWLEDGE, this::acknowledge);
        routes.add(AlertOperations.TAKE_BACK_ACKNOWLEDGEMENT, this::takeBackAcknowledgement);
        routes.add(AlertOperations.SILENCE_ONE, this::silence);
        routes.add(AlertOperations.TAKE_BACK_SILENCE, this::takeBackSilence);
    }

    private void list(Context context) {
        ObjectNode body = api.object().put("servedAtMs", api.nowMs());
        Page.Collected page = Page.of(context, BY_TARGET, Page.MOST, Page.MOST).collect();
        delivery.get().actions().all().values().forEach(action -> {
            boolean over = action.getUntilMs() != null && action.getUntilMs() <= api.nowMs();
            // As the caller may see it: its target becomes part of `next`.
            page.add(ReadersView.of(context).of(PlainJson.toJson(action).put("over", over)));
        });
        page.putInto(body, "actions");
        api.answer(context, body);
    }

    private void acknowledge(Context context) {
        ActionRequest request = ActionRequest.of(json, context.body(), false, ActionRequest.BY, ActionRequest.REASON);
        act(context, known(context).getId(), AlertActionKind.ACKNOWLEDGE, request, null);
    }

    private void silence(Context context) {
        ActionRequest request = ActionRequest.of(json, context.body(), true, ActionRequest.BY, ActionRequest.REASON);
        act(context, key(known(context)), AlertActionKind.SILENCE, request, request.untilMs(api.nowMs()));
    }

    /**
     * Silences are about rule and subject, so that they hold over the next episode, too, and stand beside an
     * acknowledgement of this one: the topic keeps one action of each target.
     */
    private static String key(Alert alert) {
        return alert.getRuleId() + "|" + alert.getSubject();
    }

    /** Before anything fires, as for maintenance. */
    private void silencePattern(Context context) {
        ActionRequest request = ActionRequest.of(
                json, context.body(), true, ActionRequest.TARGET, ActionRequest.BY, ActionRequest.REASON);
        String target = request.text(ActionRequest.TARGET, Keys.MAX_LENGTH);
        if (target.indexOf('|') < 1 || target.endsWith("|")) {
            throw Problem.badBody("target is \"" + target
                    + "\", allowed is rule|subject, where * stands for any run of characters, such as *|hyperliquid:*");
        }
        act(context, target, AlertActionKind.SILENCE, request, request.untilMs(api.nowMs()));
    }

    private void act(
            Context context, String target, AlertActionKind kind, ActionRequest request, @Nullable Long untilMs) {
        String by = request.by(AccessGuard.callersName(context));
        AlertAction action = new AlertAction(target, kind, by, request.reason(), untilMs, api.nowMs());
        write(target, action);
        context.status(ACCEPTED);
        api.answer(context, PlainJson.toJson(action));
    }

    private void takeBackAcknowledgement(Context context) {
        String id = context.pathParam("id");
        AlertAction last = delivery.get().actions().on(id);
        if (last == null) {
            // What was written a moment ago may not have been read yet.
            known(context);
        } else if (last.getAction() != AlertActionKind.ACKNOWLEDGE) {
            throw Problem.unknown("acknowledgement of", id, List.of());
        }
        takenBack(context, id);
    }

    private void takeBackSilence(Context context) {
        Alert alert = alert(context);
        AlertAction ofEpisode = delivery.get().actions().on(alert.getId());
        if (ofEpisode != null && ofEpisode.getAction() == AlertActionKind.SILENCE) {
            // Not written here, but the topic may have such.
            write(alert.getId(), null);
        }
        takenBack(context, key(alert));
    }

    private void takeBackPattern(Context context) {
        String target = context.queryParam("target");
        if (target == null) {
            throw Problem.missingParameter("target");
        }
        var all = delivery.get().actions().all().keySet();
        if (!all.contains(target)) {
            throw Problem.unknown("action on", target, NearestName.neighbours(target, all, NEIGHBOURS))
                    .by("target");
        }
        takenBack(context, target);
    }

    private void takenBack(Context context, String target) {
        write(target, null);
        context.status(ACCEPTED);
        api.answer(context, api.object().put("target", target).putNull("action"));
    }

    private Alert alert(Context context) {
        AlertFeed feed = delivery.get().feed();
        String id = context.pathParam("id");
        return feed.alert(id).orElseThrow(() -> AlertRoutes.unknown(feed, id));
    }

    private Alert known(Context context) {
        Alert alert = alert(context);
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            throw Problem.badBody("alert " + alert.getId() + " is RESOLVED, allowed is one that is PENDING or FIRING");
        }
        return alert;
    }

    private void write(String target, @Nullable AlertAction action) {
        RecordSink sink = requests.get();
        synchronized (sink) {
            sink.write(Topics.ALERT_ACTIONS.name(), target, api.nowMs(), action);
            sink.flush();
        }
    }
}
