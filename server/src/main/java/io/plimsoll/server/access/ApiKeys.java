package io.plimsoll.server.access;

import io.plimsoll.server.config.AccessConfig.ApiKeyConfig;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are made by {@link #newKey}: 256 random bits, so that a plain hash of one tells nothing, and none needs to be
 * slow.
 */
public final class ApiKeys {

    private static final int KEY_BYTES = 32;
    private static final int LEAST_LENGTH = 32;

    private record Known(byte[] hash, Caller caller) {}

    private final List<Known> keys = new ArrayList<>();

    /**
     * Reads the keys that are in files.
     *
     * @throws StartException where one cannot be read or is too short to be a key
     */
    ApiKeys(Map<String, ApiKeyConfig> settings) {
        settings.forEach((name, key) -> keys.add(new Known(hash(name, key), new Caller(name, key.role()))));
    }

    private static byte[] hash(String name, ApiKeyConfig key) {
        if (key.sha256() != null) {
            return HexFormat.of().parseHex(key.sha256());
        }
        String path = "http.auth.keys." + name + ".file";
        try {
            String text = key.file() == null
                    ? ""
                    : Files.readString(key.file(), StandardCharsets.UTF_8).strip();
            if (text.length() < LEAST_LENGTH) {
                throw new StartException(
                        path + ": it holds no key, allowed is one line of " + LEAST_LENGTH + " characters or more",
                        new IllegalStateException());
            }
            return sha256(text);
        } catch (IOException e) {
            throw new StartException(path + " cannot be read: " + e, e);
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whose key it is; null: nobody's. All are compared, in the same time whatever they hold. */
    @Nullable
    Caller caller(String key) {
        byte[] hash = sha256(key);
        Caller found = null;
        for (Known known : keys) {
            if (MessageDigest.isEqual(known.hash(), hash)) {
                found = known.caller();
            }
        }
        return found;
    }

    /** A new random key. */
    public static String newKey() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** What the settings hold of a key, hexadecimal. */
    public static String hashOf(String key) {
        return HexFormat.of().formatHex(sha256(key));
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
