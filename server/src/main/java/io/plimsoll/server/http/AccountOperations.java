package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.PositionRisk;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import io.plimsoll.topology.avro.HeldBalance;
import io.plimsoll.topology.avro.HeldPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What can be asked of accounts. */
final class AccountOperations {

    private static final String TAG = "accounts";

    static final Operation NEAREST = Operation.get(
                    "/api/v1/accounts", "listAccounts", TAG, "The accounts near their line, the nearest first")
            .saying("Accounts in WATCH or worse; those that are OK are in no list.")
            .with(
                    Parameter.choice("sort", "What comes first.", AccountOrder.labels()),
                    Parameter.text("venue", "Only of this venue.", ""),
                    Parameter.choice("state", "Only of this state.", NearestAccounts.STATES),
                    ApiParameters.MARKETS.described(
                            "Only accounts with a position in one of these markets, venue:symbol, separated by commas."),
                    ApiParameters.limit(NearestAccounts.UNLESS_TOLD, NearestAccounts.MOST),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering(
                    "Accounts in the order asked for.",
                    Shapes.list(
                            "Accounts",
                            "Accounts in the order asked for.",
                            "accounts",
                            Shapes.state("NearAccount", AccountRisk.getClassSchema()),
                            Field.of("covers", Shape.text("Which accounts the list is made of.")),
                            Field.of("sort", Shape.text("As asked.")),
                            Field.of("venue", Shape.nullable(Shape.text("As asked."))),
                            Field.of("state", Shape.nullable(Shape.text("As asked."))),
                            Field.of(
                                    "accountsByState",
                                    Shape.map(
                                            "How many there are by state, whatever the limit.",
                                            Shape.whole("Accounts, count.")))))
            .asTable(Table.of("accounts"));

    static final Operation ONE = Operation.get("/api/v1/accounts/{id}", "getAccount", TAG, "One account in full")
            .saying("At present prices. Where a price is missing, what needs it is null.")
            .with(Parameter.path("id", "Account, venue:account.", "hyperliquid:0xabc"), ApiParameters.SCOPE)
            .answering("The account.", Shape.object("Account", "An account at present prices.", account()));

    static final List<Operation> ALL = List.of(NEAREST, ONE);

    private AccountOperations() {}

    private static List<Field> account() {
        List<Field> fields = new ArrayList<>();
        fields.add(Shapes.ID);
        fields.addAll(AvroShape.nullableFields(AccountRisk.getClassSchema(), Set.of("positions")));
        fields.add(Field.of("positions", Shape.list("As held.", position())));
        fields.add(Field.of("balances", Shape.list("As held.", balance())));
        fields.add(
                Field.of("cashUsd", Shape.nullable(Shape.number("Sum of the balances, USD; debts count negative."))));
        fields.add(Field.of(
                "marginCashUsd",
                Shape.nullable(Shape.number("Sum of the balances less haircuts, USD; debts count negative."))));
        fields.add(
                Field.of("missingPrices", Shape.list("Markets without a price.", Shape.text("Market, venue:symbol."))));
        fields.add(Field.of(
                "missingInstruments",
                Shape.list("Markets of which nothing is known.", Shape.text("Market, venue:symbol."))));
        fields.addAll(List.of(
                Shapes.COMPLETE, Shapes.MISSING, Shapes.STALE, Shapes.STALE_PARTS, Shapes.SERVED_BY, Shapes.AGE_MS));
        return fields;
    }

    private static Shape position() {
        List<Field> fields = new ArrayList<>();
        Set<String> held = Set.of("symbol", "size", "venueLiquidationPrice");
        fields.add(Field.of("symbol", Shape.text("Instrument's symbol.")));
        fields.addAll(AvroShape.nullableFields(PositionRisk.getClassSchema(), Set.of("symbol")));
        fields.add(Field.of(
                "priceTimeMs", Shape.nullable(Shape.whole("Event time of the mark price, epoch milliseconds."))));
        fields.add(Field.of("contracts", Shape.number("Size in contracts, positive long.")));
        fields.add(Field.of(
                "marginMode",
                Shape.oneOf(
                        "Whether the account's collateral stands behind it.",
                        Arrays.stream(MarginMode.values()).map(MarginMode::name).toList())));
        fields.addAll(AvroShape.fields(HeldPosition.getClassSchema(), held));
        return Shape.object("AccountPosition", "A position as it is held, and its risk.", fields);
    }

    private static Shape balance() {
        List<Field> fields = new ArrayList<>(
                AvroShape.fields(HeldBalance.getClassSchema(), Set.of("collateralFactor", "unitPriceUsd")));
        fields.add(Field.of(
                "collateralFactor", Shape.number("Share of the value that counts as collateral, a fraction 0 to 1.")));
        fields.add(Field.of("unitPriceUsd", Shape.number("Price of a unit as it was reported with the balance, USD.")));
        fields.add(Field.of("priceUsd", Shape.nullable(Shape.number("Price of a unit, USD."))));
        fields.add(
                Field.of("valueUsd", Shape.nullable(Shape.number("Value before haircut, USD; negative is a debt."))));
        return Shape.object("AccountBalance", "A balance as it is held.", fields);
    }
}
