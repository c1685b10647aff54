package io.plimsoll.server.http;

import io.javalin.config.JettyConfig;
import io.plimsoll.server.access.TlsContexts;
import io.plimsoll.server.config.PlimsollConfig.HttpConfig;
import io.plimsoll.server.config.TlsConfig;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Listens with TLS in place of plain HTTP. */
final class TlsConnector {

    private TlsConnector() {}

    static void addTo(JettyConfig jetty, HttpConfig http, TlsConfig tls) {
        SslContextFactory.Server contexts = new SslContextFactory.Server();
        contexts.setSslContext(TlsContexts.server(tls));
        contexts.setIncludeProtocols(TlsContexts.VERSIONS.toArray(String[]::new));
        jetty.addConnector((server, settings) -> {
            HttpConfiguration secure = new HttpConfiguration(settings);
            // Clients check the name; asked by an address or a proxy's name the server answers all the same.
            secure.addCustomizer(new SecureRequestCustomizer(false));
            ServerConnector connector = new ServerConnector(
                    server, new SslConnectionFactory(contexts, "http/1.1"), new HttpConnectionFactory(secure));
            connector.setHost(http.host());
            connector.setPort(http.port());
            return connector;
        });
    }
}
