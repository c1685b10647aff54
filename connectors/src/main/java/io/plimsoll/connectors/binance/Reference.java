package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Fingerprint;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What changes seldom: the list of markets, their brackets and how often funding is paid. */
final class Reference {

    private static final String KIND = "instrument";
    private static final double USUAL_FUNDING_HOURS = 8;

    private final BinanceConfig config;
    private final Product product;
    private final Wire wire;
    private final Slice slice;
    private final SourceOffsets offsets;
    private final FeedHealth health;
    private final Map<String, Long> dueMs = new LinkedHashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> writtenWithTiers = new HashSet<>();
    private final Map<String, Listing> own = new LinkedHashMap<>();
    private final Map<String, List<MarginTier>> tiers = new HashMap<>();

    private @Nullable String asked;
    private @Nullable String tiersDate;
    private @Nullable Map<String, Double> fundingHours;
    private boolean isKnown;
    private String refused = "";

    /** @throws ConfigException if there is a file of brackets that cannot be read */
    Reference(BinanceConfig config, Wire wire, Slice slice, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.product = config.product();
        this.wire = wire;
        this.slice = slice;
        this.offsets = offsets;
        this.health = health;
        String file = config.getString(BinanceConfig.BRACKETS_FILE);
        if (!file.isEmpty()) {
            tiers.putAll(fromFile(file));
            tiersDate = config.bracketsDate();
        }
        askNow();
    }

    private static Map<String, List<MarginTier>> fromFile(String file) {
        try {
            return Brackets.of(VenueJson.parse(Files.readAllBytes(Path.of(file))));
        } catch (IOException | FeedFormatException e) {
            throw new ConfigException(BinanceConfig.BRACKETS_FILE, file, "cannot be read: " + e);
        }
    }

    /** All is to be asked for anew. Brackets come first, so that instruments are written with them. */
    void askNow() {
        if (config.hasKey()) {
            dueMs.put(Wire.BRACKETS, Long.MIN_VALUE);
        }
        dueMs.put(Wire.FUNDING, Long.MIN_VALUE);
        dueMs.put(Wire.MARKETS, Long.MIN_VALUE);
    }

    /** The question that is due, if none is under way. */
    Optional<HttpCall> next(long nowMs) {
        if (asked != null) {
            return Optional.empty();
        }
        return dueMs.entrySet().stream()
                .filter(entry -> entry.getValue() <= nowMs)
                .findFirst()
                .map(entry -> switch (entry.getKey()) {
                    case Wire.BRACKETS -> wire.brackets(nowMs);
                    case Wire.FUNDING -> wire.funding(nowMs);
                    default -> wire.markets(nowMs);
                });
    }

    void asked(String kind) {
        asked = kind;
    }

    void unanswered() {
        asked = null;
    }

    /** The venue does not answer that question, and would not if it were asked again at once. */
    void refused(String kind, String why, long nowMs) {
        asked = null;
        refused = kind + " is refused with " + why;
        dueMs.put(kind, nowMs + config.getLong(BinanceConfig.REFERENCE_INTERVAL));
    }

    /** Takes an answer, and writes the instruments of this task that have changed. */
    void take(String kind, JsonNode answer, long nowMs, FeedOutput output) {
        switch (kind) {
            case Wire.BRACKETS -> {
                tiers.putAll(Brackets.of(answer));
                tiersDate = Instant.ofEpochMilli(nowMs).toString().substring(0, 10);
                refused = "";
            }
            case Wire.FUNDING -> fundingHours = funding(answer);
            default -> markets(VenueJson.list(answer, "symbols"), nowMs);
        }
        asked = null;
        dueMs.put(kind, nowMs + config.getLong(BinanceConfig.REFERENCE_INTERVAL));
        if (isKnown) {
            write(nowMs, output);
        }
    }

