package io.plimsoll.server.access;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.plimsoll.server.config.AccessConfig.OidcConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys are: as the settings say, or as it says itself (OpenID Connect Discovery 1.0). */
final class IssuerMetadata {

    private static final int WITHIN_MS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final long PAUSE_NS = Duration.ofSeconds(5).toNanos();

    private final DefaultResourceRetriever retriever = new DefaultResourceRetriever(WITHIN_MS, WITHIN_MS, MOST_BYTES);
    private final OidcConfig config;
    private @Nullable URL found;
    private @Nullable IOException failed;
    private long failedNs;

    IssuerMetadata(OidcConfig config) {
        this.config = config;
    }

    DefaultResourceRetriever retriever() {
        return retriever;
    }

    /** Asked once; where that fails, again after some seconds, so that requests do not queue up for it. */
    synchronized URL jwksUri() throws IOException {
        if (found != null) {
            return found;
        }
        if (failed != null && System.nanoTime() - failedNs < PAUSE_NS) {
            throw failed;
        }
        try {
            found = URI.create(config.jwksUri() == null ? discovered() : config.jwksUri())
                    .toURL();
            return found;
        } catch (IOException e) {
            failed = e;
            failedNs = System.nanoTime();
            throw e;
        }
    }

    private String discovered() throws IOException {
        String issuer = config.issuer();
        String slash = issuer.endsWith("/") ? "" : "/";
        URI uri = URI.create(issuer + slash + ".well-known/openid-configuration");
        try {
            Map<String, Object> metadata = JSONObjectUtils.parse(
                    retriever.retrieveResource(uri.toURL()).getContent());
            if (!issuer.equals(metadata.get("issuer"))) {
                throw new IOException(uri + " is of the issuer " + metadata.get("issuer") + ", not of " + issuer);
            }
            return String.valueOf(metadata.get("jwks_uri"));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException(uri + " is not what OpenID Connect asks for: " + e.getMessage(), e);
        }
    }
}
