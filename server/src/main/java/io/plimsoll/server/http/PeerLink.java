package io.plimsoll.server.http;

import io.plimsoll.server.access.TlsContexts;
import io.plimsoll.server.config.PlimsollConfig.HttpConfig;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How instances reach each other: they all speak plain HTTP, or all TLS.
 *
 * @param tls what they trust; null: plain HTTP
 */
record PeerLink(@Nullable SSLContext tls) {

    /** Plain HTTP. */
    static final PeerLink PLAIN = new PeerLink(null);

    static PeerLink of(HttpConfig http) {
        return http.tls() == null
                ? PLAIN
                : new PeerLink(TlsContexts.client(http.tls().trusted()));
    }

    /** A client that speaks as they do. */
    HttpClient.Builder client() {
        HttpClient.Builder client = HttpClient.newBuilder();
        return tls == null ? client : client.sslContext(tls);
    }

    /** An address's beginning. */
    String scheme() {
        return tls == null ? "http://" : "https://";
    }
}
