package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.OptionExpiry;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionGreeks;
import io.plimsoll.schemas.avro.OptionStrike;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** What can be asked of options. */
final class OptionOperations {

    private static final Shape UNDERLYING = Shapes.state("Options", OptionExposure.getClassSchema());

    private static final Parameter UNDERLYING_ID = Parameter.path("id", "Underlying, venue:asset.", "deribit:BTC");

    static final Operation UNDERLYINGS = Operation.get(
                    "/api/v1/options", "listOptions", MarketOperations.TAG, "What options add, by underlying")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER, ApiParameters.SCOPE)
            .answering(
                    "Underlyings by id.", Shapes.list("Underlyings", "Underlyings by id.", "underlyings", UNDERLYING))
            .asTable(Table.of("underlyings"));

    static final Operation ONE = Operation.get(
                    "/api/v1/options/{id}",
                    "getOptions",
                    MarketOperations.TAG,
                    "What the options on one asset at one venue add")
            .with(UNDERLYING_ID, ApiParameters.SCOPE)
            .answering("Their greeks, and what hedging them would trade.", UNDERLYING)
            .asTable(Table.within("deltaHedging"));

    /** What of the record is said in each row of the table. */
    static final Set<String> OF_THE_WHOLE = Set.of(
            "venue",
            "baseAsset",
            "asOfMs",
            "stalenessMs",
            "formulaVersion",
            "coverage",
            "optionsLeftOut",
            "optionsUnreported",
            "indexPrice");

    static final Operation STRIKES = Operation.get(
                    "/api/v1/options/{id}/strikes",
                    "listOptionStrikes",
                    MarketOperations.TAG,
                    "What the options on one asset at one venue add, by strike")
            .with(UNDERLYING_ID, ApiParameters.SCOPE)
            .answering(
                    "Their greeks by strike.",
                    Shape.object(
                            "OptionStrikes",
                            "Greeks of options by strike, all expiries together.",
                            by(
                                    "strikes",
                                    "By strike, the lowest first.",
                                    "StrikeGreeks",
                                    "Greeks of the options of one strike.",
                                    OptionStrike.getClassSchema())))
            .asTable(Table.within("strikes"));

    static final Operation EXPIRIES = Operation.get(
                    "/api/v1/options/{id}/expiries",
                    "listOptionExpiries",
                    MarketOperations.TAG,
                    "What the options on one asset at one venue add, by expiry")
            .with(UNDERLYING_ID, ApiParameters.SCOPE)
            .answering(
                    "Their greeks by expiry.",
                    Shape.object(
                            "OptionExpiries",
                            "Greeks of options by expiry, all strikes together.",
                            by(
                                    "expiries",
                                    "By expiry, the nearest first.",
                                    "ExpiryGreeks",
                                    "Greeks of the options of one expiry.",
                                    OptionExpiry.getClassSchema())))
            .asTable(Table.within("expiries"));

    static final List<Operation> ALL = List.of(UNDERLYINGS, ONE, STRIKES, EXPIRIES);

    private OptionOperations() {}

    /** What holds of the whole, and a list of greeks, each beside what tells it from the others. */
    private static List<Field> by(String list, String says, String rowName, String rowSays, Schema each) {
        List<Field> fields = new ArrayList<>();
        fields.add(Shapes.ID);
        AvroShape.fields(OptionExposure.getClassSchema()).stream()
                .filter(field -> OF_THE_WHOLE.contains(field.name()))
                .forEach(fields::add);
        fields.add(Shapes.AGE_MS);
        fields.add(Shapes.STALE_ONE);
        fields.add(Shapes.SERVED_BY);
        List<Field> row = new ArrayList<>(AvroShape.fields(each, Set.of("greeks")));
        row.addAll(AvroShape.fields(OptionGreeks.getClassSchema()));
        fields.add(Field.of(list, Shape.list(says, Shape.object(rowName, rowSays, row))));
        return fields;
    }
}
