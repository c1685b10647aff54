package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import java.util.List;

/** What can be asked of options. */
final class OptionOperations {

    private static final Shape UNDERLYING = Shapes.state("Options", OptionExposure.getClassSchema());

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
            .with(Parameter.path("id", "Underlying, venue:asset.", "deribit:BTC"), ApiParameters.SCOPE)
            .answering("Their greeks, and what hedging them would trade.", UNDERLYING)
            .asTable(Table.within("deltaHedging"));

    static final List<Operation> ALL = List.of(UNDERLYINGS, ONE);

    private OptionOperations() {}
}
