package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.risk.MarginCall;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.PositionRisk;
import io.plimsoll.topology.AccountRiskRecords;
import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.avro.AccountBook;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One account as JSON: its risk at present prices (docs/measures.md, 7), its positions and balances as they are held.
 * Where a price is missing, what needs it is null. A position whose instrument is not known is counted nowhere, as in the
 * topology (2.1), and named.
 */
final class AccountAnswer {

    private final AccountRiskSettings settings;
    private final Function<String, @Nullable InstrumentTerms> terms;
    private final MarketPrices prices;
    private final Set<String> missingPrices = new TreeSet<>();
    private final Set<String> missingInstruments = new TreeSet<>();

    AccountAnswer(
            AccountRiskSettings settings, Function<String, @Nullable InstrumentTerms> terms, MarketPrices prices) {
        this.settings = settings;
        this.terms = terms;
        this.prices = prices;
    }

    /**
     * The account's fields.
     *
     * @param id venue:account
     * @param stored its record in the store of accounts near their line; null: it is not there
     */
    ObjectNode fields(String id, AccountBook book, @Nullable AccountRisk stored) {
        HeldAccount held = HeldAccount.of(id, book, terms);
        List<MarginPool> pools = held.pools();
        boolean priced = pools.stream().allMatch(pool -> pool.isPriced(prices));
        AccountRisk risk = priced && !pools.isEmpty() ? risk(id, held, pools, stored) : null;
        ObjectNode body = risk == null ? nulls(AccountRisk.getClassSchema()) : PlainJson.toJson(risk);
        int separator = id.indexOf(Keys.SEPARATOR);
        String venue = id.substring(0, separator);
        body.put("venue", venue).put("account", id.substring(separator + 1));
        if (risk == null) {
            body.put("asOfMs", held.newestMs());
            body.put("state", stored != null ? stored.getState().name() : priced ? MarginCall.OK.name() : null);
        }
        body.put("stateSinceMs", stored == null ? null : (Long) stored.getStateSinceMs());
        body.set("positions", positions(body.arrayNode(), venue, book, risk));
        addBalances(body, venue, book);
        addAll(body.putArray("missingPrices"), missingPrices);
        addAll(body.putArray("missingInstruments"), missingInstruments);
        return body;
    }

    private AccountRisk risk(String id, HeldAccount held, List<MarginPool> pools, @Nullable AccountRisk stored) {
        MarginCall state = MarginCall.OK;
        if (stored != null) {
            state = MarginCall.valueOf(stored.getState().name());
        } else {
            for (WatchedPool pool : WatchedPool.all(pools, held.venueMarginRatio(), settings.venueLineTolerance())) {
                state = state.or(
                        pool.state(prices, MarginCall.OK, settings.bands().levels()));
            }
        }
        return new AccountRiskRecords(
                        terms, prices, prices::timeMs, prices::fundingRate8h, settings.venueLineTolerance())
                .record(id, held, state, stored == null ? null : stored.getStateSinceMs());
    }

    private ArrayNode positions(ArrayNode positions, String venue, AccountBook book, @Nullable AccountRisk risk) {
        Map<String, PositionRisk> riskBySymbol = new HashMap<>();
        if (risk != null) {
            risk.getPositions().forEach(position -> riskBySymbol.put(position.getSymbol(), position));
        }
        for (HeldPosition held : book.getPositions()) {
            if (held.getSize() != 0) {
                positions.add(position(venue, held, riskBySymbol.get(held.getSymbol())));
            }
        }
        return positions;
    }

    private ObjectNode position(String venue, HeldPosition held, @Nullable PositionRisk risk) {
        String market = Keys.market(venue, held.getSymbol());
        InstrumentTerms its = terms.apply(market);
        boolean priced = prices.isKnown(market);
        if (its == null) {
            missingInstruments.add(market);
        } else if (!priced) {
            missingPrices.add(market);
        }
        ObjectNode object = risk == null ? nulls(PositionRisk.getClassSchema()) : PlainJson.toJson(risk);
        object.put("symbol", held.getSymbol())
                .put("markPrice", priced ? (Double) prices.price(market) : null)
                .put("priceTimeMs", priced ? (Long) prices.timeMs(market) : null)
                .put("marginTableDate", its == null ? null : its.instrument().getMarginTableDate());
        ObjectNode record = PlainJson.toJson(held);
        object.set("contracts", record.remove("size"));
        object.put("marginMode", held.getIsolatedMargin() == null ? "CROSS" : "ISOLATED");
        return object.setAll(record);
    }

    private void addBalances(ObjectNode body, String venue, AccountBook book) {
        ArrayNode balances = body.putArray("balances");
        double cashUsd = 0;
        double marginCashUsd = 0;
        for (HeldBalance held : book.getBalances()) {
            if (held.getQuantity() == 0 && held.getVenueMarginRatio() == null) {
                continue;
            }
            String market = Keys.market(venue, held.getAsset());
            InstrumentTerms its = terms.apply(market);
            boolean moves = its != null && its.isAsset();
            double priceUsd = moves ? prices.price(market) * prices.quoteUsd(market) : held.getUnitPriceUsd();
            if (Double.isNaN(priceUsd)) {
                missingPrices.add(market);
            }
            double valueUsd = held.getQuantity() * priceUsd;
            cashUsd += valueUsd;
            marginCashUsd += held.getQuantity() > 0 ? valueUsd * held.getCollateralFactor() : valueUsd;
            balances.add(
                    PlainJson.toJson(held).put("priceUsd", orNull(priceUsd)).put("valueUsd", orNull(valueUsd)));
        }
        body.put("cashUsd", orNull(cashUsd)).put("marginCashUsd", orNull(marginCashUsd));
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private static void addAll(ArrayNode array, Set<String> names) {
        names.forEach(array::add);
    }

    /** An object with the fields of a record, of which nothing can be said. */
    private static ObjectNode nulls(Schema schema) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        schema.getFields().forEach(field -> object.putNull(field.name()));
        return object;
    }
}
