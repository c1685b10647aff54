package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ticker;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.server.access.Access;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.TlsConfig;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.feeds.FeedTopics;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.openapi.OpenApiDocument;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server. It answers from its first moment; until it is given a monitor, states are "not ready". */
public final class HttpServer implements AutoCloseable {

    /** Of the threads that answer: where processors are short, the topology goes first. The launcher has the JVM heed it. */
    static final int PRIORITY = Thread.MIN_PRIORITY;

    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ObjectMapper json = new ObjectMapper();
    private final StateQueries queries = new StateQueries();
    private final ProgramMetrics metrics = new ProgramMetrics(new MonitorGauges(queries), new MarketGauges(queries));
    private final AtomicReference<@Nullable Instruments> following = new AtomicReference<>();
    private final AtomicReference<@Nullable RecordSink> writing = new AtomicReference<>();
    private final AtomicReference<@Nullable AlertDelivery> delivering = new AtomicReference<>();
    private final AtomicReference<@Nullable FeedTopics> feeding = new AtomicReference<>();
    private final AtomicReference<@Nullable EmbeddedConnect> connecting = new AtomicReference<>();
    private final PlimsollConfig config;
    private final AlertStreamRoute alertStream;
    private final StateApi api;
    private final StateStreamRoute stateStream;
    private final AccessGuard guard;
    private final Javalin javalin;

    private HttpServer(PlimsollConfig config, @Nullable EmbeddedRegistry registry) {
        this.config = config;
        this.alertStream = new AlertStreamRoute(this::delivery, config.alerts().streamClients());
        this.api = new StateApi(
                queries,
                new Peers(PeerLink.of(config.http())),
                json,
                Clock.systemUTC(),
                config.http().answerWithin());
        this.stateStream = new StateStreamRoute(
                api, new KnownMarkets(this::instruments), config.http().shared());
        this.guard = new AccessGuard(new Access(config.http().access()), this::instruments);
        this.javalin = Javalin.create(settings -> configure(settings, registry));
    }

    /**
     * Starts it.
     *
     * @param registry the registry in this JVM; null: there is none to serve
     * @throws StartException when the port is taken
     */
    public static HttpServer start(PlimsollConfig config, @Nullable EmbeddedRegistry registry) {
        HttpServer server = new HttpServer(config, registry);
        try {
            server.javalin.start(config.http().host(), config.http().port());
        } catch (JavalinBindException e) {
            throw new StartException(
                    "cannot listen on " + config.http().host() + ":"
                            + config.http().port()
                            + ": another program does, or the address is not this machine's; choose another with"
                            + " http.port (demo: --port) or http.host",
                    e);
        }
        server.queries.useAddress(config.advertisedAddress(server.port()));
        return server;
    }

    /** From now on states are read from this monitor, and requests are written to the sink, which is locked meanwhile. */
    public void serve(
            Monitor monitor, Instruments instruments, RecordSink requests, AlertDelivery delivery, FeedTopics feeds) {
        writing.set(requests);
        delivering.set(delivery);
        feeding.set(feeds);
        metrics.add(delivery);
        following.set(instruments);
        queries.use(monitor.streams(), monitor.storeTopics());
        metrics.add(monitor.streams());
        metrics.add(monitor.meters());
    }

    /** From now on the connectors of this process are told of. */
    public void serve(EmbeddedConnect connect) {
        connecting.set(connect);
        metrics.add(connect.meters());
    }

    /** Every route, as METHOD path. */
    public List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(route -> route.endpoint.method + " " + route.endpoint.path)
                .toList();
    }

    /** The port listened on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        alertStream.close();
        stateStream.close();
        javalin.stop();
        metrics.close();
    }

    private void configure(JavalinConfig settings, @Nullable EmbeddedRegistry registry) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        TlsConfig tls = config.http().tls();
        if (tls != null) {
            TlsConnector.addTo(settings.jetty, config.http(), tls);
        }
        settings.jetty.modifyServer(HttpServer::letOthersGoFirst);
        RoutesConfig routes = settings.routes;
        new RequestLimits(config.http().limits(), json, Clock.systemUTC()).addTo(settings);
        guard.addTo(routes);
        OpenApiDocument document = ProgramOperations.document();
        AnswerMemory memory = new AnswerMemory(config.http().shared().memory(), Ticker.systemTicker());
        Operations operations = new Operations(routes, document, memory);
        KnownMarkets known = new KnownMarkets(this::instruments);
        new MarketRoutes(api, known).addTo(operations);
        new LadderHistoryRoute(api).addTo(operations);
        new MarketCascadeRoute(api).addTo(operations);
        new TippingRoutes(api, known).addTo(operations);
        new CascadeRoutes(api, this::instruments, known).addTo(operations);
        new SurveyRoutes(api).addTo(operations);
        new OptionRoutes(api).addTo(operations);
        new AccountRoutes(api, config.monitor().accountRisk(), this::instruments, known).addTo(operations);
        new ScenarioRoutes(api, json, this::instruments, this::requests).addTo(operations);
        alertStream.addTo(operations);
        stateStream.addTo(operations);
        new AlertRoutes(api, this::delivery, known).addTo(operations);
        new FeedRoutes(api, this::feeds).addTo(operations);
        new AlertActionRoutes(api, json, this::delivery, this::requests).addTo(operations);
        if (registry != null) {
            new RegistryRoutes(registry, json).addTo(routes);
        }
        operations.add(ProgramOperations.LIVE, context -> health(context, true));
        operations.add(ProgramOperations.READY, context -> health(context, queries.isReady()));
        operations.add(
                ProgramOperations.METRICS,
                context -> context.contentType(PROMETHEUS_TYPE).result(metrics.scrape()));
        JsonNode told = ProgramOperations.json(document);
        operations.add(ProgramOperations.DOCUMENT, context -> Answers.give(context, told));
        operations.requireExactly(ProgramOperations.ALL);
        new PageRoutes().addTo(routes);
        new ProblemAnswers(json, () -> Peers.name(queries.here())).addTo(routes);
    }

    private static void letOthersGoFirst(Server server) {
        if (server.getThreadPool() instanceof QueuedThreadPool pool) {
            pool.setThreadsPriority(PRIORITY);
        }
    }

    private Instruments instruments() {
        Instruments instruments = following.get();
        if (instruments == null || !instruments.isComplete()) {
            throw Problem.moving();
        }
        return instruments;
    }

    private AlertDelivery delivery() {
        AlertDelivery delivery = delivering.get();
        if (delivery == null
                || !delivery.feed().isComplete()
                || !delivery.actions().isComplete()) {
            throw Problem.moving();
        }
        return delivery;
    }

    private FeedTopics feeds() {
        FeedTopics feeds = feeding.get();
        if (feeds == null || !feeds.isComplete()) {
            throw Problem.moving();
        }
        return feeds;
    }

    private RecordSink requests() {
        RecordSink sink = writing.get();
        if (sink == null) {
            throw Problem.moving();
        }
        return sink;
    }

    private void health(Context context, boolean good) {
        ObjectNode body = json.createObjectNode()
                .put("status", good ? "UP" : "DOWN")
                .put("streams", queries.state())
                .put("application", config.applicationId());
        EmbeddedConnect connect = connecting.get();
        if (connect != null) {
            // They do not make the monitor unready: what it has goes on being served, with its age.
            ObjectNode connectors = body.putObject("connectors");
            connect.health().forEach((name, health) -> connectors.put(name, health.state()));
        }
        context.status(good ? 200 : Problem.UNAVAILABLE)
                .contentType("application/json")
                .result(body.toString());
    }
}
