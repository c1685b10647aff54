package io.plimsoll.server.openapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path: the only place where its parameters, its body and its answers are told.
 *
 * @param path with parameters in braces, {@code /api/v1/markets/{id}}
 * @param id a name of its own: what a generated client calls it
 * @param tag the group that it is listed under
 * @param body null: it takes none
 * @param table how its answer becomes CSV; null: it does not
 */
public record Operation(
        Method method,
        String path,
        String id,
        String tag,
        String summary,
        String description,
        List<Parameter> parameters,
        @Nullable Shape body,
        List<Answer> answers,
        @Nullable Table table) {

    /** HTTP's methods, as far as they are used. */
    public enum Method {
        GET,
        POST,
        DELETE
    }

    public Operation {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
    }

    /** Begins an operation. */
    public static Operation of(Method method, String path, String id, String tag, String summary) {
        return new Operation(method, path, id, tag, summary, "", List.of(), null, List.of(), null);
    }

    /** Begins one that reads. */
    public static Operation get(String path, String id, String tag, String summary) {
        return of(Method.GET, path, id, tag, summary);
    }

    /** With more to say about it. */
    public Operation saying(String more) {
        return new Operation(method, path, id, tag, summary, more, parameters, body, answers, table);
    }

    /** With these parameters as well. */
    public Operation with(Parameter... more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new Operation(method, path, id, tag, summary, description, all, body, answers, table);
    }

    /** With a JSON body. */
    public Operation taking(Shape given) {
        return new Operation(method, path, id, tag, summary, description, parameters, given, answers, table);
    }

    /** With a JSON answer of status 200. */
    public Operation answering(String what, Shape shape) {
        return answering(200, what, shape);
    }

    /** With a JSON answer. */
    public Operation answering(int status, String what, Shape shape) {
        return and(Answer.json(status, what, shape));
    }

    /** With an answer that is text. */
    public Operation answeringText(String what, String type) {
        return and(new Answer(200, what, type, null));
    }

    private Operation and(Answer answer) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(answer);
        return new Operation(method, path, id, tag, summary, description, parameters, body, all, table);
    }

    /** With a table for those who ask for CSV. */
    public Operation asTable(Table rows) {
        return new Operation(method, path, id, tag, summary, description, parameters, body, answers, rows);
    }

    /** Names of the parameters of the query. */
    public List<String> queryNames() {
        return parameters.stream()
                .filter(parameter -> parameter.in() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
    }

    /** Its parameter of that name; null: it has none. */
    public @Nullable Parameter parameter(String name, Parameter.Place in) {
        return parameters.stream()
                .filter(parameter -> parameter.in() == in && parameter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The media type of its answers. */
    public String type() {
        return answers.get(0).type();
    }
}
