package io.plimsoll.server.config;

import java.util.List;

/** Settings of access and TLS. */
final class AccessSettings {

    /** Section of API keys, by name. */
    static final String KEYS = "http.auth.keys";

    static final String KEYS_MEANING =
            "API keys, by a name that alerts' records show: `http.auth.keys.NAME.role`, reader or"
                    + " operator, and `http.auth.keys.NAME.sha256`, the key's hash as `./plimsoll key` prints it, or"
                    + " `http.auth.keys.NAME.file`, a file that holds the key.";

    static final List<Setting> ALL = List.of(
            new Setting(
                    "http.auth.mode",
                    Kind.AUTH_MODE,
                    "auto",
                    "auto: API keys and tokens as set below; with neither everybody may do everything, and it starts on"
                            + " loopback only. none: everybody who reaches the port may do everything, on any address."),
            new Setting(
                    "http.auth.metricsRole",
                    Kind.ROLE,
                    Role.READER.label(),
                    "Role that /metrics asks for, where there are keys or tokens."),
            new Setting(
                    "http.auth.maskAccounts",
                    Kind.BOOLEAN,
                    "false",
                    "Whether readers see a stable pseudonym in place of every account. Operators see accounts plain."),
            new Setting(
                    "http.auth.maskSecret",
                    Kind.SECRET,
                    "",
                    "Secret of the pseudonyms, the same at all instances. Better given in the environment than in the"
                            + " file. Another one makes other pseudonyms."),
            new Setting(
                    "http.auth.oidc.issuer",
                    Kind.SECURE_URL,
                    "",
                    "Issuer (OpenID Connect) whose bearer tokens are taken. Empty: none."),
            new Setting(
                    "http.auth.oidc.jwksUri",
                    Kind.SECURE_URL,
                    "",
                    "Where its public keys are. Empty: asked of the issuer's /.well-known/openid-configuration."),
            new Setting("http.auth.oidc.audience", Kind.TEXT, "", "Audience that its tokens must be made for."),
            new Setting(
                    "http.auth.oidc.algorithms",
                    Kind.SIGNATURES,
                    "RS256,PS256,ES256",
                    "Signatures taken, separated by commas."),
            new Setting(
                    "http.auth.oidc.nameClaim",
                    Kind.TEXT,
                    "sub",
                    "Claim that names the caller in alerts' records; one that callers cannot change themselves."),
            new Setting(
                    "http.auth.oidc.roleClaim",
                    Kind.TEXT,
                    "roles",
                    "Claim with the caller's roles, a list or a text; dots lead into nested claims:"
                            + " realm_access.roles."),
            new Setting("http.auth.oidc.readerRole", Kind.TEXT, "plimsoll-reader", "Value of it that makes a reader."),
            new Setting(
                    "http.auth.oidc.operatorRole",
                    Kind.TEXT,
                    "plimsoll-operator",
                    "Value of it that makes an operator."),
            new Setting(
                    "http.tls.keystore",
                    Kind.TEXT,
                    "",
                    "PKCS12 file with the server's key and certificates. Empty, as http.tls.certificateFile: no TLS."),
            new Setting(
                    "http.tls.keystorePassword",
                    Kind.TEXT,
                    "",
                    "Its password, or that of an encrypted http.tls.keyFile. Better given in the environment."),
            new Setting(
                    "http.tls.certificateFile",
                    Kind.TEXT,
                    "",
                    "PEM file with the server's certificate and those between it and its authority."),
            new Setting("http.tls.keyFile", Kind.TEXT, "", "PEM file with its private key (PKCS#8)."),
            new Setting(
                    "http.tls.trustedFile",
                    Kind.TEXT,
                    "",
                    "PEM file with the certificates that other instances' are checked with. Empty: those of the JVM."));

    private AccessSettings() {}
}
