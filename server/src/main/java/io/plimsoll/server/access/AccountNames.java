package io.plimsoll.server.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stable pseudonyms: the first half is an HMAC of the account's name under the secret, the second the name itself encrypted
 * (AES in counter mode) from there on, as in SIV (RFC 5297). Whoever has the secret gets back from a pseudonym to its
 * account, without a table of what was given out; to others it says no more than that two are the same.
 */
public final class AccountNames {

    /** Pseudonyms begin so. */
    static final char MARK = '~';

    private static final String MAC = "HmacSHA256";
    private static final int HALF = 16;

    private final SecretKeySpec macKey;
    private final SecretKeySpec cipherKey;

    /** Pseudonyms under this secret. */
    public AccountNames(String secret) {
        byte[] root = secret.getBytes(StandardCharsets.UTF_8);
        SecretKeySpec rootKey = new SecretKeySpec(root, MAC);
        macKey = new SecretKeySpec(mac(rootKey, "plimsoll account names: mac"), MAC);
        cipherKey = new SecretKeySpec(Arrays.copyOf(mac(rootKey, "plimsoll account names: cipher"), HALF), "AES");
    }

    /** What stands for the name. */
    public String pseudonym(String name) {
        byte[] plain = name.getBytes(StandardCharsets.UTF_8);
        byte[] tag = Arrays.copyOf(mac(macKey, name), HALF);
        byte[] whole = Arrays.copyOf(tag, HALF + plain.length);
        System.arraycopy(crypt(Cipher.ENCRYPT_MODE, tag, plain), 0, whole, HALF, plain.length);
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The name that a pseudonym stands for; empty: it is none of ours. */
    public Optional<String> original(String pseudonym) {
        if (pseudonym.isEmpty() || pseudonym.charAt(0) != MARK) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(pseudonym.substring(1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (whole.length <= HALF) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(whole, HALF);
        byte[] plain = crypt(Cipher.DECRYPT_MODE, tag, Arrays.copyOfRange(whole, HALF, whole.length));
        String name = new String(plain, StandardCharsets.UTF_8);
        return MessageDigest.isEqual(tag, Arrays.copyOf(mac(macKey, name), HALF))
                ? Optional.of(name)
                : Optional.empty();
    }

    private byte[] crypt(int mode, byte[] tag, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, cipherKey, new IvParameterSpec(tag));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
