package io.plimsoll.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessReaderTest {

    private static final String HASH = "a3f5".repeat(16);
    private static final String KEYS = "http: {auth: {keys: {desk: {role: operator, sha256: " + HASH + "}}}}";

    @TempDir
    private Path dir;

    @Test
    void shouldBeOpenOnLoopbackOnly() {
        assertThat(read("http: {host: localhost}").access().isOpen()).isTrue();
        assertThat(read("http: {host: '::1'}").access().isOpen()).isTrue();
        assertThat(read("http: {host: 0.0.0.0, auth: {mode: none}}").access().isOpen())
                .isTrue();
        assertThatThrownBy(() -> read("http: {host: 0.0.0.0}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.host is 0.0.0.0")
                .hasMessageContaining("http.auth.mode: none");
    }

    @Test
    void shouldReadKeysAndAnIssuer() {
        PlimsollConfig.HttpConfig http = read("""
                http:
                  host: 0.0.0.0
                  auth:
                    metricsRole: anyone
                    maskAccounts: true
                    maskSecret: a secret of some length
                    keys:
                      desk: {role: operator, sha256: %s}
                      grafana: {role: reader, file: /run/secrets/grafana}
                    oidc: {issuer: 'https://id.example', audience: plimsoll, algorithms: [RS256, ES256]}
                  tls: {certificateFile: cert.pem, keyFile: key.pem}
                """.formatted(HASH));

        assertThat(http.access().keys()).containsOnlyKeys("desk", "grafana");
        assertThat(http.access().keys().get("desk").role()).isEqualTo(Role.OPERATOR);
        assertThat(http.access().keys().get("grafana").file()).isEqualTo(Path.of("/run/secrets/grafana"));
        assertThat(http.access().oidc().algorithms()).containsExactly("RS256", "ES256");
        assertThat(http.access().metricsRole()).isEqualTo(Role.ANYONE);
        assertThat(http.tls().key()).isEqualTo(Path.of("key.pem"));
        assertThat(http.scheme()).isEqualTo("https");
    }

    @Test
    void shouldTakeKeysFromTheEnvironment() {
        AccessConfig access = ConfigReader.read(
                        null,
                        Map.of(
                                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_SHA256",
                                HASH,
                                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_ROLE",
                                "reader"))
                .http()
                .access();

        assertThat(access.keys().get("desk").role()).isEqualTo(Role.READER);
    }

    @Test
    void shouldShowNoSecret() throws IOException {
        String secrets = KEYS.replace(
                "{auth: {",
                "{tls: {keystore: k.p12, keystorePassword: opensesame}, auth: {maskAccounts: true, maskSecret:"
                        + " 0123456789abcdef, ");
        Path file = Files.writeString(dir.resolve("secrets.yaml"), secrets);

        String shown = SettingsTable.plain(file, Map.of())
                + ConfigReader.read(file, Map.of())
                + ConfigReader.read(file, Map.of()).http();

        assertThat(shown).doesNotContain(HASH, "opensesame", "0123456789abcdef").contains("k.p12", "desk");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth: {mode: none, keys: {a: {role: reader, file: f}}} | http.auth.mode is none although",
                "auth: {mode: open} | allowed is auto or none",
                "auth: {keys: {a: {role: admin, file: f}}} | http.auth.keys.a.role is \"admin\"",
                "auth: {keys: {a: {file: f}}} | http.auth.keys.a.role is \"\"",
                "auth: {keys: {a: {role: anyone, file: f}}} | allowed is reader or operator",
                "auth: {keys: {a: {role: reader}}} | http.auth.keys.a: allowed is one of sha256",
                "auth: {keys: {a: {role: reader, sha256: hunter2}}} | http.auth.keys.a.sha256 is no hash",
                "auth: {keys: {a: {role: reader, key: hunter2}}} | http.auth.keys.a.key is not a setting",
                "auth: {maskAccounts: true} | http.auth.maskSecret is missing",
                "auth: {maskSecret: short} | allowed is a text of 16 characters or more",
                "auth: {maskAccounts: true, maskSecret: a secret of some length} | nobody is asked who he is",
                "auth: {oidc: {issuer: 'http://id.example', audience: p}} | allowed is an https address",
                "auth: {oidc: {issuer: 'https://id.example'}} | http.auth.oidc.audience is missing",
                "auth: {oidc: {algorithms: HS256}} | allowed is RS256",
                "auth: {oidc: {algorithms: none}} | allowed is RS256",
                "tls: {certificateFile: c.pem} | http.tls.keyFile is missing",
                "tls: {certificateFile: c.pem, keyFile: k.pem, keystore: k.p12} | are both given",
            })
    void shouldRefuseWhatDoesNotGoTogether(String settings, String message) {
        assertThatThrownBy(() -> read("http: {" + settings + "}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    private PlimsollConfig.HttpConfig read(String yaml) {
        try {
            return ConfigReader.read(Files.writeString(dir.resolve("settings.yaml"), yaml), Map.of())
                    .http();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
