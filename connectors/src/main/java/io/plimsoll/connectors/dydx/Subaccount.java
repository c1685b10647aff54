package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WholeAccounts.Entry;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** One subaccount: its open positions and its USDC, kept up by changes. */
public final class Subaccount {

    private static final String USDC = "USDC";

    /**
     * One position.
     *
     * @param size base units; positive long
     * @param entryPrice quote units
     */
    public record Holding(BigDecimal size, BigDecimal entryPrice) {}

    private final String id;
    private TreeMap<String, Holding> holdings = new TreeMap<>();
    private Set<String> otherAssets = new HashSet<>();
    private BigDecimal usdc = BigDecimal.ZERO;

    /** @param id address/number */
    public Subaccount(String id) {
        this.id = id;
    }

    /** Takes the whole state. If it cannot be read, nothing is taken. */
    public void snapshot(JsonNode subaccount) {
        TreeMap<String, Holding> held = new TreeMap<>();
        for (JsonNode position : VenueJson.object(subaccount, "openPerpetualPositions")) {
            take(position, held);
        }
        Balances balances = new Balances(BigDecimal.ZERO, new HashSet<>());
        for (JsonNode asset : VenueJson.object(subaccount, "assetPositions")) {
            balances = balances.with(asset);
        }
        holdings = held;
        usdc = balances.usdc;
        otherAssets = balances.others;
    }

    /** Takes what has changed. If it cannot be read, nothing is taken. */
    public void change(JsonNode contents) {
        TreeMap<String, Holding> held = new TreeMap<>(holdings);
        if (!VenueJson.isAbsent(contents.get("perpetualPositions"))) {
            VenueJson.list(contents, "perpetualPositions").forEach(position -> take(position, held));
        }
        Balances balances = new Balances(usdc, new HashSet<>(otherAssets));
        if (!VenueJson.isAbsent(contents.get("assetPositions"))) {
            for (JsonNode asset : VenueJson.list(contents, "assetPositions")) {
                balances = balances.with(asset);
            }
        }
        holdings = held;
        usdc = balances.usdc;
        otherAssets = balances.others;
    }

    private record Balances(BigDecimal usdc, Set<String> others) {

        Balances with(JsonNode asset) {
            String symbol = VenueJson.text(asset, "symbol");
            BigDecimal size = signed(asset);
            if (symbol.equals(USDC)) {
                return new Balances(size, others);
            }
            if (size.signum() == 0) {
                others.remove(symbol);
            } else {
                others.add(symbol);
            }
            return this;
        }
    }

    private static void take(JsonNode position, TreeMap<String, Holding> held) {
        String market = VenueJson.text(position, "market");
        if (market.indexOf(':') >= 0) {
            throw VenueJson.wrong("market", position.get("market"), "a name without colons");
        }
        BigDecimal size = signed(position);
        String status = VenueJson.optionalText(position, "status");
        if (size.signum() == 0 || (status != null && !status.equals("OPEN"))) {
            held.remove(market);
            return;
        }
        BigDecimal entry = VenueJson.decimal(position, "entryPrice");
        if (entry.signum() <= 0) {
            throw VenueJson.wrong("entryPrice", position.get("entryPrice"), "more than 0");
        }
        held.put(market, new Holding(size, entry));
    }

    /** The venue writes the sizes of shorts with a minus in some messages and without in others; the side is always there. */
    private static BigDecimal signed(JsonNode held) {
        BigDecimal size = VenueJson.decimal(held, "size").abs();
        return switch (VenueJson.text(held, "side")) {
            case "LONG" -> size;
            case "SHORT" -> size.negate();
            default -> throw VenueJson.wrong("side", held.get("side"), "LONG or SHORT");
        };
    }

    /** Whether it holds assets that the venue does not say the margin value of. */
    boolean holdsOtherAssets() {
        return !otherAssets.isEmpty();
    }

    /** Markets in which it holds something. */
    Set<String> markets() {
        return holdings.keySet();
    }

    /** What may change about it but prices: the same lines, the same state. */
    String lines() {
        StringBuilder lines =
                new StringBuilder().append(usdc.stripTrailingZeros().toPlainString());
        holdings.forEach((market, holding) -> lines.append('\n')
                .append(market)
                .append(' ')
                .append(holding.size().stripTrailingZeros().toPlainString())
                .append(' ')
                .append(holding.entryPrice().stripTrailingZeros().toPlainString()));
        return lines.toString();
    }

    /**
     * Its records; none where it holds nothing. The balance is its USDC and what its positions have cost, so that balance
     * and size x (price - entry) of all positions add up to the venue's equity.
     */
    public List<Entry<?>> records(String venue) {
        List<Entry<?>> records = new ArrayList<>();
        BigDecimal balance = usdc;
        for (var entry : holdings.entrySet()) {
            Holding holding = entry.getValue();
            balance = balance.add(holding.size().multiply(holding.entryPrice()));
            records.add(new Entry<>(
                    Topics.POSITIONS,
                    Keys.position(venue, id, entry.getKey()),
                    Position.newBuilder()
                            .setVenue(venue)
                            .setAccount(id)
                            .setSymbol(entry.getKey())
                            .setSize(holding.size().doubleValue())
                            .setEntryPrice(holding.entryPrice().doubleValue())
                            .setMarginMode(MarginMode.CROSS)
                            .build()));
        }
        if (!records.isEmpty() || usdc.signum() != 0) {
            records.add(new Entry<>(
                    Topics.COLLATERAL,
                    Keys.collateral(venue, id, USDC),
                    Collateral.newBuilder()
                            .setVenue(venue)
                            .setAccount(id)
                            .setAsset(USDC)
                            .setQuantity(balance.doubleValue())
                            .build()));
        }
        return records;
    }
}
