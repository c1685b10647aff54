package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.Keys;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.topology.AccountRiskSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.AccountBook;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Single accounts, and the list of those near their line. */
final class AccountRoutes {

    private static final int NEIGHBOURS = 5;

    private final StateApi api;
    private final AccountRiskSettings settings;
    private final Supplier<Instruments> instruments;
    private final NearestAccounts nearest;

    /** Takes the instruments as well; they may be a problem while they are being read. */
    AccountRoutes(StateApi api, AccountRiskSettings settings, Supplier<Instruments> instruments, KnownMarkets known) {
        this.api = api;
        this.settings = settings;
        this.instruments = instruments;
        this.nearest = new NearestAccounts(api, () -> instruments.get().venues(), known);
    }

    void addTo(Operations routes) {
        routes.add(AccountOperations.NEAREST, nearest::answer);
        routes.add(AccountOperations.ONE, this::account);
    }

    private void account(Context context) {
        String id = ReadersView.of(context).meant(context.pathParam("id"));
        api.answerOne(
                context,
                MonitorStores.ACCOUNTS,
                id,
                from -> from.get(MonitorStores.ACCOUNTS, MonitorStores.ACCOUNT_TYPE, id)
                        .map(book -> body(from, context, id, book)),
                from -> Problem.unknown(
                        "account",
                        id,
                        from.keysNear(MonitorStores.ACCOUNTS, MonitorStores.ACCOUNT_TYPE, id, NEIGHBOURS)));
    }

    private ObjectNode body(StateReader from, Context context, String id, AccountBook book) {
        String venue = id.substring(0, id.indexOf(Keys.SEPARATOR));
        Set<String> markets = new TreeSet<>();
        book.getPositions().forEach(held -> markets.add(Keys.market(venue, held.getSymbol())));
        book.getBalances().forEach(held -> markets.add(Keys.market(venue, held.getAsset())));
        FoundStates states = api.states(context, "/api/v1/markets/");
        states.find(MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE, markets);
        ObjectNode body = api.object().put("id", id);
        body.setAll(new AccountAnswer(settings, instruments.get()::terms, new MarketPrices(states::state))
                .fields(
                        id,
                        book,
                        from.get(MonitorStores.ACCOUNT_RISKS, MonitorStores.ACCOUNT_RISK_TYPE, id)
                                .orElse(null)));
        states.addTo(body);
        return api.withAge(body);
    }
}
