package io.plimsoll.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints each figure as soon as it is there. */
final class Figures {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One measured figure.
     *
     * @param part letter of the measurement
     * @param name short and fixed, for programs
     * @param text what it is, for people
     */
    record Figure(String part, String name, String text, double value, String unit) {}

    private final PrintStream out;
    private final boolean json;
    private final List<Figure> all = new ArrayList<>();

    Figures(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void add(String part, String name, String text, double value, String unit) {
        Figure figure = new Figure(part, name, text, value, unit);
        all.add(figure);
        out.println(json ? json(figure) : text(figure));
        out.flush();
    }

    List<Figure> all() {
        return List.copyOf(all);
    }

    private static String text(Figure figure) {
        double value = figure.value();
        String shown = value == 0 || Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
        return String.format(Locale.ROOT, "(%s) %-78s %12s %s", figure.part(), figure.text(), shown, figure.unit());
    }

    private static String json(Figure figure) {
        ObjectNode node = JSON.createObjectNode();
        node.put("part", figure.part());
        node.put("name", figure.name());
        node.put("text", figure.text());
        node.put("value", figure.value());
        node.put("unit", figure.unit());
        return node.toString();
    }
}
