package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.plugin.bundled.CorsPluginConfig;
import io.plimsoll.server.config.LimitsConfig;
import java.time.Clock;
import java.util.List;

/** What a client may ask for: so large, so often, from pages of so many other places. */
final class RequestLimits {

    private static final String BELOW_API = "/api/*";

    private final LimitsConfig limits;
    private final ObjectMapper json;
    private final Clock clock;

    RequestLimits(LimitsConfig limits, ObjectMapper json, Clock clock) {
        this.limits = limits;
        this.json = json;
        this.clock = clock;
    }

    void addTo(JavalinConfig settings) {
        settings.http.maxRequestSize = limits.maxBodyBytes();
        settings.http.prefer405over404 = true;
        settings.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrorHandler(json)));
        RequestRate rate = new RequestRate(limits.requestsPerSecond());
        settings.routes.before(BELOW_API, context -> {
            // Not by X-Forwarded-For, which anybody can write.
            if (!rate.takes(context.ip(), clock.millis())) {
                throw Problem.tooManyRequests(limits.requestsPerSecond());
            }
        });
        if (!limits.corsOrigins().isEmpty()) {
            settings.bundledPlugins.enableCors(cors -> cors.addRule(this::allow));
        }
    }

    private void allow(CorsPluginConfig.CorsRule rule) {
        rule.path = BELOW_API;
        List<String> origins = limits.corsOrigins();
        rule.allowHost(origins.get(0), origins.subList(1, origins.size()).toArray(new String[0]));
        List.of("ETag", "Link", "Location", "Retry-After", RenderedAnswer.MISSING)
                .forEach(rule::exposeHeader);
    }
}
