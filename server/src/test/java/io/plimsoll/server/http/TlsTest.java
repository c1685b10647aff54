package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.server.access.TlsContexts;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    private static Path dir;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeACertificate() throws Exception {
        certificate = TestCertificate.in(dir);
    }

    @Test
    void shouldSpeakTlsOutOfAKeyStore() throws Exception {
        Map<String, String> settings = Map.of(
                "PLIMSOLL_HTTP_TLS_KEYSTORE",
                certificate.keystore().toString(),
                "PLIMSOLL_HTTP_TLS_KEYSTORE_PASSWORD",
                TestCertificate.PASSWORD);
        try (HttpServer server = start(settings)) {
            HttpResponse<String> answer = get(server, "https", trusting());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void shouldSpeakTlsOutOfPemFiles() throws Exception {
        try (HttpServer server = start(pem())) {
            assertThat(get(server, "https", trusting()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> get(server, "https", HttpClient.newHttpClient()))
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> get(server, "http", HttpClient.newHttpClient()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldRefuseOldVersions() throws Exception {
        try (HttpServer server = start(pem());
                SSLSocket socket = (SSLSocket) TlsContexts.client(certificate.certificate())
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        Map<String, String> wrongPassword = Map.of(
                "PLIMSOLL_HTTP_TLS_KEYSTORE",
                certificate.keystore().toString(),
                "PLIMSOLL_HTTP_TLS_KEYSTORE_PASSWORD",
                "not-the-password");
        Map<String, String> missing = new HashMap<>(pem());
        missing.put("PLIMSOLL_HTTP_TLS_KEY_FILE", dir.resolve("none.key").toString());

        assertThatThrownBy(() -> start(wrongPassword))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("http.tls")
                .hasMessageNotContaining("not-the-password");
        assertThatThrownBy(() -> start(missing))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("none.key");
    }

    private static Map<String, String> pem() {
        return Map.of(
                "PLIMSOLL_HTTP_TLS_CERTIFICATE_FILE", certificate.certificate().toString(),
                "PLIMSOLL_HTTP_TLS_KEY_FILE", certificate.key().toString());
    }

    private static HttpServer start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_HTTP_PORT", "0");
        return HttpServer.start(ConfigReader.read(null, all), null);
    }

    private static HttpResponse<String> get(HttpServer server, String scheme, HttpClient client) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + server.port() + "/health/live"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting() {
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.client(certificate.certificate()))
                .build();
    }
}
