package io.plimsoll.server.http;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the caller whom this thread answers has proved himself with. Other instances are asked in his name, so that they
 * allow and mask as this one does; a request that is forgotten here is refused there.
 */
final class CallersCredentials {

    private record Given(
            @Nullable String authorization, @Nullable String apiKey) {}

    private static final Given NOTHING = new Given(null, null);
    private static final ThreadLocal<Given> OF_THREAD = ThreadLocal.withInitial(() -> NOTHING);

    private CallersCredentials() {}

    static void remember(@Nullable String authorization, @Nullable String apiKey) {
        OF_THREAD.set(new Given(authorization, apiKey));
    }

    /** The task on another thread, in the name of this thread's caller. */
    static Runnable carriedOver(Runnable task) {
        Given given = OF_THREAD.get();
        return () -> {
            OF_THREAD.set(given);
            task.run();
        };
    }

    static void forget() {
        OF_THREAD.remove();
    }

    /** The request in the caller's name. */
    static HttpRequest.Builder on(HttpRequest.Builder request) {
        Given given = OF_THREAD.get();
        if (given.authorization() != null) {
            request.header(AccessGuard.AUTHORIZATION, given.authorization());
        }
        if (given.apiKey() != null) {
            request.header(AccessGuard.API_KEY, given.apiKey());
        }
        return request;
    }
}
