package io.plimsoll.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the HTTP server: a PKCS12 key store, or a certificate chain and a private key as PEM.
 *
 * @param keystore null: PEM
 * @param keystorePassword of the store, or of an encrypted PEM key; null: none
 * @param certificate chain, the server's own first; null: a key store
 * @param key PKCS#8; null: a key store
 * @param trusted certificates (PEM) that other instances' are checked with; null: those of the JVM
 */
public record TlsConfig(
        @Nullable Path keystore,
        @Nullable String keystorePassword,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path trusted) {

    /** Without the password. */
    @Override
    public String toString() {
        return "TlsConfig[" + (keystore == null ? certificate : keystore) + "]";
    }
}
