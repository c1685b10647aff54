package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.LiquidationRecords;
import io.plimsoll.connectors.feed.LiquidationRecords.Report;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.PositionSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the channel of liquidations says, which is not all of them. */
final class Liquidations {

    private final Map<String, Market> markets;
    private final LiquidationRecords records;

    Liquidations(String venue, Map<String, Market> markets, SourceOffsets offsets) {
        this.markets = markets;
        this.records = new LiquidationRecords(venue, offsets, false);
    }

    /** There are other markets. */
    void set() {
        records.set(markets.keySet());
    }

    /** Takes a message; gives whether all of it is new. */
    boolean take(JsonNode data, FeedOutput output) {
        List<Report> reports = new ArrayList<>();
        for (JsonNode item : data) {
            Market market = markets.get(VenueJson.text(item, "instId"));
            if (market != null) {
                for (JsonNode detail : VenueJson.list(item, "details")) {
                    reports.add(report(detail, market.contract));
                }
            }
        }
        return records.write(reports, output) == reports.size();
    }

    /** In one-way mode the position's side is net: then the order's tells, which is the opposite one. */
    static Report report(JsonNode detail, Contract contract) {
        return new Report(
                contract.symbol(),
                contract.isInverse(),
                side(detail),
                VenueJson.decimal(detail, "sz").multiply(contract.multiplier()),
                VenueJson.decimal(detail, "bkPx"),
                VenueJson.wholeText(detail, "ts"));
    }

    private static PositionSide side(JsonNode detail) {
        switch (VenueJson.text(detail, "posSide")) {
            case "long" -> {
                return PositionSide.LONG;
            }
            case "short" -> {
                return PositionSide.SHORT;
            }
            default -> {
                String order = detail.path("side").asText();
                if (!order.equals("sell") && !order.equals("buy")) {
                    throw VenueJson.wrong("side", detail.get("side"), "buy or sell");
                }
                return order.equals("sell") ? PositionSide.LONG : PositionSide.SHORT;
            }
        }
    }
}
