package io.plimsoll.server.http;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key: from the instance that holds it, wherever that is by now; where it does not answer, from a copy, and
 * said so.
 */
final class KeyQuery {

    private static final double SHARE_BEFORE_COPIES = 0.7;

    private final StateQueries queries;
    private final Peers peers;

    KeyQuery(StateQueries queries, Peers peers) {
        this.queries = queries;
        this.peers = peers;
    }

    /**
     * What is asked for.
     *
     * @param pathAndQuery as another instance is asked
     * @param local reads it from a part of this instance's stores; empty: it is not there
     * @param unknown what is said when it is nowhere
     */
    record Asked<T>(
            String store,
            String key,
            String pathAndQuery,
            Scope scope,
            Function<StateReader, Optional<T>> local,
            Function<StateReader, Problem> unknown) {}

    /**
     * An answer.
     *
     * @param read what was read here; null: another instance gave it
     * @param stale the part that it was read from, where that may not be up to date; null: it is
     * @param other another instance's, as it came, good or not; null: it was read here
     */
    record Found<T>(@Nullable T read, @Nullable StalePart stale, Peers.@Nullable Answer other) {

        private static <T> Found<T> elsewhere(Peers.Answer answer) {
            return new Found<>(null, null, answer);
        }
    }

    /** What came of one attempt: an answer, or what stood in its way. */
    private record Attempt<T>(
            @Nullable Found<T> answer, @Nullable Problem trouble) {}

    /**
     * Answers it.
     *
     * @throws Problem where it is nowhere, or cannot be had at present
     */
    <T> Found<T> answer(Asked<T> asked, Deadline deadline) {
        StateQueries.Owner owner = queries.owner(asked.store(), asked.key());
        if (asked.scope() != Scope.ALL) {
            return answerAsPeer(asked, owner);
        }
        boolean copyElsewhere = owner.copies().stream().anyMatch(host -> !host.equals(queries.here()));
        Attempt<T> attempt = attempt(asked, owner, copyElsewhere ? deadline.part(SHARE_BEFORE_COPIES) : deadline);
        if (attempt.answer() == null) {
            StateQueries.Owner now = queries.owner(asked.store(), asked.key());
            if (!now.active().equals(owner.active())) {
                owner = now;
                attempt = attempt(asked, owner, deadline);
            }
        }
        if (attempt.answer() != null) {
            return attempt.answer();
        }
        Found<T> copy = copy(asked, owner, deadline);
        if (copy == null) {
            throw attempt.trouble() == null ? Problem.moving() : attempt.trouble();
        }
        return copy;
    }

    private <T> Found<T> answerAsPeer(Asked<T> asked, StateQueries.Owner owner) {
        if (asked.scope() == Scope.LOCAL && owner.isHere()) {
            Attempt<T> here = here(asked, owner);
            if (here.answer() == null) {
                throw here.trouble() == null ? Problem.moving() : here.trouble();
            }
            return here.answer();
        }
        Found<T> copy = asked.scope() == Scope.COPY ? stale(asked, owner, owner.isHere()) : null;
        if (copy == null) {
            throw Problem.notHeld(Peers.name(queries.here()), asked.key());
        }
        return copy;
    }

    private <T> Attempt<T> attempt(Asked<T> asked, StateQueries.Owner owner, Deadline deadline) {
        if (owner.isHere()) {
            return here(asked, owner);
        }
        Peers.Reply reply = peers.ask(owner.active(), asked.pathAndQuery(), Scope.LOCAL, deadline, null)
                .join();
        Peers.Answer answer = reply.answer();
        if (answer != null && answer.status() != Problem.MISDIRECTED && answer.status() != Problem.UNAVAILABLE) {
            return new Attempt<>(Found.elsewhere(answer), null);
        }
        Trouble trouble = reply.trouble() == null ? Trouble.MOVING : reply.trouble();
        return new Attempt<>(null, Problem.ofInstance(Peers.name(owner.active()), trouble));
    }

    /** This instance's own; unknown only where the part is whole. */
    private <T> Attempt<T> here(Asked<T> asked, StateQueries.Owner owner) {
        StateReader reader = queries.part(owner.part());
        Optional<T> found;
        try {
            found = asked.local().apply(reader);
        } catch (Problem problem) {
            if (problem.status() != Problem.UNAVAILABLE) {
                throw problem;
            }
            Found<T> stale = stale(asked, owner, true);
            return new Attempt<>(
                    stale, stale != null ? null : Problem.ofInstance(Peers.name(queries.here()), Trouble.MOVING));
        }
        if (found.isEmpty()) {
            throw asked.unknown().apply(reader);
        }
        return new Attempt<>(new Found<>(found.get(), null, null), null);
    }

    private <T> @Nullable Found<T> copy(Asked<T> asked, StateQueries.Owner owner, Deadline deadline) {
        if (!owner.isHere()) {
            Found<T> here = stale(asked, owner, false);
            if (here != null) {
                return here;
            }
        }
        for (HostInfo host : owner.copies()) {
            if (!host.equals(queries.here()) && deadline.leftMs() > 0) {
                Peers.Answer answer = peers.ask(host, asked.pathAndQuery(), Scope.COPY, deadline, null)
                        .join()
                        .answer();
                if (answer != null && answer.status() == Peers.OK) {
                    return Found.elsewhere(answer);
                }
            }
        }
        return null;
    }

    /** What is here of the part in whatever state it is, labelled; null: nothing. */
    private <T> @Nullable Found<T> stale(Asked<T> asked, StateQueries.Owner owner, boolean own) {
        StateQueries.Copy copy =
                own ? queries.own(asked.store(), owner.part()) : queries.copy(asked.store(), owner.part());
        if (copy == null) {
            return null;
        }
        Long lag = copy.lag();
        try {
            Optional<T> found = asked.local().apply(copy.reader());
            if (found.isEmpty()) {
                return null;
            }
            StalePart.Role role = !own
                    ? StalePart.Role.STANDBY
                    : lag != null && lag > 0 ? StalePart.Role.RESTORING : StalePart.Role.ACTIVE;
            StalePart part = new StalePart(Peers.name(queries.here()), asked.store(), owner.part(), role, lag);
            return new Found<>(found.get(), part, null);
        } catch (Problem notHere) {
            return null;
        }
    }
}
