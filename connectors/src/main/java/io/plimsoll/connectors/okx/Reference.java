package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.MarketFeedConfig;
import io.plimsoll.connectors.feed.MarketRecords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The venue's markets and their margin tiers, asked for at the start and at intervals. An instrument is written with its tiers
 * in money, as soon as there is a mark to reckon them at, and again when that has moved.
 */
final class Reference {

    /** What was not answered is left for so long, lest it hold up the rest. */
    private static final long RETRY_MS = 15_000;

    /** Tiers that have not come for so long are missing. */
    private static final long TIERS_LATE_MS = 120_000;

    private static final String MARK = "mark";
    private static final int MOST_NAMED = 5;

    /** Something that is asked for at intervals. */
    private static final class Asked {

        private long dueMs = Long.MIN_VALUE;
        private boolean isAsked;
        private boolean isAnswered;
        private String day = "";
        private PositionTiers tiers = new PositionTiers(List.of());
        private Map<String, Contract> contracts = Map.of();
    }

    private final OkxConfig config;
    private final FeedRuntime runtime;
    private final FeedHealth health;
    private final MarketRecords records;
    private final long intervalMs;
    private final double drift;
    private final double feeRate;

    private final Map<String, Market> markets = new LinkedHashMap<>();
    private final Map<String, Asked> lists = new LinkedHashMap<>();
    private final Map<String, Asked> families = new LinkedHashMap<>();
    private long knownSinceMs = Long.MAX_VALUE;

    Reference(OkxConfig config, FeedRuntime runtime, FeedHealth health, MarketRecords records) {
        this.config = config;
        this.runtime = runtime;
        this.health = health;
        this.records = records;
        this.intervalMs = config.getLong(MarketFeedConfig.REFERENCE_INTERVAL);
        this.drift = config.getDouble(OkxConfig.TIER_DRIFT);
        this.feeRate = config.getDouble(OkxConfig.FEE_RATE);
        config.types().forEach(type -> lists.put(type, new Asked()));
    }

    /** This task's markets. */
    Map<String, Market> markets() {
        return markets;
    }

    /** Whether all lists have come. */
    boolean isKnown() {
        return lists.values().stream().allMatch(list -> list.isAnswered);
    }

    Optional<HttpCall> next(long nowMs) {
        Optional<HttpCall> list = due(lists, nowMs).map(type -> Wire.instruments(type, nowMs));
        return list.isPresent()
                ? list
                : due(families, nowMs).map(family -> {
                    int gap = family.indexOf(' ');
                    return Wire.tiers(family.substring(0, gap), family.substring(gap + 1), nowMs);
                });
    }

