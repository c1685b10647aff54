package io.plimsoll.server.http;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The ETag of an answer: a weak one over what it says, without its ages and the moment at which it was given, which are
 * different each time.
 */
final class Fingerprint {

    /** What changes by itself, as names of members; their values are numbers or null. */
    private static final byte[][] OF_THE_MOMENT = Stream.of("ageMs", "servedAtMs", "behindAsOfMs")
            .map(name -> ("\"" + name + "\"").getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private Fingerprint() {}

    /**
     * The header's value; another for each media type.
     *
     * @param json the answer as it is written, without white space
     */
    static String of(byte[] json, String type) {
        Hasher hasher = Hashing.murmur3_128().newHasher().putUnencodedChars(type);
        int from = 0;
        // In bulk: an answer may hold thousands of numbers. Within a text no quote stands before a colon but behind a
        // backslash.
        for (int i = 1; i < json.length; i++) {
            if (json[i] == ':' && json[i - 1] == '"' && isOfTheMoment(json, i)) {
                hasher.putBytes(json, from, i - from);
                from = endOfNumber(json, i);
            }
        }
        hasher.putBytes(json, from, json.length - from);
        return "W/\"" + hasher.hash() + "\"";
    }

    private static boolean isOfTheMoment(byte[] json, int end) {
        // All of them are in milliseconds; of a thousand members few are.
        if (end < 4 || json[end - 2] != 's' || json[end - 3] != 'M') {
            return false;
        }
        for (byte[] name : OF_THE_MOMENT) {
            int start = end - name.length;
            if (start >= 0 && Arrays.equals(json, start, end, name, 0, name.length)) {
                return true;
            }
        }
        return false;
    }

    private static int endOfNumber(byte[] json, int start) {
        int end = start;
        while (end < json.length && json[end] != ',' && json[end] != '}') {
            end++;
        }
        return end;
    }

    /** Whether one of the tags that a client has is this one. */
    static boolean isIn(String header, String tag) {
        String plain = withoutWeakness(tag);
        for (String each : header.split(",")) {
            String given = each.trim();
            if (given.equals("*") || withoutWeakness(given).equals(plain)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutWeakness(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
