package io.plimsoll.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.plimsoll.server.access.Access;
import io.plimsoll.server.access.AccountNames;
import io.plimsoll.server.access.Caller;
import io.plimsoll.server.config.Role;
import io.plimsoll.server.monitor.Instruments;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every route: whoever only looks has to be a reader, whoever changes something an operator. What is otherwise
 * is said here, so that a route that nobody thought of is closed.
 */
final class AccessGuard {

    static final String API_KEY = "X-API-Key";
    static final String AUTHORIZATION = "Authorization";

    private static final String CALLER = "plimsoll.caller";
    private static final Set<String> OPEN = Set.of("/", "/page/<path>", "/health/live", "/health/ready");
    /** A scenario changes nothing, nor does asking a registry by a schema under which id it has it. */
    private static final Set<String> READING_BY_POST = Set.of("/api/v1/scenarios", "/subjects/{subject}");

    private final Access access;
    private final Supplier<Instruments> instruments;

    /** Takes the instruments as well, by which markets are told from accounts; they may be a problem. */
    AccessGuard(Access access, Supplier<Instruments> instruments) {
        this.access = access;
        this.instruments = instruments;
    }

    void addTo(RoutesConfig routes) {
        routes.beforeMatched(this::check);
        routes.after(context -> CallersCredentials.forget());
    }

    private void check(Context context) {
        Endpoint asked = context.endpoints().matchedHttpEndpoint();
        Role needed = needed(context.method(), asked == null ? "" : asked.path);
        String authorization = context.header(AUTHORIZATION);
        String apiKey = context.header(API_KEY);
        Caller caller = access.caller(authorization, apiKey, needed);
        context.attribute(CALLER, caller);
        CallersCredentials.remember(authorization, apiKey);
        AccountNames names = access.namesFor(caller);
        if (names != null) {
            context.attribute(ReadersView.OF_CALLER, new ReadersView(names, instruments));
        }
    }

    /** What a route asks for, by its path as it was declared. */
    Role needed(HandlerType method, String path) {
        if (OPEN.contains(path) || method == HandlerType.OPTIONS) {
            return Role.ANYONE;
        }
        if (path.equals("/metrics")) {
            return access.metricsRole();
        }
        boolean looks = method == HandlerType.GET || method == HandlerType.HEAD;
        return looks || (method == HandlerType.POST && READING_BY_POST.contains(path)) ? Role.READER : Role.OPERATOR;
    }

    /** Under which name the caller is known; null: nobody asked him. */
    static @Nullable String callersName(Context context) {
        Caller caller = context.attribute(CALLER);
        return caller == null ? null : caller.name();
    }
}
