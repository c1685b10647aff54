package io.plimsoll.server.rules;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, all of it, in its order. */
final class Problems {

    private record Problem(int line, String message) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Something is wrong with that piece. */
    void add(YamlNode where, String message) {
        Problem problem =
                new Problem(where.line(), String.valueOf(where.wrong(message).getMessage()));
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    /** @throws InputException if anything was wrong */
    void throwIfAny() {
        if (found.size() == 1) {
            throw new InputException(found.get(0).message());
        }
        if (!found.isEmpty()) {
            StringBuilder text = new StringBuilder(file + ": " + found.size() + " things are wrong");
            found.stream()
                    .sorted((a, b) -> Integer.compare(a.line(), b.line()))
                    .forEach(problem -> text.append('\n').append(problem.message()));
            throw new InputException(text.toString());
        }
    }
}
