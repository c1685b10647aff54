package io.plimsoll.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page: its files out of the program's own resources, nothing from anywhere else. */
final class PageRoutes {

    /** Scripts, styles and data of this server only; nobody may frame it. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FOLDER = "page/";
    /** No name begins with a dot, so that none leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9-]+/)*[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final int NOT_MODIFIED = 304;

    private record PageFile(byte[] bytes, String type, String tag) {}

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    void addTo(RoutesConfig routes) {
        routes.get("/", context -> answer(context, "index.html"));
        routes.get("/page/<path>", context -> answer(context, context.pathParam("path")));
    }

    private void answer(Context context, String name) {
        PageFile file = file(name).orElseThrow(() -> Problem.noSuchFile(name));
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                // Kept, but asked for each time: after an upgrade nobody sees the old page.
                .header("Cache-Control", "no-cache")
                .header("ETag", file.tag());
        if (file.tag().equals(context.header("If-None-Match"))) {
            context.status(NOT_MODIFIED);
            return;
        }
        context.contentType(file.type()).result(file.bytes());
    }

    private Optional<PageFile> file(String name) {
        PageFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<PageFile> found = bytes(name).map(bytes -> new PageFile(bytes, type, tag(bytes)));
        found.ifPresent(file -> files.put(name, file));
        return found;
    }

    private static Optional<byte[]> bytes(String name) {
        try (InputStream stream = PageRoutes.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
