package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** What everything that is done about an alert must say. */
final class WhoAndWhy {

    @Option(names = "--by", required = true, paramLabel = "WHO", description = "Who does it.")
    private String by = "";

    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Why, or what is being done.")
    private String reason = "";

    WhoAndWhy() {}

    String by() {
        return by;
    }

    /** As the server takes it. */
    ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("by", by).put("reason", reason);
    }
}
