package io.plimsoll.server.openapi;

/**
 * A member of a JSON object.
 *
 * @param required whether it is always there, if as null
 */
public record Field(String name, Shape shape, boolean required) {

    /** A member that is always there. */
    public static Field of(String name, Shape shape) {
        return new Field(name, shape, true);
    }

    /** A member that may be left out. */
    public static Field optional(String name, Shape shape) {
        return new Field(name, shape, false);
    }
}
