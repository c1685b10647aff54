package io.plimsoll.connectors.dydx;

import io.plimsoll.connectors.feed.Backoff;
import io.plimsoll.connectors.feed.FeedConfig;
import io.plimsoll.connectors.feed.FeedConnection;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.Heartbeat;
import io.plimsoll.connectors.feed.WebSocketLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task's connections: as many as the venue's limits ask for, the first with the list of markets. */
final class Lines {

    /** The chain makes a block within seconds, and each connection hears of it. */
    private static final long SILENT_MS = 45_000;

    private static final long UNUSED_PING_MS = 20_000;

    private final DydxConfig config;
    private final FeedRuntime runtime;
    private final long bookMs;
    private final long accountMs;
    private final List<Line> lines = new ArrayList<>();
    private Set<String> streamed = Set.of();
    private Set<String> accounts = Set.of();

    Lines(DydxConfig config, FeedRuntime runtime, long nowMs) {
        this.config = config;
        this.runtime = runtime;
        this.bookMs = config.getLong(DydxConfig.REFERENCE_INTERVAL);
        this.accountMs = config.getLong(DydxConfig.ACCOUNT_REFRESH);
        open().add(Line.MARKETS, "", bookMs, nowMs + bookMs);
    }

    private Line open() {
        Line line = new Line(new FeedConnection(
                () -> WebSocketLink.open(
                        runtime.http(), config.webSocketUrl(), config.requestTimeout(), runtime.inbox()),
                new Backoff(
                        config.getLong(FeedConfig.RECONNECT_FIRST),
                        config.getLong(FeedConfig.RECONNECT_LONGEST),
                        runtime.random()),
                // The venue pings, in the protocol's own way, which the client answers.
                new Heartbeat(UNUSED_PING_MS, SILENT_MS),
                null));
        line.add(Line.BLOCKS, "");
        lines.add(line);
        return line;
    }

    /** Subscribes to what is new, and no more to what is gone. */
    void arrange(Collection<String> markets, Set<String> ids, Trades trades, long nowMs) {
        if (streamed.size() == markets.size() && streamed.containsAll(markets) && accounts.equals(ids)) {
            return;
        }
        for (String gone : streamed) {
            if (!markets.contains(gone)) {
                lines.forEach(line -> {
                    line.remove(Line.BOOK, gone);
                    line.remove(Line.TRADES, gone);
                });
                trades.leave(gone);
            }
        }
        for (String ticker : markets) {
            if (!streamed.contains(ticker)) {
                trades.follow(ticker);
                withRoom(Line.TRADES).add(Line.TRADES, ticker);
                withRoom(Line.BOOK).add(Line.BOOK, ticker, bookMs, somewhen(nowMs, bookMs));
            }
        }
        for (String id : ids) {
            if (!accounts.contains(id)) {
                withRoom(Line.ACCOUNT).add(Line.ACCOUNT, id, accountMs, somewhen(nowMs, accountMs));
            }
        }
        streamed = new HashSet<>(markets);
        accounts = Set.copyOf(ids);
    }

    /** Not all at once. */
    private long somewhen(long nowMs, long everyMs) {
        return nowMs + everyMs / 2 + runtime.random().nextLong(everyMs);
    }

    private Line withRoom(String channel) {
        return lines.stream().filter(line -> line.hasRoom(channel)).findFirst().orElseGet(this::open);
    }

    void step(long nowMs) {
        lines.forEach(line -> line.step(nowMs));
    }

    /** The line that a connection is of now; null: it was given up. */
    @Nullable
    Line of(WebSocketLink link) {
        return lines.stream()
                .filter(line -> line.connection.isCurrent(link))
                .findFirst()
                .orElse(null);
    }

    int count() {
        return lines.size();
    }

    /** How many connections are not open. */
    int closed() {
        return (int) lines.stream()
                .filter(line -> line.isBroken() || !line.connection.isOpen())
                .count();
    }

    void close() {
        lines.forEach(line -> line.connection.close());
    }
}
