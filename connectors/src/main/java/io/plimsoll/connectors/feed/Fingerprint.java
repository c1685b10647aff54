package io.plimsoll.connectors.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether something has changed since it was last written, over restarts, in 16 characters. */
public final class Fingerprint {

    private static final int BYTES = 8;

    private Fingerprint() {}

    /** The same for the same text; for another one it differs, but for 1 in 2^64. */
    public static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
