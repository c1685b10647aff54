package io.plimsoll.server.rules;

import io.plimsoll.connectors.NearestName;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.SubjectKind;
import io.plimsoll.topology.MonitorStores;
import java.util.List;
import java.util.Optional;

/** Patterns of subjects: {@code *} stands for any run of characters. */
final class SubjectPatterns {

    private SubjectPatterns() {}

    /** What is wrong with a pattern that no subject of the kind can ever match. */
    static Optional<String> problem(String pattern, SubjectKind kind) {
        int star = pattern.indexOf('*');
        String start = star < 0 ? pattern : pattern.substring(0, star);
        return switch (kind) {
            case MARKET -> needsSeparator(pattern, star, "venue:symbol (hyperliquid:BTC, hyperliquid:*)");
            case ACCOUNT -> needsSeparator(pattern, star, "venue:account (hyperliquid:0xab*)");
            case VENUE -> prefix(pattern, start, star, "venue:");
            case ASSET -> prefix(pattern, start, star, "asset:");
            case SYSTEM ->
                star < 0 && !pattern.equals("system")
                        ? Optional.of("is " + pattern + ", allowed is system")
                        : Optional.empty();
            case FEED -> feed(pattern, start, star);
            case WINDOW -> window(pattern, star);
        };
    }

    private static Optional<String> window(String pattern, int star) {
        int end = star < 0 ? pattern.lastIndexOf('@') : pattern.length();
        if (star < 0 && (end < 0 || !isWindowed(pattern.substring(0, end)))) {
            return Optional.of("is " + pattern
                    + ", allowed is a pattern of subject@size (hyperliquid:BTC@5m, hyperliquid:*@5m, system@1h)");
        }
        String tail = star < 0 ? pattern.substring(end) : pattern.substring(pattern.lastIndexOf('*') + 1);
        boolean possible = MonitorStores.WINDOW_SIZES.stream()
                .map(size -> "@" + MonitorStores.label(size))
                .anyMatch(size -> tail.endsWith(size) || size.endsWith(tail));
        return possible
                ? Optional.empty()
                : Optional.of("is " + pattern + ", which ends with the size of no window: "
                        + NearestName.allowed(
                                tail.substring(tail.lastIndexOf('@') + 1),
                                MonitorStores.WINDOW_SIZES.stream()
                                        .map(MonitorStores::label)
                                        .toList()));
    }

    private static boolean isWindowed(String subject) {
        return subject.equals("system") || subject.indexOf(Keys.SEPARATOR) >= 0;
    }

    private static Optional<String> needsSeparator(String pattern, int star, String allowed) {
        return star < 0 && pattern.indexOf(Keys.SEPARATOR) < 0
                ? Optional.of("is " + pattern + ", allowed is a pattern of " + allowed)
                : Optional.empty();
    }

    private static Optional<String> prefix(String pattern, String start, int star, String prefix) {
        boolean possible = start.startsWith(prefix) || star >= 0 && prefix.startsWith(start);
        return possible
                ? Optional.empty()
                : Optional.of(
                        "is " + pattern + ", allowed is a pattern of " + prefix + "NAME (" + prefix + pattern + ")");
    }

    private static Optional<String> feed(String pattern, String start, int star) {
        int separator = start.indexOf(Keys.SEPARATOR);
        if (separator < 0) {
            return needsSeparator(pattern, star, "topic:venue (prices:hyperliquid, prices:*)");
        }
        List<String> inputs = Topics.all().stream()
                .filter(topic -> topic.direction() == Topic.Direction.IN
                        && topic.keyShape().startsWith("venue:"))
                .map(topic -> topic.name().substring(Topics.PREFIX.length()))
                .toList();
        String topic = start.substring(0, separator);
        return inputs.contains(topic)
                ? Optional.empty()
                : Optional.of(
                        "is " + pattern + ", whose topic venues do not feed: " + NearestName.allowed(topic, inputs));
    }
}
