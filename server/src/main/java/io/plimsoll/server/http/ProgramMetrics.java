package io.plimsoll.server.http;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Metrics of the JVM, of Kafka Streams and of the monitor for Prometheus. */
final class ProgramMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final AtomicReference<@Nullable KafkaStreamsMetrics> streams = new AtomicReference<>();

    private final MonitorGauges gauges;
    private final MarketGauges markets;

    ProgramMetrics(MonitorGauges gauges, MarketGauges markets) {
        this.gauges = gauges;
        this.markets = markets;
        gauges.bindTo(registry);
        markets.bindTo(registry);
        gc.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    void add(KafkaStreams running) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(running);
        metrics.bindTo(registry);
        streams.set(metrics);
    }

    void add(MeterBinder meters) {
        meters.bindTo(registry);
    }

    String scrape() {
        gauges.refresh();
        markets.refresh(System.currentTimeMillis());
        return registry.scrape();
    }

    @Override
    public void close() {
        KafkaStreamsMetrics bound = streams.get();
        if (bound != null) {
            bound.close();
        }
        gc.close();
        registry.close();
    }
}
