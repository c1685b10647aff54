package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Alerts for people to read. */
final class AlertText {

    private static final String LINE = "%s  %-8s  %-8s  %s  %s  %s%s%n    %s%n";

    private final PrintWriter out;

    AlertText(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode alert) {
        out.printf(
                LINE,
                moment(alert.path("asOfMs").asLong()),
                alert.path("severity").asText(),
                alert.path("status").asText(),
                alert.path("subject").asText(),
                alert.path("ruleId").asText(),
                alert.path("id").asText(),
                marks(alert),
                alert.path("sentence").asText());
    }

    private static String marks(JsonNode alert) {
        StringBuilder marks = new StringBuilder();
        if (alert.path("acknowledgedBy").isTextual()) {
            marks.append("  taken up by ").append(alert.path("acknowledgedBy").asText());
        }
        if (alert.path("silencedUntilMs").isNumber()) {
            marks.append("  silenced until ")
                    .append(moment(alert.path("silencedUntilMs").asLong()));
        }
        if (alert.path("children").asLong() > 0) {
            marks.append("  ").append(alert.path("children").asLong()).append(" under it");
        }
        if (alert.path("parent").isTextual()) {
            marks.append("  under ").append(alert.path("parent").asText());
        }
        return marks.toString();
    }

    /** What else is to be known of the list. */
    void end(JsonNode board, int printed, int folded) {
        out.printf(
                "%d alerts%s, board as of %s%s%n",
                board.path("matching").asInt(printed),
                folded == 0 ? "" : ", " + folded + " of them under another and not printed (--all)",
                board.path("asOfMs").asLong() == 0
                        ? "the beginning"
                        : moment(board.path("asOfMs").asLong()),
                board.path("behind").asLong() == 0
                        ? ""
                        : ", " + board.path("behind").asLong() + " records behind its topic");
        if (board.path("trouble").isTextual()) {
            out.println("The board cannot be read on at present: "
                    + board.path("trouble").asText());
        }
    }

    private static String moment(long epochMs) {
        return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
