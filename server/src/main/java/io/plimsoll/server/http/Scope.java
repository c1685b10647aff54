package io.plimsoll.server.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose states a request is about. */
enum Scope {
    /** Those of all instances, as people ask. */
    ALL,
    /** Those that this instance holds, as instances ask each other. */
    LOCAL,
    /** Copies that this instance keeps of what others hold. */
    COPY;

    static final List<String> LABELS = Stream.of(LOCAL, COPY).map(Scope::label).toList();

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scope of(Context context) {
        return of(context.queryParam(Parameters.SCOPE));
    }

    /** The scope of that label; null: all. */
    static Scope of(@Nullable String label) {
        return label == null
                ? ALL
                : valueOf(Parameters.oneOf(Parameters.SCOPE, label, LABELS).toUpperCase(Locale.ROOT));
    }
}
