package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertmanagerAlertsTest {

    private static final long NOW_MS = Alerts.SINCE_MS + 100_000;

    private final AlertmanagerAlerts writer = new AlertmanagerAlerts("http://monitor:8080", Duration.ofHours(24));

    @Test
    void shouldWriteWhatAlertmanagerReads() throws Exception {
        Alert firing = Alerts.alert("tipping-point", "x:BTC", AlertStatus.FIRING, 1);

        JsonNode body = writer.body(List.of(firing), NOW_MS);

        assertThat(body).isEqualTo(new ObjectMapper().readTree("""
                        [{"labels": {"alertname": "tipping-point", "severity": "critical", "subject": "x:BTC",
                                     "kind": "market", "desk": "perps", "page_group": "night"},
                          "annotations": {
                            "summary": "Tipping point of x:BTC is 3.2 %% away (fires below 5 %%).",
                            "id": "%s", "runbook_url": "https://runbooks.example/tipping", "owner": "risk",
                            "as_of": "2026-02-05T12:01:00.001Z", "staleness_ms": "250",
                            "readings": "tippingDistanceDown level 0.032 fraction (below 0.05)",
                            "contributors": "account hyperliquid:0xab 1000000.0 USD"},
                          "startsAt": "2026-02-05T12:01:00Z", "endsAt": "2026-02-06T12:01:40Z",
                          "generatorURL": "http://monitor:8080/api/v1/alerts/%s"}]
                        """.formatted(firing.getId(), firing.getId())));
    }

    @Test
    void shouldKeepTheLabelsAndSayTheEnd() {
        JsonNode body = writer.body(
                List.of(
                        Alerts.alert("tip", "x:BTC", AlertStatus.FIRING, 1),
                        Alerts.alert("tip", "x:BTC", AlertStatus.RESOLVED, 2)),
                NOW_MS);

        assertThat(body.at("/1/labels")).isEqualTo(body.at("/0/labels"));
        assertThat(body.at("/1/startsAt")).isEqualTo(body.at("/0/startsAt"));
        assertThat(body.at("/1/endsAt").asText()).isEqualTo("2026-02-05T12:02:00Z");
    }

    @Test
    void shouldNeverEndBeforeItStarts() {
        Alert ahead = Alert.newBuilder(Alerts.alert("tip", "x:BTC", AlertStatus.RESOLVED, 2))
                .setResolvedMs(Alerts.SINCE_MS)
                .build();

        JsonNode body = writer.body(List.of(ahead), NOW_MS);

        assertThat(body.at("/0/endsAt")).isEqualTo(body.at("/0/startsAt"));
    }
}
