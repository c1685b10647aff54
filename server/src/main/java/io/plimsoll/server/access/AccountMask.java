package io.plimsoll.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts pseudonyms in place of accounts, in any answer: it takes for an account what a field says is one, and in every text
 * whatever has the form venue:name and is not a market that is known. So what it does not know it hides. Masking twice is
 * the same as once: what other instances have masked already stays as it is.
 */
public final class AccountMask {

    /** A name ends where a sentence or a list goes on. */
    private static final Pattern NAME = Pattern.compile("([\\w.-]+):([^\\s\"|',;/()\\[\\]{}<>]+)");

    private static final Pattern SENTENCE_END = Pattern.compile("[.:!?]+$");

    private final AccountNames names;
    private final Set<String> venues;
    private final Predicate<String> market;

    /**
     * A mask for one answer.
     *
     * @param venues known venues
     * @param market whether there is a market venue:symbol
     */
    public AccountMask(AccountNames names, Set<String> venues, Predicate<String> market) {
        this.names = names;
        this.venues = venues;
        this.market = market;
    }

    /** The same with pseudonyms. */
    public JsonNode masked(JsonNode node) {
        return masked(node, AccountsIn.of(node));
    }

    private JsonNode masked(JsonNode node, AccountsIn found) {
        if (node.isTextual()) {
            return TextNode.valueOf(text(node.asText(), found));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(item -> copy.add(masked(item, found)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean whole = AccountsIn.isBareName(field.getKey(), value)
                    || (value.isTextual() && AccountsIn.isHashOfOne(object, field.getKey()));
            copy.set(
                    text(field.getKey(), found),
                    whole ? TextNode.valueOf(pseudonym(value.asText())) : masked(value, found));
        });
        return copy;
    }

    /** The same with pseudonyms, of a text alone. */
    public String text(String text) {
        return text(text, AccountsIn.NONE);
    }

    private String text(String text, AccountsIn found) {
        if (found.names().contains(text)) {
            return ofFullName(text);
        }
        if (text.indexOf(':') < 0) {
            return text;
        }
        String masked = NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(name(match, found)));
        // Names with blanks and the like are found only where a field has told of them.
        for (String name : found.names()) {
            masked = masked.replace(name, ofFullName(name));
        }
        return masked;
    }

    private String name(MatchResult match, AccountsIn found) {
        String venue = match.group(1);
        if (!venues.contains(venue) && !found.venues().contains(venue)) {
            return match.group();
        }
        Matcher end = SENTENCE_END.matcher(match.group(2));
        String rest = end.find() ? match.group(2).substring(0, end.start()) : match.group(2);
        String after = match.group(2).substring(rest.length());
        int at = rest.lastIndexOf('@');
        if (rest.isEmpty() || isMarket(venue, rest) || (at > 0 && isMarket(venue, rest.substring(0, at)))) {
            return match.group();
        }
        return ofFullName(venue + ":" + rest) + after;
    }

    private boolean isMarket(String venue, String symbol) {
        return market.test(venue + ":" + symbol);
    }

    /** Of venue:account, or of venue:account:symbol. */
    private String ofFullName(String name) {
        int first = name.indexOf(':');
        int last = name.lastIndexOf(':');
        String venue = name.substring(0, first);
        return last > first && isMarket(venue, name.substring(last + 1))
                ? venue + ":" + pseudonym(name.substring(first + 1, last)) + name.substring(last)
                : venue + ":" + pseudonym(name.substring(first + 1));
    }

    private String pseudonym(String account) {
        return names.original(account).isPresent() ? account : names.pseudonym(account);
    }
}
