package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.alerts.AlertFeed;
import io.plimsoll.server.alerts.WebhookFigures;
import io.plimsoll.server.alerts.WebhookSelection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The alert board, the same at every instance, and how its delivery is. */
final class AlertRoutes {

    static final String PATH = "/api/v1/alerts";

    static final int UNLESS_TOLD = 1_000;
    private static final int NEIGHBOURS = 5;

    /** What deserves attention comes first. */
    private static final Page.Order ORDER = new Page.Order(
            Comparator.<JsonNode>comparingInt(alert -> rank(alert.path("status").asText()))
                    .thenComparing(
                            alert -> Severity.valueOf(alert.path("severity").asText()), Comparator.reverseOrder())
                    .thenComparing(alert -> alert.path("sinceMs").asLong(), Comparator.reverseOrder())
                    .thenComparing(alert -> alert.path("id").asText()),
            List.of("status", "severity", "sinceMs", "id"));

    private static int rank(String status) {
        return status.equals(AlertStatus.FIRING.name()) ? 0 : status.equals(AlertStatus.PENDING.name()) ? 1 : 2;
    }

    private final StateApi api;
    private final Supplier<AlertDelivery> delivery;
    private final KnownMarkets known;

    /** Takes the delivery as well; it may be a problem until the board is read. */
    AlertRoutes(StateApi api, Supplier<AlertDelivery> delivery, KnownMarkets known) {
        this.api = api;
        this.delivery = delivery;
        this.known = known;
    }

    void addTo(Operations routes) {
        routes.add(AlertOperations.BOARD, this::board);
        routes.add(AlertOperations.DELIVERY, this::delivery);
        routes.add(AlertOperations.ONE, this::one);
    }

    private void board(Context context) {
        AlertQuery query = AlertQuery.of(context);
        Set<String> markets = known.of(context);
        Page.Collected page = Page.of(context, ORDER, UNLESS_TOLD, Page.MOST).collect();
        AlertFeed.Board board = delivery.get().feed().board();
        List<Alert> all = board.alerts().stream()
                .map(change -> change.alert())
                .filter(Objects::nonNull)
                .toList();
        List<Alert> found = all.stream()
                .filter(alert -> query.takes(alert) && (markets.isEmpty() || markets.contains(alert.getSubject())))
                .toList();
        Map<String, Long> children = children(all);
        ObjectNode body = withPlace(board).put("matching", found.size());
        found.forEach(alert ->
                page.add(api.state(alert.getId(), alert).put("children", children.getOrDefault(alert.getId(), 0L))));
        page.putInto(body, "alerts");
        api.answer(context, body);
    }

    private void one(Context context) {
        AlertFeed feed = delivery.get().feed();
        String id = ReadersView.of(context).meant(context.pathParam("id"));
        Alert alert = feed.alert(id).orElseThrow(() -> unknown(feed, id));
        List<Alert> all = feed.board().alerts().stream()
                .map(change -> change.alert())
                .filter(Objects::nonNull)
                .toList();
        api.answer(
                context,
                api.state(alert.getId(), alert).put("children", children(all).getOrDefault(alert.getId(), 0L)));
    }

    /** Alerts under another that are not over, by its id. */
    private static Map<String, Long> children(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getParent() != null && alert.getStatus() != AlertStatus.RESOLVED)
                .collect(Collectors.groupingBy(alert -> String.valueOf(alert.getParent()), Collectors.counting()));
    }

    static Problem unknown(AlertFeed feed, String id) {
        Map<String, String> ids = feed.board().alerts().stream()
                .map(change -> change.alert())
                .filter(Objects::nonNull)
                .map(Alert::getId)
                .collect(Collectors.toMap(Function.identity(), Function.identity(), (first, second) -> first));
        return Problem.unknown("alert", id, NearestName.neighbours(id, ids.keySet(), NEIGHBOURS));
    }

    private ObjectNode withPlace(AlertFeed.Board board) {
        return api.object()
                .put("servedAtMs", api.nowMs())
                .put("asOfMs", board.asOfMs())
                .put("behind", board.behind())
                .put("behindAsOfMs", board.checkedAtMs())
                .put("trouble", board.trouble())
                .put("leftOut", board.leftOut());
    }

    /** This instance's own: each sends a part. */
    private void delivery(Context context) {
        AlertDelivery here = delivery.get();
        ObjectNode body = withPlace(here.feed().board());
        WebhookFigures figures = here.webhook();
        if (figures == null) {
            body.putNull("webhook");
        } else {
            WebhookFigures.Trouble trouble = figures.lastTrouble();
            ObjectNode webhook = body.putObject("webhook")
                    .put("failing", figures.isFailing())
                    .put("sent", figures.sent())
                    .put("refused", figures.refused())
                    .put("failedAttempts", figures.failedAttempts())
                    .put("oldestUnsentMs", figures.oldestUnsentMs())
                    .put("lastError", trouble == null ? null : trouble.detail())
                    .put("lastErrorAtMs", trouble == null ? null : trouble.atMs());
            ObjectNode passedOver = webhook.putObject("passedOver");
            for (WebhookSelection why : WebhookSelection.values()) {
                if (why != WebhookSelection.SENT) {
                    passedOver.put(why.name().toLowerCase(Locale.ROOT), figures.passedOverFor(why));
                }
            }
        }
        api.answer(context, body);
    }
}
