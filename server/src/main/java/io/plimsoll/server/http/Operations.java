package io.plimsoll.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.plimsoll.server.openapi.Answer;
import io.plimsoll.server.openapi.Columns;
import io.plimsoll.server.openapi.OpenApiDocument;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Makes routes of operations. Each checks its parameters by what the operation, and so the document, says of them. */
final class Operations {

    private static final String ASKED = "plimsoll.operation";

    /** Below it media types are chosen; probes of health and of metrics ask for all sorts of things. */
    private static final String API = "/api/";

    private final RoutesConfig routes;
    private final OpenApiDocument document;
    private final AnswerMemory memory;
    private final Set<Operation> added = new HashSet<>();

    /**
     * Routes.
     *
     * @param document of the same operations
     * @param memory of their answers
     */
    Operations(RoutesConfig routes, OpenApiDocument document, AnswerMemory memory) {
        this.routes = routes;
        this.document = document;
        this.memory = memory;
    }

    /** Adds the route of an operation. */
    void add(Operation operation, Handler handler) {
        if (!added.add(operation)) {
            throw new IllegalStateException(operation.id() + " is added twice");
        }
        HandlerType method = switch (operation.method()) {
            case GET -> HandlerType.GET;
            case POST -> HandlerType.POST;
            case DELETE -> HandlerType.DELETE;
        };
        Columns columns = operation.table() == null ? null : document.columns(operation);
        routes.addHttpHandler(method, operation.path(), context -> {
            context.attribute(ASKED, operation);
            if (!operation.path().startsWith(API)) {
                check(context, operation);
                handler.handle(context);
                return;
            }
            String type = Answers.prepare(context, operation.type(), columns);
            check(context, operation);
            Callable<Optional<RenderedAnswer>> maker = () -> {
                handler.handle(context);
                return Answers.given(context);
            };
            if (isSharable(context, operation)) {
                memory.answer(AnswerMemory.Question.of(context, type), maker).ifPresent(found -> send(context, found));
            } else {
                maker.call().ifPresent(answer -> answer.sendTo(context));
            }
        });
    }

    /** Others who ask the same are answered the same; other instances want what is here now. */
    private static boolean isSharable(Context context, Operation operation) {
        return operation.method() == Operation.Method.GET
                && operation.type().equals(Answer.JSON)
                && !Parameters.isLocalOnly(context)
                && context.header(Deadline.HEADER) == null;
    }

    private static void send(Context context, AnswerMemory.Remembered found) {
        if (!found.age().isZero()) {
            context.header("Age", Long.toString(found.age().toSeconds()));
        }
        found.answer().sendTo(context);
    }

    /** Checks that what the document tells of is there, and nothing else. */
    void requireExactly(Collection<Operation> operations) {
        if (!added.equals(Set.copyOf(operations))) {
            throw new IllegalStateException("there are operations without a route or routes without an operation");
        }
    }

    /** The operation that a request asks for; null: none. */
    static @Nullable Operation of(Context context) {
        return context.attribute(ASKED);
    }

    private static void check(Context context, Operation operation) {
        for (Parameter parameter : operation.parameters()) {
            switch (parameter.in()) {
                case PATH -> check(parameter, context.pathParam(parameter.name()));
                case HEADER -> {
                    String value = context.header(parameter.name());
                    if (value != null) {
                        check(parameter, value);
                    }
                }
                case QUERY -> {}
            }
        }
        Map<String, List<String>> query = QueryText.of(context.queryString());
        for (Map.Entry<String, List<String>> given : query.entrySet()) {
            Parameter parameter = operation.parameter(given.getKey(), Parameter.Place.QUERY);
            if (parameter == null) {
                throw Problem.unknownParameter(given.getKey(), operation.queryNames());
            }
            if (given.getValue().size() > 1) {
                throw Problem.badParameter(
                        parameter.name(), String.join("\" and \"", given.getValue()), "one value, or none");
            }
            check(parameter, given.getValue().get(0));
        }
        List<String> missing = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.required()
                    && parameter.in() == Parameter.Place.QUERY
                    && !query.containsKey(parameter.name())) {
                missing.add(parameter.name());
            }
        }
        if (!missing.isEmpty()) {
            throw Problem.missingParameter(missing.get(0));
        }
    }

    private static void check(Parameter parameter, String value) {
        if (parameter.takes().test(value)) {
            return;
        }
        if (parameter.names().isEmpty()) {
            throw Problem.badParameter(parameter.name(), value, parameter.allowed());
        }
        String wrong = List.of(value.split(",")).stream()
                .filter(part -> !parameter.takes().test(part))
                .findFirst()
                .orElse(value);
        throw Problem.badParameter(parameter.name(), wrong.trim(), parameter.names());
    }
}
