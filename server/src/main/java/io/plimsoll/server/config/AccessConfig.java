package io.plimsoll.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the HTTP interface.
 *
 * @param keys API keys by name; with no key and no issuer everybody may do everything
 * @param oidc null: no tokens of an issuer
 * @param metricsRole what /metrics asks for
 * @param maskSecret secret of the pseudonyms that readers see in place of accounts; null: they see accounts plain
 */
public record AccessConfig(
        Map<String, ApiKeyConfig> keys,
        @Nullable OidcConfig oidc,
        Role metricsRole,
        @Nullable String maskSecret) {

    /** Everybody may do everything. */
    public static final AccessConfig OPEN = new AccessConfig(Map.of(), null, Role.READER, null);

    public AccessConfig {
        keys = Map.copyOf(keys);
    }

    /**
     * One API key.
     *
     * @param sha256 the key's SHA-256, 64 hexadecimal digits; null: it is in the file
     * @param file holds the key itself; null: its hash is given
     */
    public record ApiKeyConfig(
            @Nullable String sha256, @Nullable Path file, Role role) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "ApiKeyConfig[" + role + "]";
        }
    }

    /**
     * An OpenID Connect issuer whose bearer tokens are taken.
     *
     * @param jwksUri where its keys are; null: asked of the issuer
     * @param audience what tokens must be made for
     * @param algorithms allowed signatures, all with a private and a public key
     * @param nameClaim claim that names the caller
     * @param roleClaim claim with the caller's roles; dots lead into nested claims
     * @param readerRole value of the role claim that makes a reader
     * @param operatorRole value of the role claim that makes an operator
     */
    public record OidcConfig(
            String issuer,
            @Nullable String jwksUri,
            String audience,
            List<String> algorithms,
            String nameClaim,
            String roleClaim,
            String readerRole,
            String operatorRole) {

        public OidcConfig {
            algorithms = List.copyOf(algorithms);
        }
    }

    /** Whether everybody may do everything. */
    public boolean isOpen() {
        return keys.isEmpty() && oidc == null;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "AccessConfig[" + keys.keySet() + ", " + oidc + ", masked=" + (maskSecret != null) + "]";
    }
}
