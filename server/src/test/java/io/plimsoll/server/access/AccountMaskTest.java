package io.plimsoll.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountMaskTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AccountNames names = new AccountNames("a secret of some length");
    private final AccountMask mask = new AccountMask(names, Set.of("w"), Set.of("w:LIT", "w:xyz:GOLD")::contains);
    private final String gone = names.pseudonym("gone");

    @Test
    void shouldMaskAnAccountWhereverItsNameStands() throws Exception {
        JsonNode masked = masked("""
                {"id": "w:gone", "venue": "w", "account": "gone", "state": "WATCH",
                 "rungs": [{"largestLongAccount": "w:gone", "largestShortAccount": null}],
                 "sentence": "Of w:LIT, w:gone holds most: w:gone."}""");

        assertThat(masked).isEqualTo(JSON.readTree("""
                {"id": "w:GONE", "venue": "w", "account": "GONE", "state": "WATCH",
                 "rungs": [{"largestLongAccount": "w:GONE", "largestShortAccount": null}],
                 "sentence": "Of w:LIT, w:GONE holds most: w:GONE."}""".replace("GONE", gone)));
    }

    @Test
    void shouldHideInTextsWhatIsNoKnownMarket() {
        assertThat(mask.text("there is no account w:gone; known are for example w:gone, w:LIT"))
                .isEqualTo("there is no account w:" + gone + "; known are for example w:" + gone + ", w:LIT");
        assertThat(mask.text("/api/v1/accounts/w:gone")).isEqualTo("/api/v1/accounts/w:" + gone);
        assertThat(mask.text("account-line|w:gone")).isEqualTo("account-line|w:" + gone);
        assertThat(mask.text("w:gone:LIT")).isEqualTo("w:" + gone + ":LIT");
    }

    @Test
    void shouldLeaveWhatIsNoAccount() {
        for (String text : new String[] {
            "w:LIT",
            "w:LIT@5m",
            "w:xyz:GOLD",
            "venue:w",
            "prices:w",
            "asset:BTC",
            "http://runbooks.example/tipping",
            "10:30"
        }) {
            assertThat(mask.text(text)).isEqualTo(text);
        }
    }

    @Test
    void shouldMaskNamesWithBlanksThatAFieldTellsOf() throws Exception {
        JsonNode masked = masked("""
                {"kind": "ACCOUNT", "subject": "v:my account", "sentence": "Ratio of v:my account is 1.2 (fires above 1)."}""");

        assertThat(masked.toString()).doesNotContain("my account").contains("v:" + names.pseudonym("my account"));
        assertThat(masked.path("sentence").asText()).endsWith("is 1.2 (fires above 1).");
    }

    @Test
    void shouldMaskHashesThatAnAccountCouldBeFoundBy() throws Exception {
        JsonNode alert = masked("""
                {"id": "5f2a", "ruleId": "account-line", "kind": "ACCOUNT", "subject": "w:gone", "parent": "77aa"}""");
        JsonNode action = masked("""
                {"target": "5f2a", "action": "ACKNOWLEDGE"}""");

        assertThat(alert.path("id").asText()).isEqualTo(names.pseudonym("5f2a"));
        assertThat(alert.path("parent").asText()).isEqualTo(names.pseudonym("77aa"));
        assertThat(action.path("target").asText()).isEqualTo(names.pseudonym("5f2a"));
    }

    @Test
    void shouldMaskOnce() throws Exception {
        String body = """
                {"id": "5f2a", "ruleId": "r", "kind": "ACCOUNT", "subject": "w:gone", "account": "gone",
                 "sentence": "w:gone is near."}""";

        JsonNode once = masked(body);

        assertThat(mask.masked(once)).isEqualTo(once);
    }

    private JsonNode masked(String body) throws Exception {
        return mask.masked(JSON.readTree(body));
    }
}
