package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.connectors.feed.Fingerprint;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.hyperliquid.AccountState.Holding;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one task: which to look at next, and what to write when the venue has answered. An account is written
 * whole when anything about it but prices has changed, so that the venue's liquidation prices of all its positions are of
 * one moment; and now and then though it has not.
 */
final class Accounts {

    private final HyperliquidConfig config;
    private final Slice slice;
    private final AccountMemory memory;
    private final FeedHealth health;
    private final ToDoubleFunction<String> marks;
    private final int most;
    private final long shortestMs;
    private final long longestMs;

    private final Map<String, FollowedAccount> byAddress = new LinkedHashMap<>();
    private boolean isFull;

    Accounts(
            HyperliquidConfig config,
            Slice slice,
            AccountMemory memory,
            FeedHealth health,
            ToDoubleFunction<String> marks,
            long nowMs) {
        this.config = config;
        this.slice = slice;
        this.memory = memory;
        this.health = health;
        this.marks = marks;
        this.most = Math.max(1, config.getInt(HyperliquidConfig.MOST_ACCOUNTS) / slice.count());
        this.shortestMs = config.getLong(HyperliquidConfig.SHORTEST_INTERVAL);
        this.longestMs = config.getLong(HyperliquidConfig.LONGEST_INTERVAL);
        for (String address : config.accounts()) {
            if (AccountMemory.belongs(address, slice)) {
                byAddress.put(address, new FollowedAccount(address, true, nowMs));
            }
        }
        memory.read(slice).forEach((address, remembered) -> {
            if (config.discovers() || byAddress.containsKey(address)) {
                byAddress
                        .computeIfAbsent(address, found -> new FollowedAccount(found, false, nowMs))
                        .remember(remembered);
            }
        });
    }

    /** An account was seen in a trade. */
    void seen(String who, long nowMs, FeedOutput output) {
        String address = who.toLowerCase(Locale.ROOT);
        FollowedAccount known = byAddress.get(address);
        if (known != null) {
            known.touchedMs = nowMs;
        } else if (config.discovers() && AccountMemory.belongs(address, slice) && hasRoom(output)) {
            byAddress.put(address, new FollowedAccount(address, false, nowMs));
        }
    }

    /** The account that has waited longest for what it may wait; empty where none is due. */
    Optional<FollowedAccount> next(long nowMs) {
        FollowedAccount first = null;
        double most = 1;
        for (FollowedAccount account : byAddress.values()) {
            if (!account.isAsked && nowMs >= account.leftOutUntilMs) {
                double urgency = account.urgency(nowMs, shortestMs, longestMs, marks);
                if (urgency >= most) {
                    first = account;
                    most = urgency;
                }
            }
        }
        return Optional.ofNullable(first);
    }

    /** Accounts of which a task before this one has written, not long before it stopped, that they had shrunk. */
    List<FollowedAccount> shrunkSince(long writtenSinceMs) {
        return byAddress.values().stream()
                .filter(account -> account.shrunkSinceMs > 0 && account.writtenMs >= writtenSinceMs)
                .toList();
    }

    @Nullable
    FollowedAccount find(String address) {
        return byAddress.get(address);
    }

    /**
     * The venue has answered for an account.
     *
     * @param asset what it is margined in
     * @param listed maximum leverage of each market now
     * @return since when to look for liquidations, epoch milliseconds; empty: there is no need to
     */
    Optional<Long> answered(
            FollowedAccount account,
            AccountState state,
            String asset,
            Map<String, BigDecimal> listed,
            long nowMs,
            FeedOutput output) {
        account.answeredMs = nowMs;
        health.venueTime(state.timeMs(), nowMs);
        if (state.timeMs() <= account.timeMs) {
            // Another of the venue's servers, which is behind.
            health.outOfOrder();
            return Optional.empty();
        }
        long before = account.timeMs;
        account.timeMs = state.timeMs();
        account.holds(state.holdings());
        String fingerprint = Fingerprint.of(state.lines());
        if (fingerprint.equals(account.written) && nowMs - account.writtenMs < longestMs) {
            return Optional.empty();
        }
        Map<String, BigDecimal> sizes = new LinkedHashMap<>();
        state.holdings().forEach(holding -> sizes.put(holding.coin(), holding.size()));
        boolean shrinks = account.shrinksTo(sizes);
        if (shrinks && account.shrunkSinceMs == 0) {
            account.shrunkSinceMs = before;
        }
        write(account, state, sizes, fingerprint, asset, listed, nowMs, output);
        return shrinks ? Optional.of(before) : Optional.empty();
    }

    private void write(
            FollowedAccount account,
            AccountState state,
            Map<String, BigDecimal> sizes,
            String fingerprint,
            String asset,
            Map<String, BigDecimal> listed,
            long nowMs,
            FeedOutput output) {
        String venue = config.venue();
        SourceMark unfinished = memory.before(account.address);
        for (String coin : account.sizes.keySet()) {
            if (!sizes.containsKey(coin)) {
                output.add(
                        Topics.POSITIONS,
                        Keys.position(venue, account.address, coin),
                        state.timeMs(),
                        null,
                        unfinished);
            }
        }
        for (Holding holding : state.holdings()) {
            output.add(
                    Topics.POSITIONS,
                    Keys.position(venue, account.address, holding.coin()),
                    state.timeMs(),
                    AccountState.position(venue, account.address, holding, listed.get(holding.coin())),
                    unfinished);
        }
        boolean hadNothing = account.isFlat();
        account.sizes = sizes;
        account.hasCollateral = !state.isEmpty();
        account.asset = asset;
        account.written = fingerprint;
        account.writtenMs = nowMs;
        if (hadNothing && state.isEmpty()) {
            return;
        }
        output.add(
                Topics.COLLATERAL,
                Keys.collateral(venue, account.address, asset),
                state.timeMs(),
                state.isEmpty() ? null : state.collateral(venue, account.address, asset),
                memory.after(account.address, account.remembered()));
    }

    int count() {
        return byAddress.size();
    }

    /** Accounts that have not been answered for within twice the longest interval. */
    int late(long startedMs, long nowMs) {
        return (int) byAddress.values().stream()
                .filter(account -> nowMs - Math.max(account.answeredMs, startedMs) > 2 * longestMs)
                .count();
    }

    /** Whether accounts were seen in trades for which there is no room. */
    boolean isFull() {
        return isFull;
    }

    private boolean hasRoom(FeedOutput output) {
        if (byAddress.size() < most) {
            return true;
        }
        Optional<FollowedAccount> without = byAddress.values().stream()
                .filter(account ->
                        !account.isPinned && !account.isAsked && account.timeMs > 0 && account.sizes.isEmpty())
                .min(Comparator.comparingLong(account -> account.touchedMs));
        isFull = without.isEmpty();
        without.ifPresent(account -> leave(account, output));
        return !isFull;
    }

    /** What is not looked at any more must not stand on the topic as if it were. */
    private void leave(FollowedAccount account, FeedOutput output) {
        byAddress.remove(account.address);
        memory.forget(account.address);
        if (account.hasCollateral) {
            output.add(
                    Topics.COLLATERAL,
                    Keys.collateral(config.venue(), account.address, account.asset),
                    account.timeMs,
                    null,
                    memory.before(account.address));
        }
    }
}