    private static Map<String, Double> funding(JsonNode answer) {
        if (!answer.isArray()) {
            throw VenueJson.wrong(Wire.FUNDING, answer, "a list");
        }
        Map<String, Double> hours = new HashMap<>();
        for (JsonNode market : answer) {
            hours.put(
                    VenueJson.text(market, "symbol"),
                    Fields.positive(market, "fundingIntervalHours").doubleValue());
        }
        return hours;
    }

    private void markets(JsonNode list, long nowMs) {
        Map<String, Listing> read = new LinkedHashMap<>();
        for (JsonNode market : list) {
            try {
                Listing listing = Listing.of(product, market);
                if (listing.isTrading() && isWanted(listing.symbol()) && slice.holds(listing.symbol())) {
                    read.put(listing.symbol(), listing);
                }
            } catch (FeedFormatException e) {
                // One market in a form of its own is no reason to lose all others.
                if (isWanted(market.path("symbol").asText())) {
                    health.malformed(Wire.MARKETS, e, market.toString(), nowMs);
                }
            }
        }
        if (list.isEmpty()) {
            throw VenueJson.wrong("symbols", list, "one market or more");
        }
        own.clear();
        own.putAll(read);
        isKnown = true;
    }

    private boolean isWanted(String symbol) {
        return config.markets().isEmpty() || config.markets().contains(symbol);
    }

    private void write(long nowMs, FeedOutput output) {
        List<String> unknown = own.keySet().stream()
                .filter(symbol -> !written.containsKey(symbol))
                .toList();
        offsets.of(KIND, unknown).forEach((symbol, stored) -> {
            written.put(symbol, stored.getOrDefault("of", ""));
            if (!stored.getOrDefault("tiers", "0").equals("0")) {
                writtenWithTiers.add(symbol);
            }
        });
        for (Listing listing : own.values()) {
            String symbol = listing.symbol();
            List<MarginTier> table = tiers.getOrDefault(symbol, List.of());
            if (table.isEmpty() && writtenWithTiers.contains(symbol)) {
                // That they cannot be had just now does not make those that stand there wrong.
                continue;
            }
            // A table that is the same on another day is no news.
            String fingerprint = Fingerprint.of(
                    listing.instrument(product, config.venue(), table, null).toString());
            if (!fingerprint.equals(written.put(symbol, fingerprint))) {
                if (!table.isEmpty()) {
                    writtenWithTiers.add(symbol);
                }
                Instrument instrument = listing.instrument(product, config.venue(), table, tiersDate);
                output.add(
                        Topics.INSTRUMENTS,
                        Keys.market(config.venue(), symbol),
                        nowMs,
                        instrument,
                        offsets.mark(KIND, symbol, Map.of("of", fingerprint, "tiers", Integer.toString(table.size()))));
            }
        }
    }

    /** Whether the venue has answered yet. */
    boolean isKnown() {
        return isKnown;
    }

    /** The markets of this task. */
    Collection<Listing> own() {
        return own.values();
    }

    /** Hours that a market's funding rate covers; null: not known yet. */
    @Nullable
    Double fundingHours(String symbol) {
        Map<String, Double> known = fundingHours;
        return known == null ? null : known.getOrDefault(symbol, USUAL_FUNDING_HOURS);
    }

    /** What is missing of what this is to give; null: nothing. */
    @Nullable
    String missing() {
        List<String> unlisted = config.markets().stream()
                .filter(symbol -> slice.holds(symbol) && !own.containsKey(symbol))
                .toList();
        if (!unlisted.isEmpty()) {
            return "not trading at the venue: " + String.join(", ", unlisted);
        }
        if (fundingHours == null) {
            return "how often funding is paid is not known yet" + (refused.isEmpty() ? "" : ": " + refused);
        }
        long without = own.keySet().stream()
                .filter(symbol -> !tiers.containsKey(symbol) && !writtenWithTiers.contains(symbol))
                .count();
        if (without == 0) {
            return refused.isEmpty() ? null : refused;
        }
        return without + " of " + own.size() + " instruments without margin tiers: "
                + (refused.isEmpty() ? "set " + BinanceConfig.BRACKETS_FILE + " or " + BinanceConfig.API_KEY : refused);
    }
}
