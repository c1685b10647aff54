package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import org.junit.jupiter.api.Test;

class WebhookSelectionTest {

    private static final long NOW_MS = Alerts.SINCE_MS + 1_000_000;

    @Test
    void shouldSendWhatFiresAndItsEnd() {
        assertThat(of(alert(AlertStatus.FIRING))).isEqualTo(WebhookSelection.SENT);
        assertThat(of(alert(AlertStatus.RESOLVED))).isEqualTo(WebhookSelection.SENT);
    }

    @Test
    void shouldNotSendWhatNeverFired() {
        Alert neverFired =
                Alert.newBuilder(alert(AlertStatus.RESOLVED)).setFiredMs(null).build();

        assertThat(of(alert(AlertStatus.PENDING))).isEqualTo(WebhookSelection.NOT_FIRED);
        assertThat(of(neverFired)).isEqualTo(WebhookSelection.NOT_FIRED);
    }

    @Test
    void shouldKeepASilenceUntilItHasRunOut() {
        Alert silenced = Alert.newBuilder(alert(AlertStatus.FIRING))
                .setSilencedUntilMs(NOW_MS + 1)
                .build();
        Alert over = Alert.newBuilder(silenced).setSilencedUntilMs(NOW_MS).build();
        Alert resolved = Alert.newBuilder(alert(AlertStatus.RESOLVED))
                .setSilencedUntilMs(NOW_MS + 1)
                .build();

        assertThat(of(silenced)).isEqualTo(WebhookSelection.SILENCED);
        assertThat(of(over)).isEqualTo(WebhookSelection.SENT);
        assertThat(of(resolved)).isEqualTo(WebhookSelection.SENT);
    }

    @Test
    void shouldNotRepeatWhatSomebodyHasTakenUp() {
        Alert taken = Alert.newBuilder(alert(AlertStatus.FIRING))
                .setAcknowledgedBy("ann")
                .build();

        assertThat(of(taken)).isEqualTo(WebhookSelection.ACKNOWLEDGED);
    }

    @Test
    void shouldFoldOnlyUnderWhatFires() {
        Alert child =
                Alert.newBuilder(alert(AlertStatus.FIRING)).setParent("storm").build();

        assertThat(WebhookSelection.of(child, NOW_MS, "storm"::equals)).isEqualTo(WebhookSelection.FOLDED);
        assertThat(WebhookSelection.of(child, NOW_MS, id -> false)).isEqualTo(WebhookSelection.SENT);
    }

    private static WebhookSelection of(Alert alert) {
        return WebhookSelection.of(alert, NOW_MS, id -> false);
    }

    private static Alert alert(AlertStatus status) {
        return Alerts.alert("tip", "x:BTC", status, 1);
    }
}
