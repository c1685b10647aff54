package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "topics", description = "Prints the topic catalogue: names, keys, values, cleanup, retention.")
final class TopicsCommand implements Callable<Integer> {

    private static final String ROW = "%-27s %-3s %-26s %-15s %-14s %-9s %s%n";

    @Option(names = "--json", description = "Print it as JSON, with every Kafka setting.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    TopicsCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson().toPrettyString());
        } else {
            out.printf(ROW, "TOPIC", "IO", "KEY", "VALUE", "CLEANUP", "RETENTION", "HOLDS");
            Topics.all().forEach(topic -> printRow(out, topic));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void printRow(PrintWriter out, Topic<?> topic) {
        out.printf(
                ROW,
                topic.name(),
                topic.direction().name().toLowerCase(Locale.ROOT),
                topic.keyShape(),
                topic.valueType().getSimpleName(),
                topic.cleanup().policy(),
                retention(topic.retention()),
                topic.purpose() + (topic.inUse() ? "" : " (reserved, not created)"));
    }

    private static String retention(@org.jspecify.annotations.Nullable Duration retention) {
        return retention == null ? "for ever" : retention.toDays() + " d";
    }

    private static ArrayNode asJson() {
        ArrayNode topics = new ObjectMapper().createArrayNode();
        for (Topic<?> topic : Topics.all()) {
            ObjectNode object = topics.addObject()
                    .put("name", topic.name())
                    .put("direction", topic.direction().name())
                    .put("key", topic.keyShape())
                    .put("value", topic.valueType().getName())
                    .put("inUse", topic.inUse())
                    .put("purpose", topic.purpose());
            ObjectNode config = object.putObject("kafkaConfig");
            topic.kafkaConfig().forEach(config::put);
        }
        return topics;
    }
}
