package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.topology.accounts.NearAccount;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How a list of accounts is ordered; what deserves attention comes first. */
enum AccountOrder {

    /** By the size of the common move that liquidates it, rising; those that none does come last. */
    DISTANCE("distance", NearAccount::distance) {
        @Override
        double rank(double value) {
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
        }
    },

    /** By margin ratio, falling; no backing at all comes first. */
    RATIO("marginRatio", NearAccount::marginRatio) {
        @Override
        double rank(double value) {
            return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : -value;
        }
    },

    /** By equity, the largest first. */
    EQUITY("equityUsd", NearAccount::equityUsd),

    /** By what would be sold or bought first, the largest first. */
    FORCED("forcedNotionalUsd", NearAccount::forcedNotionalUsd);

    private final String field;

    private final ToDoubleFunction<NearAccount> value;

    AccountOrder(String field, ToDoubleFunction<NearAccount> value) {
        this.field = field;
        this.value = value;
    }

    /**
     * Lower comes first.
     *
     * @param value NaN: there is no such number
     */
    double rank(double value) {
        return -value;
    }

    /** An account's rank; lower comes first. */
    double rank(NearAccount account) {
        return rank(value.applyAsDouble(account));
    }

    /** The same of an account as JSON. */
    double rank(JsonNode account) {
        JsonNode given = account.path(field);
        return rank(given.isNumber() ? given.asDouble() : Double.NaN);
    }

    /** Order of accounts as JSON; those of equal rank by id. */
    Comparator<JsonNode> comparator() {
        return Comparator.<JsonNode>comparingDouble(this::rank)
                .thenComparing(account -> account.path("id").asText());
    }

    /** The same for pages. */
    Page.Order order() {
        return new Page.Order(comparator(), List.of(field, "id"));
    }

    /** Its name in a query. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(AccountOrder::label).toList();
    }
}
