package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.plimsoll.server.access.AccessDenied;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error as problem+json: our own, Javalin's, and what nobody has foreseen. */
final class ProblemAnswers {

    static final String TYPE = "application/problem+json";

    /** What is wrong where nothing else is: there is no such path. */
    static final String PATH = "path";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final int SERVER_ERROR = 500;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final ObjectMapper json;
    private final Supplier<String> servedBy;

    /** Takes the address of this instance as well, which is named where something is wrong with the server. */
    ProblemAnswers(ObjectMapper json, Supplier<String> servedBy) {
        this.json = json;
        this.servedBy = servedBy;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(
                Problem.class,
                (problem, context) -> answer(
                        context,
                        problem.status(),
                        problem.title(),
                        String.valueOf(problem.getMessage()),
                        problem,
                        null));
        routes.exception(AccessDenied.class, (denied, context) -> {
            if (denied.challenge() != null) {
                context.header("WWW-Authenticate", denied.challenge());
            }
            answer(context, denied.status(), denied.title(), String.valueOf(denied.getMessage()), null, null);
        });
        routes.exception(HttpResponseException.class, (error, context) -> {
            String methods = error.getDetails().get("availableMethods");
            if (error.getStatus() == METHOD_NOT_ALLOWED && methods != null) {
                context.header("Allow", methods);
            }
            answer(
                    context,
                    error.getStatus(),
                    String.valueOf(error.getMessage()),
                    context.method() + " " + context.path() + ": " + error.getMessage(),
                    null,
                    error.getStatus() == Problem.NOT_FOUND ? PATH : null);
        });
        routes.exception(Exception.class, (error, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), error);
            answer(context, SERVER_ERROR, "Internal error", error.getClass().getSimpleName(), null, null);
        });
    }

    private void answer(
            Context context,
            int status,
            String title,
            String detail,
            @Nullable Problem problem,
            @Nullable String wrong) {
        ObjectNode body = body(json, status, title, detail).put("instance", context.path());
        if (status >= SERVER_ERROR) {
            body.put("servedBy", servedBy.get());
        }
        if (problem != null) {
            if (!problem.known().isEmpty()) {
                problem.known().forEach(body.putArray("known")::add);
            }
            String parameter = problem.parameter() == null ? ofPath(context, problem) : problem.parameter();
            if (parameter != null) {
                body.put("parameter", parameter);
            }
        }
        if (wrong != null) {
            body.put("parameter", wrong);
        }
        if (status == Problem.UNAVAILABLE || status == Problem.TOO_MANY_REQUESTS) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        context.status(status)
                .contentType(TYPE)
                .result(ReadersView.of(context).ofProblem(body).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Where nothing of a name is known, the name is that in the path. */
    private static @Nullable String ofPath(Context context, Problem problem) {
        Operation operation = Operations.of(context);
        if (operation == null || problem.status() != Problem.NOT_FOUND) {
            return null;
        }
        return operation.parameters().stream()
                .filter(parameter -> parameter.in() == Parameter.Place.PATH)
                .map(Parameter::name)
                .findFirst()
                .orElse(null);
    }

    static ObjectNode body(ObjectMapper json, int status, String title, String detail) {
        return json.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }
}
