package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.server.PlimsollServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More instances than partitions: for each store one of them holds nothing, and answers all the same. */
class FewPartitionsIT {

    @TempDir
    private Path dir;

    @Test
    void shouldAnswerFromAnInstanceThatHoldsNothing() throws Exception {
        try (TwoInstances instances = new TwoInstances(
                dir,
                AccountScene::writeTo,
                Map.of("PLIMSOLL_MONITOR_PARTITIONS", "1", "PLIMSOLL_TOPICS_PARTITIONS", "1"))) {
            eventually(() -> {
                for (PlimsollServer server : instances.both()) {
                    assertThat(TwoInstances.json(server, "/api/v1/accounts").get("accounts"))
                            .hasSize(AccountScene.NEAR.size());
                    assertThat(TwoInstances.json(server, "/api/v1/system").get("subjects"))
                            .isNotEmpty();
                    assertThat(TwoInstances.json(server, "/api/v1/markets").get("markets"))
                            .isNotEmpty();
                }
            });

            eventually(() -> {
                for (PlimsollServer server : instances.both()) {
                    JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:calm");

                    assertThat(account.get("state").asText()).isEqualTo("OK");
                    assertThat(account.get("missingPrices")).isEmpty();
                    assertThat(TwoInstances.json(server, "/api/v1/accounts").get("missing"))
                            .isEmpty();
                    assertThat(TwoInstances.get(server, "/api/v1/accounts/w:nobody")
                                    .statusCode())
                            .isEqualTo(404);
                }
            });
        }
    }
}
