package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.Map;
import java.util.Set;

/**
 * The ETag of an answer: a weak one over what it says, without its ages and the moment at which it was given, which are
 * different each time.
 */
final class Fingerprint {

    /** What changes by itself. */
    private static final Set<String> OF_THE_MOMENT = Set.of("ageMs", "servedAtMs", "behindAsOfMs");

    private Fingerprint() {}

    /** The header's value; another for each media type. */
    static String of(JsonNode body, String type) {
        Hasher hasher = Hashing.murmur3_128().newHasher().putUnencodedChars(type);
        put(hasher, body);
        return "W/\"" + hasher.hash() + "\"";
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

    private static void put(Hasher hasher, JsonNode node) {
        if (node.isObject()) {
            hasher.putChar('{');
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!OF_THE_MOMENT.contains(member.getKey())) {
                    hasher.putUnencodedChars(member.getKey()).putChar(':');
                    put(hasher, member.getValue());
                }
            }
            hasher.putChar('}');
        } else if (node.isArray()) {
            hasher.putChar('[');
            node.forEach(item -> put(hasher, item));
            hasher.putChar(']');
        } else if (node.isFloatingPointNumber()) {
            hasher.putChar('d').putDouble(node.doubleValue());
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            hasher.putChar('l').putLong(node.longValue());
        } else {
            hasher.putChar(node.isTextual() ? 't' : 'o')
                    .putUnencodedChars(node.asText())
                    .putChar(',');
        }
    }
}
