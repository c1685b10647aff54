package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of the stream of states. Of each round he is written what has changed since the last that he was written, so one
 * who is slow has nothing waiting for him but the newest states.
 */
final class StateFollower implements EventStreams.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(StateFollower.class);

    private final StateRounds rounds;
    private final Set<String> markets;
    private final Set<String> subjects;
    private final OutputStream out;
    private final long heartbeatNs;
    private long seen;
    private JsonNode labels = StateRound.NONE.labels();
    private long writtenNs = System.nanoTime();
    private volatile @Nullable String end;

    /**
     * A reader.
     *
     * @param markets that are asked for; empty: all
     * @param subjects that are asked for; empty: all
     */
    StateFollower(StateRounds rounds, Set<String> markets, Set<String> subjects, OutputStream out, long heartbeatMs) {
        this.rounds = rounds;
        this.markets = markets;
        this.subjects = subjects;
        this.out = out;
        this.heartbeatNs = TimeUnit.MILLISECONDS.toNanos(heartbeatMs);
    }

    @Override
    public void end(String reason) {
        end = reason;
    }

    @Override
    public void run() {
        try {
            while (end == null) {
                follow();
            }
            out.write(EventText.end(end));
            out.flush();
        } catch (IOException e) {
            LOG.debug("A reader of states has gone: {}", e.toString());
        }
    }

    private void follow() throws IOException {
        try {
            StateRound round = rounds.newest();
            if (round.number() > seen) {
                write(round);
            }
        } catch (Problem moving) {
            LOG.debug("No round at present: {}", moving.getMessage());
        }
        if (System.nanoTime() - writtenNs >= heartbeatNs) {
            out.write(EventText.heartbeat());
            flush();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(rounds.dueInMs(), TimeUnit.NANOSECONDS.toMillis(heartbeatNs)));
        } catch (InterruptedException e) {
            // Sent away; the reason is still to be written.
            if (end == null) {
                end = "interrupted";
            }
        }
    }

    private void write(StateRound round) throws IOException {
        boolean any = write(round.subjects(), subjects);
        any |= write(round.markets(), markets);
        if (any || !round.labels().equals(labels)) {
            out.write(round.tick());
            flush();
        }
        seen = round.number();
        labels = round.labels();
    }

    private boolean write(Map<String, StateRound.Event> states, Set<String> wanted) throws IOException {
        boolean any = false;
        for (Map.Entry<String, StateRound.Event> state : states.entrySet()) {
            if (state.getValue().round() > seen && (wanted.isEmpty() || wanted.contains(state.getKey()))) {
                out.write(state.getValue().text());
                any = true;
            }
        }
        return any;
    }

    private void flush() throws IOException {
        out.flush();
        writtenNs = System.nanoTime();
    }
}
