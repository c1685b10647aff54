package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.TestClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The venue of this module's tests for those of others: it keeps the real time, says what it holds five times a second,
 * and trades when told to.
 */
public final class LocalHyperliquid implements AutoCloseable {

    private static final long PUBLISH_EVERY_MS = 200;
    private static final long CONNECTION_LIFE_MS = 86_400_000;

    private final TestClock clock = new TestClock();
    private final VenueState state;
    private final VenueServer server;
    private final ScheduledExecutorService publishing = Executors.newSingleThreadScheduledExecutor();

    /** Opens it. */
    public LocalHyperliquid(long seed, int accounts) {
        state = new VenueState(seed, accounts);
        server = new VenueServer(state, clock, CONNECTION_LIFE_MS, seed);
        publishing.scheduleAtFixedRate(
                () -> publish(List.of()), PUBLISH_EVERY_MS, PUBLISH_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** What a connector needs to find it and to follow all its accounts, each looked at only once where nothing happens. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("info.url", server.http() + "/info");
        settings.put("websocket.url", server.ws() + "/ws");
        settings.put("accounts", String.join(",", state.accounts.keySet()));
        settings.put("accounts.discover", "false");
        settings.put("accounts.interval.min.ms", "1000");
        settings.put("accounts.interval.max.ms", "600000");
        settings.put("prices.refresh.ms", "3600000");
        settings.put("reference.interval.ms", "3000");
        settings.put("status.interval.ms", "1000");
        return settings;
    }

    /** Everyone trades once. */
    public void trade() {
        List<ObjectNode> trades = new ArrayList<>();
        server.happen(() -> {
            now();
            trades.addAll(state.allTrade(clock.millis()));
        });
        publish(trades);
    }

    /** Someone is liquidated. */
    public void liquidate() {
        List<ObjectNode> trades = new ArrayList<>();
        server.happen(() -> {
            now();
            trades.addAll(state.liquidate(clock.millis()));
        });
        publish(trades);
    }

    /** Sizes by key of the topic of positions. */
    public Map<String, Double> positions() {
        Map<String, Double> sizes = new TreeMap<>();
        server.happen(() -> state.accounts
                .values()
                .forEach(account -> account.held.forEach((coin, held) ->
                        sizes.put("hyperliquid:" + account.address + ":" + coin, held.size.doubleValue()))));
        return sizes;
    }

    /** Forced trades so far: account, coin and trade id, with spaces between. */
    public Set<String> liquidations() {
        Set<String> all = new TreeSet<>();
        server.happen(() -> all.addAll(state.liquidations));
        return all;
    }

    /** What a client has done that the venue does not allow. */
    public Set<String> complaints() {
        return server.complaints();
    }

    private void publish(List<ObjectNode> trades) {
        server.happen(this::now);
        server.publish(trades);
    }

    private void now() {
        clock.move(System.currentTimeMillis() - clock.millis());
    }

    @Override
    public void close() {
        publishing.shutdownNow();
        server.close();
    }
}
