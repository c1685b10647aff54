package io.plimsoll.server.cli;

import io.plimsoll.connectors.Replay;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Draws a replay's progress on one line of a terminal; where there is none, nothing. */
final class ReplayProgress implements Replay.ProgressListener {

    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter out;
    private final boolean isTerminal;
    private long drawnNanos;

    ReplayProgress(PrintWriter out) {
        this.out = out;
        this.isTerminal = System.console() != null;
    }

    @Override
    public void onProgress(Replay.Progress progress) {
        long nowNanos = System.nanoTime();
        boolean atEnd = progress.bytes() >= progress.totalBytes();
        if (!isTerminal || (!atEnd && nowNanos - drawnNanos < REDRAW_NANOS)) {
            return;
        }
        drawnNanos = nowNanos;
        double share = progress.totalBytes() == 0 ? 1 : (double) progress.bytes() / progress.totalBytes();
        int filled = (int) Math.round(Math.min(1, share) * WIDTH);
        out.printf(
                "\r[%s%s] %3.0f %%  %,d records  %s ",
                "=".repeat(filled),
                " ".repeat(WIDTH - filled),
                share * 100,
                progress.records(),
                Instant.ofEpochMilli(progress.eventTimeMs()).truncatedTo(ChronoUnit.SECONDS));
        out.flush();
    }

    /** Ends the line. */
    void end() {
        if (isTerminal) {
            out.println();
            out.flush();
        }
    }
}
