package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How a list of accounts is ordered; what deserves attention comes first. */
enum AccountOrder {

    /** By the size of the common move that liquidates it, rising; those that none does come last. */
    DISTANCE("distance") {
        @Override
        double rank(JsonNode value) {
            return value.isNumber() ? Math.abs(value.asDouble()) : Double.POSITIVE_INFINITY;
        }
    },

    /** By margin ratio, falling; no backing at all comes first. */
    RATIO("marginRatio") {
        @Override
        double rank(JsonNode value) {
            return value.isNumber() ? -value.asDouble() : Double.NEGATIVE_INFINITY;
        }
    },

    /** By equity, the largest first. */
    EQUITY("equityUsd"),

    /** By what would be sold or bought first, the largest first. */
    FORCED("forcedNotionalUsd");

    private final String field;

    AccountOrder(String field) {
        this.field = field;
    }

    double rank(JsonNode value) {
        return -value.asDouble();
    }

    /** Order of accounts as JSON; those of equal rank by id. */
    Comparator<JsonNode> comparator() {
        return Comparator.<JsonNode>comparingDouble(account -> rank(account.path(field)))
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
