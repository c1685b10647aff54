package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One account: what it holds, valued at the current marks of its markets. Equity is cash without haircuts, isolated
 * margins and unrealised profit; docs/measures.md, 2.3.
 */
final class AccountRoutes {

    private static final int NEIGHBOURS = 5;

    private final StateApi api;
    private final Function<String, OptionalDouble> contractSizes;

    /** Takes the base units in one contract of a market as well. */
    AccountRoutes(StateApi api, Function<String, OptionalDouble> contractSizes) {
        this.api = api;
        this.contractSizes = contractSizes;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/accounts/{id}", this::account);
    }

    private void account(Context context) {
        String id = context.pathParam("id");
        api.answerOne(
                context,
                MonitorStores.ACCOUNTS,
                id,
                () -> api.queries()
                        .get(MonitorStores.ACCOUNTS, MonitorStores.ACCOUNT_TYPE, id)
                        .map(book -> body(context, id, book)),
                () -> Problem.unknown(
                        "account",
                        id,
                        api.queries().keysNear(MonitorStores.ACCOUNTS, MonitorStores.ACCOUNT_TYPE, id, NEIGHBOURS)));
    }

    private ObjectNode body(Context context, String id, AccountBook book) {
        String venue = id.substring(0, Math.max(0, id.indexOf(Keys.SEPARATOR)));
        ObjectNode body = api.object().put("id", id);
        ArrayNode positions = body.putArray("positions");
        Sums sums = new Sums();
        for (HeldPosition position : book.getPositions()) {
            sums.asOfMs = Math.max(sums.asOfMs, position.getEventTimeMs());
            if (position.getSize() != 0) {
                String market = Keys.market(venue, position.getSymbol());
                JsonNode state = api.find(
                                context,
                                MonitorStores.MARKET_STATES,
                                MonitorStores.MARKET_STATE_TYPE,
                                market,
                                "/api/v1/markets/")
                        .orElse(null);
                positions.add(position(position, state, contractSizes.apply(market), sums));
            }
        }
        ArrayNode balances = body.putArray("balances");
        for (HeldBalance balance : book.getBalances()) {
            sums.asOfMs = Math.max(sums.asOfMs, balance.getEventTimeMs());
            double valueUsd = balance.getQuantity() * balance.getUnitPriceUsd();
            sums.equityUsd += valueUsd;
            sums.marginCashUsd += balance.getQuantity() > 0 ? valueUsd * balance.getCollateralFactor() : valueUsd;
            balances.add(PlainJson.toJson(balance).put("valueUsd", valueUsd));
        }
        return totals(body, sums);
    }

    private static ObjectNode position(
            HeldPosition position, @Nullable JsonNode market, OptionalDouble contractSize, Sums sums) {
        ObjectNode object = PlainJson.toJson(position);
        Double isolatedMargin = position.getIsolatedMargin();
        object.put("marginMode", isolatedMargin == null ? "CROSS" : "ISOLATED");
        sums.equityUsd += isolatedMargin == null ? 0 : isolatedMargin;
        if (market == null || contractSize.isEmpty()) {
            sums.markless++;
            object.putNull("markPrice")
                    .putNull("markAsOfMs")
                    .putNull("notionalUsd")
                    .putNull("unrealisedUsd");
            return object;
        }
        double mark = market.path("markPrice").asDouble();
        double baseUnits = position.getSize() * contractSize.getAsDouble();
        double notionalUsd = Math.abs(baseUnits) * mark;
        double unrealisedUsd = baseUnits * (mark - position.getEntryPrice());
        sums.notionalUsd += notionalUsd;
        sums.equityUsd += unrealisedUsd;
        object.put("markPrice", mark)
                .put("markAsOfMs", market.path("priceTimeMs").asLong());
        return object.put("notionalUsd", notionalUsd).put("unrealisedUsd", unrealisedUsd);
    }

    private ObjectNode totals(ObjectNode body, Sums sums) {
        body.put("asOfMs", sums.asOfMs).put("marginCashUsd", sums.marginCashUsd);
        if (sums.markless > 0) {
            // A sum over some of the positions would look like the account's and not be it.
            body.putNull("equityUsd").putNull("notionalUsd").putNull("leverage");
        } else {
            body.put("equityUsd", sums.equityUsd).put("notionalUsd", sums.notionalUsd);
            Optional<Double> leverage =
                    sums.equityUsd > 0 ? Optional.of(sums.notionalUsd / sums.equityUsd) : Optional.empty();
            leverage.ifPresentOrElse(value -> body.put("leverage", value), () -> body.putNull("leverage"));
        }
        body.put("positionsWithoutMark", sums.markless);
        return api.withAge(body);
    }

    private static final class Sums {
        private double equityUsd;
        private double marginCashUsd;
        private double notionalUsd;
        private long asOfMs;
        private int markless;
    }
}
