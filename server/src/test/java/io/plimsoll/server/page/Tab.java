package io.plimsoll.server.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One tab of a browser: what it shows, what is done to it, what its console says. */
final class Tab implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;

    private Tab(HttpClient client, URI target) {
        socket = client.newWebSocketBuilder().buildAsync(target, new Reader()).join();
    }

    static Tab open(HttpClient client, URI target) {
        Tab tab = new Tab(client, target);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tab.send(domain + ".enable", object());
        }
        return tab;
    }

    void goTo(String url) {
        send("Page.navigate", object().put("url", url));
    }

    void resize(int width, int height, boolean dark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                object().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        scheme(dark);
    }

    /** What the page is told of the reader's colours. */
    void scheme(boolean dark) {
        ObjectNode media = object();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        send("Emulation.setEmulatedMedia", media);
    }

    /** Moves the mouse over the middle of an element, once it is there. */
    void pointAt(String selector) {
        JsonNode at = middle(selector);
        mouse("mouseMoved", at.get(0).asDouble() - 40, at.get(1).asDouble(), "none");
        mouse("mouseMoved", at.get(0).asDouble(), at.get(1).asDouble(), "none");
    }

    /** The value of an expression in the page. */
    JsonNode eval(String expression) {
        JsonNode answer = send(
                "Runtime.evaluate",
                object().put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of the first element that the selector finds; empty where there is none. */
    String text(String selector) {
        return eval("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asText();
    }

    void waitUntil(String condition) {
        waitUntil(condition, LONG);
    }

    void waitUntil(String condition, Duration most) {
        await(condition)
                .atMost(most)
                .ignoreExceptions()
                .until(() -> eval("Boolean(" + condition + ")").asBoolean());
    }

    /** Presses the mouse on an element, once it is there. */
    void click(String selector) {
        JsonNode at = middle(selector);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            mouse(type, at.get(0).asDouble(), at.get(1).asDouble(), "left");
        }
    }

    private JsonNode middle(String selector) {
        String element = "document.querySelector(" + quoted(selector) + ")";
        waitUntil(element);
        return eval("(() => { const e = " + element + "; e.scrollIntoView({block: 'center'});"
                + " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    }

    private void mouse(String type, double x, double y, String button) {
        send(
                "Input.dispatchMouseEvent",
                object().put("type", type)
                        .put("x", x)
                        .put("y", y)
                        .put("button", button)
                        .put("clickCount", button.equals("none") ? 0 : 1));
    }

    /** Presses a key of this name and code, such as ArrowLeft, 37. */
    void press(String key, int code) {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event =
                    object().put("type", type).put("key", key).put("code", key).put("windowsVirtualKeyCode", code);
            if (key.equals("Enter")) {
                event.put("text", "\r");
            }
            send("Input.dispatchKeyEvent", event);
        }
    }

    /** Writes text into an element, once it is there. */
    void type(String selector, String text) {
        String element = "document.querySelector(" + quoted(selector) + ")";
        waitUntil(element);
        eval(element + ".focus()");
        send("Input.insertText", object().put("text", text));
        // As when one leaves the field.
        eval(element + ".dispatchEvent(new Event('change'))");
    }

    /** A picture of the whole page. */
    void screenshot(Path file) throws IOException {
        JsonNode size = send("Page.getLayoutMetrics", object()).path("cssContentSize");
        ObjectNode request = object().put("format", "png").put("captureBeyondViewport", true);
        request.putObject("clip")
                .put("x", 0)
                .put("y", 0)
                .put("width", size.path("width").asDouble())
                .put("height", size.path("height").asDouble())
                .put("scale", 1);
        byte[] png = Base64.getDecoder()
                .decode(send("Page.captureScreenshot", request).path("data").asText());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, png);
    }

    /** What the console has shown as errors since it was last forgotten. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Addresses that the page has asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void forgetErrors() {
        errors.clear();
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private JsonNode send(String method, ObjectNode parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode message = object().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode found = answer.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
            if (found.has("error")) {
                throw new IllegalStateException(method + ": " + found.get("error"));
            }
            return found.path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = asked.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        JsonNode event = message.path("params");
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(event.at("/request/url").asText());
            case "Runtime.exceptionThrown" ->
                errors.add("exception: "
                        + event.at("/exceptionDetails/exception/description").asText()
                        + event.at("/exceptionDetails/text").asText());
            case "Runtime.consoleAPICalled" -> {
                if (event.path("type").asText().equals("error")) {
                    errors.add("console: " + event.path("args"));
                }
            }
            case "Log.entryAdded" -> {
                if (event.at("/entry/level").asText().equals("error")) {
                    errors.add(event.at("/entry/source").asText() + ": "
                            + event.at("/entry/text").asText() + " "
                            + event.at("/entry/url").asText());
                }
            }
            default -> {
                // Of no interest here.
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Reader implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try {
                    take(JSON.readTree(parts.toString()));
                } catch (JsonProcessingException e) {
                    errors.add("not JSON: " + e.getMessage());
                }
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
