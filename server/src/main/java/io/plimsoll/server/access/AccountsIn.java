package io.plimsoll.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What fields of an answer say of accounts.
 *
 * @param names venue:account, the longest first
 * @param venues venues named beside them
 */
record AccountsIn(Set<String> names, Set<String> venues) {

    /** Nothing. */
    static final AccountsIn NONE = new AccountsIn(Set.of(), Set.of());

    static AccountsIn of(JsonNode node) {
        AccountsIn found = new AccountsIn(
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder())),
                new HashSet<>());
        found.collect(node);
        return found;
    }

    /** Ids of alerts are hashes of what they are about: whoever knows an account could find its alert by it. */
    static boolean isHashOfOne(ObjectNode object, String field) {
        return switch (field) {
            case "id", "parent" -> object.has("ruleId") && object.has("subject");
            case "target" -> object.has("action") && object.path(field).asText().indexOf('|') < 0;
            default -> false;
        };
    }

    /** An account whose venue stands elsewhere. */
    static boolean isBareName(String field, JsonNode value) {
        return isAccount(field) && value.isTextual() && value.asText().indexOf(':') < 0;
    }

    private static boolean isAccount(String field) {
        return field.equals("account") || field.endsWith("Account");
    }

    private void collect(JsonNode node) {
        node.forEach(this::collect);
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        object.properties().forEach(field -> {
            String name = field.getKey();
            if (isAccount(name)) {
                take(field.getValue().asText(""));
            } else if (name.equals("removedAccounts")) {
                field.getValue().forEach(account -> take(account.asText("")));
            } else if (name.equals("venue") && field.getValue().isTextual()) {
                venues.add(field.getValue().asText());
            }
        });
        String kind = object.path("kind").asText("");
        if (kind.equals("ACCOUNT")) {
            take(object.path("subject").asText(""));
        } else if (kind.equals("account") && object.path("name").asText("").indexOf(':') > 0) {
            take(object.path("name").asText());
        }
        if (object.path("venue").isTextual() && object.path("account").isTextual()) {
            take(object.path("venue").asText() + ":" + object.path("account").asText());
        }
    }

    private void take(String account) {
        int separator = account.indexOf(':');
        if (separator > 0) {
            names.add(account);
            venues.add(account.substring(0, separator));
        }
    }
}
