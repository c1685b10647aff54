package io.plimsoll.server.access;

import io.plimsoll.server.config.TlsConfig;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Keys and certificates, read from PKCS12 or PEM by what reads them for Kafka's clients. */
public final class TlsContexts {

    /** Versions spoken, the best first. */
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private static final ConfigDef DEFAULTS = new ConfigDef().withClientSslSupport();

    private TlsContexts() {}

    /**
     * For a server.
     *
     * @throws StartException where its key or certificate cannot be read
     */
    public static SSLContext server(TlsConfig tls) {
        Map<String, Object> settings = settings();
        Password password = tls.keystorePassword() == null ? null : new Password(tls.keystorePassword());
        try {
            if (tls.keystore() != null) {
                settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PKCS12");
                settings.put(
                        SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, tls.keystore().toString());
                settings.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, password);
            } else {
                settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
                settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, pem(tls.certificate()));
                settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, pem(tls.key()));
            }
            settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password);
            return context(settings);
        } catch (KafkaException | UncheckedIOException e) {
            throw new StartException("http.tls: the server's key or certificate cannot be read: " + reason(e), e);
        }
    }

    /**
     * For a client.
     *
     * @param trusted PEM file with certificates of authorities; null: those of the JVM
     * @throws StartException where they cannot be read
     */
    public static SSLContext client(@Nullable Path trusted) {
        Map<String, Object> settings = settings();
        try {
            if (trusted != null) {
                settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
                settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem(trusted));
            }
            return context(settings);
        } catch (KafkaException | UncheckedIOException e) {
            throw new StartException("the trusted certificates in " + trusted + " cannot be read: " + reason(e), e);
        }
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(SslConfigs.SSL_PROTOCOL_CONFIG, "TLS");
        settings.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, VERSIONS);
        return settings;
    }

    private static SSLContext context(Map<String, Object> settings) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(DEFAULTS, settings, false).values());
            return factory.sslContext();
        }
    }

    private static @Nullable Password pem(@Nullable Path file) {
        try {
            return file == null ? null : new Password(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(RuntimeException e) {
        return e instanceof UncheckedIOException || e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }
}
