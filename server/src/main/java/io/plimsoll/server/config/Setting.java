package io.plimsoll.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting.
 *
 * @param path where it stands in the file, parts separated by dots
 * @param kind what it may be
 * @param defaultText what is used unless told otherwise; empty: nothing
 * @param meaning what it does, in a sentence
 */
record Setting(String path, Kind kind, String defaultText, String meaning) {

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|secret|token|jaas|user\\.info|credential|private\\.?key|keystore\\.key"
                    + "|\\.key$|api\\.?key|certificate\\.chain|sha256$).*");
    private static final String MASK = "(hidden)";

    /** The environment variable that overrides it: http.port is PLIMSOLL_HTTP_PORT. */
    String environmentName() {
        return "PLIMSOLL_"
                + path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The value as it may be shown: what could be a secret is not. */
    static String shown(String path, String value) {
        return isSecret(path) ? MASK : value;
    }

    /** Whether what is set by that name could be a secret. */
    static boolean isSecret(String path) {
        return SECRET.matcher(path).matches();
    }
}
