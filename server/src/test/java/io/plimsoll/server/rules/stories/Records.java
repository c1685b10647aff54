package io.plimsoll.server.rules.stories;

import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of the contract with all that a story does not care about filled in. */
final class Records {

    private Records() {}

    /** A linear perpetual in dollars with one margin tier: its maintenance is half of what the highest leverage leaves. */
    static Instrument instrument(String venue, String symbol, double maxLeverage) {
        return new Instrument(
                venue,
                symbol,
                ContractKind.LINEAR_PERPETUAL,
                symbol,
                "USDC",
                "USDC",
                1.0,
                4,
                List.of(new MarginTier(0.0, 1 / (2 * maxLeverage), null, maxLeverage)),
                null,
                TriggerPrice.MARK,
                OpenInterestUnit.BASE,
                OpenInterestSides.SINGLE,
                0.0001,
                0.0005,
                MarginModel.GENERIC,
                0.0,
                0.0,
                8,
                false);
    }

    static Price price(String venue, String symbol, double mark, double openInterest) {
        return new Price(venue, symbol, mark, null, null, null, openInterest, 1.0, null, null);
    }

    /** A price with a funding rate per so many hours. */
    static Price funding(String venue, String symbol, double mark, double rate, double hours) {
        return new Price(venue, symbol, mark, null, rate, hours, 3e5, 1.0, null, null);
    }

    /** A position; a margin of null: it shares the account's cash. */
    static Position position(
            String venue, String account, String symbol, double size, double entry, @Nullable Double margin) {
        return new Position(
                venue,
                account,
                symbol,
                size,
                entry,
                margin == null ? MarginMode.CROSS : MarginMode.ISOLATED,
                margin,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