    private static Optional<String> due(Map<String, Asked> all, long nowMs) {
        return all.entrySet().stream()
                .filter(entry -> !entry.getValue().isAsked && nowMs >= entry.getValue().dueMs)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void asked(HttpCall call) {
        Asked asked = of(call);
        if (asked != null) {
            asked.isAsked = true;
        }
    }

    void unanswered(HttpCall call) {
        Asked asked = of(call);
        if (asked != null) {
            asked.isAsked = false;
            asked.dueMs = asked.isAnswered || call.kind().equals(Wire.TIERS) ? call.sentMs() + RETRY_MS : asked.dueMs;
        }
    }

    private @Nullable Asked of(HttpCall call) {
        return (call.kind().equals(Wire.INSTRUMENTS) ? lists : families).get(call.subject());
    }

    /** Takes a list; gives whether the markets are now known. */
    boolean list(String type, JsonNode data, long nowMs, FeedOutput output) {
        Asked list = lists.get(type);
        if (list == null) {
            return false;
        }
        Map<String, Contract> contracts = new LinkedHashMap<>();
        for (JsonNode row : data) {
            try {
                Contract contract = Contract.of(row);
                if (contract != null && contract.type().equals(type)) {
                    contracts.put(contract.symbol(), contract);
                }
            } catch (FeedFormatException e) {
                health.malformed(Wire.INSTRUMENTS, e, row.toString(), nowMs);
            }
        }
        list.contracts = contracts;
        answered(list, nowMs);
        if (!isKnown()) {
            return false;
        }
        knownSinceMs = Math.min(knownSinceMs, nowMs);
        set(nowMs);
        markets.values().forEach(market -> write(market, nowMs, output));
        return true;
    }

    private void set(long nowMs) {
        Map<String, Contract> own = new LinkedHashMap<>();
        Set<String> wanted = config.markets();
        lists.values()
                .forEach(list -> list.contracts.forEach((symbol, contract) -> {
                    if (runtime.slice().holds(symbol) && (wanted.isEmpty() || wanted.contains(symbol))) {
                        own.put(symbol, contract);
                    }
                }));
        markets.keySet().retainAll(own.keySet());
        own.forEach((symbol, contract) -> markets.computeIfAbsent(symbol, name -> new Market(contract, nowMs))
                .listed(contract, nowMs));
        Set<String> needed = new TreeSet<>();
        own.values().forEach(contract -> needed.add(family(contract)));
        families.keySet().retainAll(needed);
        needed.forEach(family -> families.computeIfAbsent(family, name -> new Asked()));
        records.set(markets.keySet());
    }

    private static String family(Contract contract) {
        return contract.type() + " " + contract.family();
    }

    /** Takes the tiers of a family. */
    void tiers(String subject, JsonNode data, long nowMs, FeedOutput output) {
        PositionTiers tiers = PositionTiers.of(data, subject.substring(subject.indexOf(' ') + 1));
        Asked family = families.get(subject);
        if (family == null) {
            return;
        }
        answered(family, nowMs);
        if (!tiers.tiers().isEmpty() || family.tiers.tiers().isEmpty()) {
            family.tiers = tiers;
            family.day = Instant.ofEpochMilli(nowMs)
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
        }
        for (Market market : markets.values()) {
            if (family(market.contract).equals(subject)) {
                write(market, nowMs, output);
            }
        }
    }

    private void answered(Asked asked, long nowMs) {
        asked.isAsked = false;
        asked.isAnswered = true;
        asked.dueMs = nowMs + intervalMs;
    }

    /** Writes a market's instrument if it has changed, or if its mark has moved so far that its floors are others. */
    void write(Market market, long nowMs, FeedOutput output) {
        Asked family = families.get(family(market.contract));
        BigDecimal mark = market.quote.mark();
        if (family == null || family.tiers.tiers().isEmpty() || mark == null) {
            return;
        }
        String noted = records.instrumentNotes(market.contract.symbol()).get(MARK);
        BigDecimal at = noted == null || hasMoved(new BigDecimal(noted), mark) ? mark : new BigDecimal(noted);
        records.instrument(
                market.contract.instrument(config.venue(), family.tiers.at(at, market.contract), family.day, feeRate),
                Map.of(MARK, at.toPlainString()),
                nowMs,
                output);
    }

    /** Whether the floors of a market's tiers are to be reckoned anew. */
    boolean hasMoved(Market market) {
        BigDecimal mark = market.quote.mark();
        String noted = records.instrumentNotes(market.contract.symbol()).get(MARK);
        return mark != null && (noted == null || hasMoved(new BigDecimal(noted), mark));
    }

    private boolean hasMoved(BigDecimal from, BigDecimal to) {
        return Math.abs(to.doubleValue() / from.doubleValue() - 1) > drift;
    }

    /** What the venue does not list or gives no tiers for; null: nothing. */
    @Nullable
    String missing(long nowMs) {
        List<String> unlisted = config.markets().stream()
                .filter(symbol -> lists.values().stream().noneMatch(list -> list.contracts.containsKey(symbol)))
                .toList();
        if (!unlisted.isEmpty()) {
            return "the venue does not list " + named(unlisted);
        }
        boolean isLate = nowMs - TIERS_LATE_MS > knownSinceMs;
        List<String> bare = new ArrayList<>();
        families.forEach((family, asked) -> {
            if (asked.tiers.tiers().isEmpty() && (asked.isAnswered || isLate)) {
                bare.add(family);
            }
        });
        return bare.isEmpty() ? null : "the venue gives no margin tiers for " + named(bare);
    }

    private static String named(List<String> symbols) {
        String names = String.join(", ", symbols.subList(0, Math.min(MOST_NAMED, symbols.size())));
        return symbols.size() <= MOST_NAMED ? names : names + " and " + (symbols.size() - MOST_NAMED) + " more";
    }
}
