package io.plimsoll.server.http;

import io.plimsoll.connectors.NearestName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, as problem+json (RFC 9457). */
final class Problem extends RuntimeException {

    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int NOT_ACCEPTABLE = 406;
    static final int TOO_MANY_REQUESTS = 429;
    static final int BAD_GATEWAY = 502;
    static final int UNAVAILABLE = 503;
    static final int MISDIRECTED = 421;
    private static final int GATEWAY_TIMEOUT = 504;

    private static final int NEIGHBOURS = 5;
    private static final int SHOWN = 120;

    private final int status;
    private final String title;
    private final List<String> known;
    private final @Nullable String parameter;

    private Problem(int status, String title, String detail, List<String> known) {
        this(status, title, detail, known, null);
    }

    private Problem(int status, String title, String detail, List<String> known, @Nullable String parameter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.known = List.copyOf(known);
        this.parameter = parameter;
    }

    /** The id is of nothing; some that are of something are named. */
    static Problem unknown(String what, String id, List<String> known) {
        String detail = known.isEmpty()
                ? "there is no " + what + " " + shown(id) + "; none is known yet"
                : "there is no " + what + " " + shown(id) + "; known are for example " + String.join(", ", known);
        return new Problem(NOT_FOUND, "Unknown " + what, detail, known);
    }

    /** The page has no file of this name. */
    static Problem noSuchFile(String name) {
        return new Problem(NOT_FOUND, "Unknown file", "the page has no file " + name, List.of());
    }

    static Problem badParameter(String name, String value, String allowed) {
        return new Problem(
                BAD_REQUEST,
                "Bad parameter",
                "parameter " + name + " is \"" + shown(value) + "\", allowed is " + allowed,
                List.of(),
                name);
    }

    /** The value is none of the names; the nearest is named first. */
    static Problem badParameter(String name, String value, Collection<String> names) {
        return new Problem(
                BAD_REQUEST,
                "Bad parameter",
                "parameter " + name + " is \"" + shown(value) + "\", " + NearestName.allowed(value, names),
                NearestName.neighbours(value, names, names.size()),
                name);
    }

    /** There is no such parameter; the nearest is named first. */
    static Problem unknownParameter(String name, Collection<String> names) {
        return new Problem(
                BAD_REQUEST,
                "Unknown parameter",
                "there is no parameter " + shown(name) + ", " + NearestName.allowed(shown(name), names),
                NearestName.neighbours(shown(name), names, names.size()),
                shown(name));
    }

    /** A parameter that must be there is not. */
    static Problem missingParameter(String name) {
        return new Problem(BAD_REQUEST, "Missing parameter", "parameter " + name + " is missing", List.of(), name);
    }

    /** The value is of nothing; some that are of something are named. */
    static Problem unknownValue(String name, String value, Collection<String> known) {
        List<String> nearest = NearestName.neighbours(value, known, NEIGHBOURS);
        return new Problem(
                BAD_REQUEST,
                "Bad parameter",
                "parameter " + name + " has \"" + shown(value) + "\", of which nothing is known; known are for example "
                        + (nearest.isEmpty() ? "none yet" : String.join(", ", nearest)),
                nearest,
                name);
    }

    /** There is no answer of the media types that are asked for. */
    static Problem notAcceptable(String asked, Collection<String> types) {
        return new Problem(
                NOT_ACCEPTABLE,
                "Not acceptable",
                "header Accept is \"" + shown(asked) + "\", the answer can be " + String.join(" or ", types),
                List.copyOf(types),
                "Accept");
    }

    /** The request's body cannot be used. */
    static Problem badBody(String detail) {
        return new Problem(BAD_REQUEST, "Bad request", detail, List.of());
    }

    /** State is on its way between instances or threads: ask again. */
    static Problem moving() {
        return new Problem(
                UNAVAILABLE, "Not ready", "the monitor is starting or moving its state; ask again", List.of());
    }

    /** The client asks too often. */
    static Problem tooManyRequests(int most) {
        return new Problem(
                TOO_MANY_REQUESTS,
                "Too many requests",
                "more than " + most + " requests in a second from this address (http.requestsPerSecond)",
                List.of());
    }

    /** There is no room for one more. */
    static Problem tooMany(String detail) {
        return new Problem(UNAVAILABLE, "Too many", detail, List.of());
    }

    /** The instance that is needed cannot answer, and nobody has a copy. */
    static Problem ofInstance(String instance, Trouble trouble) {
        String holder = "the instance " + instance + " that holds this ";
        return switch (trouble) {
            case TIMEOUT ->
                new Problem(GATEWAY_TIMEOUT, "Instance too slow", holder + "has not answered in time", List.of());
            case NOT_ASKED ->
                new Problem(
                        UNAVAILABLE,
                        "Instance too slow",
                        holder + "has not answered a moment ago and is left alone for a while; ask again",
                        List.of());
            case BUSY ->
                new Problem(
                        UNAVAILABLE,
                        "Instance too slow",
                        holder + "has too many requests to answer; ask again",
                        List.of());
            case MOVING, RESTORING ->
                new Problem(UNAVAILABLE, "Not ready", holder + "is starting or moving its state; ask again", List.of());
            case UNREACHABLE, BAD_ANSWER ->
                new Problem(BAD_GATEWAY, "Instance not reachable", holder + "does not answer", List.of());
        };
    }

    /** One instance has asked another for what is not there, or no longer. */
    static Problem notHeld(String instance, String key) {
        return new Problem(
                MISDIRECTED, "Not held here", "the instance " + instance + " does not hold " + key, List.of());
    }

    /** The same, because of this parameter. */
    Problem by(String name) {
        return new Problem(status, title, String.valueOf(getMessage()), known, name);
    }

    /** Name of the parameter that is wrong; null: none is. */
    @Nullable
    String parameter() {
        return parameter;
    }

    /** What was given, as far as it is worth showing: whoever sends more than that knows what he sends. */
    private static String shown(String given) {
        return given.length() <= SHOWN ? given : given.substring(0, SHOWN) + "...";
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    List<String> known() {
        return known;
    }
}
