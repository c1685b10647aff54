package io.plimsoll.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** A topology as a Mermaid flowchart: topics are ovals, stores are cylinders, each sub-topology has a frame. */
final class MermaidChart {

    private final StringBuilder frames = new StringBuilder();
    private final StringBuilder outside = new StringBuilder();
    private final Map<String, String> ids = new LinkedHashMap<>();

    private MermaidChart() {}

    static String of(TopologyDescription description) {
        MermaidChart chart = new MermaidChart();
        description.subtopologies().forEach(chart::add);
        StringBuilder text = new StringBuilder("flowchart LR\n");
        chart.ids.forEach((name, id) -> {
            if (name.startsWith("topic ")) {
                text.append("  ")
                        .append(id)
                        .append("([\"")
                        .append(name.substring(6))
                        .append("\"])\n");
            }
        });
        return text.append(chart.frames).append(chart.outside).toString();
    }

    private void add(Subtopology part) {
        frames.append("  subgraph s")
                .append(part.id())
                .append("[\"sub-topology ")
                .append(part.id())
                .append("\"]\n");
        TreeSet<String> stores = new TreeSet<>();
        for (Node node : part.nodes()) {
            frames.append("    ")
                    .append(id("node " + node.name()))
                    .append("[\"")
                    .append(node.name())
                    .append("\"]\n");
            if (node instanceof Processor processor) {
                stores.addAll(processor.stores());
            }
        }
        stores.forEach(store -> frames.append("    ")
                .append(id("store " + store))
                .append("[(\"")
                .append(store)
                .append("\")]\n"));
        frames.append("  end\n");
        part.nodes().forEach(this::link);
    }

    private void link(Node node) {
        String id = id("node " + node.name());
        node.successors().forEach(next -> arrow(id, "-->", id("node " + next.name())));
        if (node instanceof Source source && source.topicSet() != null) {
            source.topicSet().forEach(topic -> arrow(id("topic " + topic), "-->", id));
        } else if (node instanceof Sink sink && sink.topic() != null) {
            arrow(id, "-->", id("topic " + sink.topic()));
        } else if (node instanceof Processor processor) {
            processor.stores().forEach(store -> arrow(id, "-.-", id("store " + store)));
        }
    }

    private void arrow(String from, String shape, String to) {
        outside.append("  ")
                .append(from)
                .append(' ')
                .append(shape)
                .append(' ')
                .append(to)
                .append('\n');
    }

    private String id(String name) {
        return ids.computeIfAbsent(name, missing -> "n" + ids.size());
    }
}
