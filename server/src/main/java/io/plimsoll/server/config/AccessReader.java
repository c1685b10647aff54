package io.plimsoll.server.config;

import io.plimsoll.server.config.AccessConfig.ApiKeyConfig;
import io.plimsoll.server.config.AccessConfig.OidcConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the settings of access and TLS together, and checks what belongs together. */
final class AccessReader {

    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final Function<String, String> texts;

    /** Takes what gives each setting's text. */
    AccessReader(Function<String, String> texts) {
        this.texts = texts;
    }

    AccessConfig access(String host, Map<String, String> keySettings) {
        Map<String, ApiKeyConfig> keys = keys(keySettings);
        OidcConfig oidc = oidc();
        boolean open = keys.isEmpty() && oidc == null;
        boolean openOnPurpose = text("http.auth.mode").equals("none");
        if (openOnPurpose && !open) {
            throw new ConfigException("http.auth.mode is none although there are "
                    + (keys.isEmpty() ? "http.auth.oidc.issuer" : AccessSettings.KEYS) + ", allowed is one of the two");
        }
        if (open && !openOnPurpose && !isLoopback(host)) {
            throw new ConfigException(
                    "http.host is " + host + ", which others can reach, and nobody would be asked who he"
                            + " is: set http.auth.keys or http.auth.oidc, or http.auth.mode: none where whoever reaches the port"
                            + " may do everything; docs/access.md says more");
        }
        return new AccessConfig(keys, oidc, role("http.auth.metricsRole", text("http.auth.metricsRole")), mask(open));
    }

    @Nullable
    TlsConfig tls() {
        Path keystore = file("http.tls.keystore");
        Path certificate = file("http.tls.certificateFile");
        Path key = file("http.tls.keyFile");
        if ((certificate == null) != (key == null)) {
            throw new ConfigException("http.tls." + (key == null ? "keyFile" : "certificateFile")
                    + " is missing, allowed are http.tls.certificateFile and http.tls.keyFile together");
        }
        if (keystore != null && certificate != null) {
            throw new ConfigException(
                    "http.tls.keystore and http.tls.certificateFile are both given, allowed is one of them");
        }
        Path trusted = file("http.tls.trustedFile");
        return keystore == null && certificate == null
                ? null
                : new TlsConfig(keystore, optional("http.tls.keystorePassword"), certificate, key, trusted);
    }

    private @Nullable String mask(boolean open) {
        if (!Boolean.parseBoolean(text("http.auth.maskAccounts"))) {
            return null;
        }
        String secret = optional("http.auth.maskSecret");
        if (secret == null) {
            throw new ConfigException("http.auth.maskSecret is missing, allowed is " + Kind.SECRET.allowed()
                    + ", as http.auth.maskAccounts is true");
        }
        if (open) {
            throw new ConfigException(
                    "http.auth.maskAccounts is true, but nobody is asked who he is: set http.auth.keys"
                            + " or http.auth.oidc, or leave it");
        }
        return secret;
    }

    private @Nullable OidcConfig oidc() {
        String issuer = optional("http.auth.oidc.issuer");
        String audience = optional("http.auth.oidc.audience");
        if (issuer == null) {
            return null;
        }
        if (audience == null) {
            throw new ConfigException(
                    "http.auth.oidc.audience is missing, allowed is the audience that the issuer puts into its tokens");
        }
        return new OidcConfig(
                issuer,
                optional("http.auth.oidc.jwksUri"),
                audience,
                Arrays.stream(text("http.auth.oidc.algorithms").split(","))
                        .map(String::strip)
                        .toList(),
                text("http.auth.oidc.nameClaim"),
                text("http.auth.oidc.roleClaim"),
                text("http.auth.oidc.readerRole"),
                text("http.auth.oidc.operatorRole"));
    }

    /** What comes before the first dot is the key's name. Values stand in no message: somebody may have put a key there. */
    private static Map<String, ApiKeyConfig> keys(Map<String, String> settings) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        settings.forEach((path, text) -> {
            int dot = path.indexOf('.');
            String field = path.substring(dot + 1);
            if (dot < 1 || !(field.equals("sha256") || field.equals("file") || field.equals("role"))) {
                throw new ConfigException(AccessSettings.KEYS + "." + path + " is not a setting, allowed are "
                        + AccessSettings.KEYS + ".NAME.sha256, .file and .role");
            }
            byName.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<>())
                    .put(field, text);
        });
        Map<String, ApiKeyConfig> keys = new TreeMap<>();
        byName.forEach((name, fields) -> keys.put(name, key(AccessSettings.KEYS + "." + name, name, fields)));
        return keys;
    }

    private static ApiKeyConfig key(String path, String name, Map<String, String> fields) {
        if (!KEY_NAME.matcher(name).matches()) {
            throw new ConfigException(path + ": the name is not allowed, allowed are 1 to 64 letters, digits, - and _");
        }
        String hash = fields.get("sha256");
        String file = fields.get("file");
        if ((hash == null) == (file == null)) {
            throw new ConfigException(
                    path + ": allowed is one of sha256, the key's hash, and file, which holds the key");
        }
        if (hash != null && !HASH.matcher(hash).matches()) {
            throw new ConfigException(
                    path + ".sha256 is no hash, allowed are 64 hexadecimal digits: ./plimsoll key makes"
                            + " a key and prints its hash");
        }
        Role role = role(path + ".role", fields.getOrDefault("role", ""));
        if (role == Role.ANYONE) {
            throw new ConfigException(path + ".role is anyone, allowed is reader or operator");
        }
        return new ApiKeyConfig(
                hash == null ? null : hash.toLowerCase(Locale.ROOT), file == null ? null : Path.of(file), role);
    }

    private static Role role(String path, String text) {
        if (!Kind.ROLE.accepts(text)) {
            throw new ConfigException(path + " is \"" + text + "\", allowed is " + Kind.ROLE.allowed());
        }
        return Role.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Listening on it will fail and say so; nothing is open to anybody.
            return false;
        }
    }

    private @Nullable Path file(String path) {
        String text = optional(path);
        return text == null ? null : Path.of(text);
    }

    private @Nullable String optional(String path) {
        String text = text(path);
        return text.isEmpty() ? null : text;
    }

    private String text(String path) {
        return texts.apply(path);
    }
}
