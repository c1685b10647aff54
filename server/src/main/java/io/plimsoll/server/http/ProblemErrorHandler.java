package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server refuses before it knows the route, such as paths that are none, as problem+json too. */
final class ProblemErrorHandler extends ErrorHandler {

    private final ObjectMapper json;

    ProblemErrorHandler(ObjectMapper json) {
        this.json = json;
    }

    /** To every method, as an answer without a body says nothing. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String title = HttpStatus.getMessage(code);
        String body = ProblemAnswers.body(json, code, title, message == null ? title : message)
                .put("parameter", ProblemAnswers.PATH)
                .toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemAnswers.TYPE);
        Content.Sink.write(response, true, body, callback);
    }
}
