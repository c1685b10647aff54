package io.plimsoll.server.openapi;

import org.jspecify.annotations.Nullable;

/**
 * What an operation answers when all is well.
 *
 * @param type media type
 * @param shape null: it is no JSON but text
 */
public record Answer(
        int status,
        String description,
        String type,
        @Nullable Shape shape) {

    /** JSON. */
    public static final String JSON = "application/json";

    static Answer json(int status, String description, Shape shape) {
        return new Answer(status, description, JSON, shape);
    }
}
