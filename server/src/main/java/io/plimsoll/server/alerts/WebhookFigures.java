package io.plimsoll.server.alerts;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the webhook has done since the start of this instance, and how it is. */
public final class WebhookFigures implements MeterBinder {

    private static final double MS_PER_SECOND = 1_000;

    /**
     * What last went wrong.
     *
     * @param atMs epoch milliseconds
     * @param detail in a few words
     */
    public record Trouble(long atMs, String detail) {}

    private final Clock clock;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong waitingSinceMs = new AtomicLong(Long.MAX_VALUE);
    private final Map<WebhookSelection, AtomicLong> passedOver = new EnumMap<>(WebhookSelection.class);
    private final Map<String, AtomicLong> failedByKind = new ConcurrentHashMap<>();
    private volatile @Nullable Trouble lastTrouble;
    private volatile boolean failing;
    private volatile @Nullable MeterRegistry registry;

    WebhookFigures(Clock clock) {
        this.clock = clock;
        for (WebhookSelection each : WebhookSelection.values()) {
            passedOver.put(each, new AtomicLong());
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        FunctionCounter.builder("plimsoll.webhook.sent", sent, AtomicLong::get)
                .description("Records of alerts that the webhook's receiver has taken")
                .register(meters);
        FunctionCounter.builder("plimsoll.webhook.resent", resent, AtomicLong::get)
                .description("Firing alerts that it has taken again, so that it does not take them for resolved")
                .register(meters);
        FunctionCounter.builder("plimsoll.webhook.refused", refused, AtomicLong::get)
                .description("Records of alerts that it refused; they are on plimsoll.dead-letters")
                .register(meters);
        passedOver.forEach((why, count) -> {
            if (why != WebhookSelection.SENT) {
                FunctionCounter.builder("plimsoll.webhook.passed.over", count, AtomicLong::get)
                        .description("Records of alerts that are not for it, and why")
                        .tag("reason", why.name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        });
        Gauge.builder("plimsoll.webhook.oldest.unsent.seconds", this, each -> each.oldestUnsentMs() / MS_PER_SECOND)
                .description("Age of the oldest record that waits for the receiver, by its event time; 0: none waits")
                .register(meters);
        Gauge.builder("plimsoll.webhook.failing", this, each -> each.failing ? 1 : 0)
                .description("1 while the last attempt failed")
                .register(meters);
        registry = meters;
        failedByKind.forEach((kind, count) -> register(meters, kind, count));
    }

    private static void register(MeterRegistry meters, String kind, AtomicLong count) {
        FunctionCounter.builder("plimsoll.webhook.failed.attempts", count, AtomicLong::get)
                .description("Requests that failed and are tried again, by status, timeout or connection")
                .tag("error", kind)
                .register(meters);
    }

    void sent(int records) {
        sent.addAndGet(records);
        failing = false;
    }

    void resent(int alerts) {
        resent.addAndGet(alerts);
        failing = false;
    }

    void refused(String detail) {
        refused.incrementAndGet();
        lastTrouble = new Trouble(clock.millis(), detail);
    }

    void passedOver(WebhookSelection why) {
        AtomicLong count = passedOver.get(why);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    void failed(String kind, String detail) {
        failedByKind
                .computeIfAbsent(kind, first -> {
                    AtomicLong count = new AtomicLong();
                    MeterRegistry meters = registry;
                    if (meters != null) {
                        register(meters, kind, count);
                    }
                    return count;
                })
                .incrementAndGet();
        failing = true;
        lastTrouble = new Trouble(clock.millis(), detail);
    }

    void waitingSince(long timestampMs) {
        waitingSinceMs.set(timestampMs);
    }

    void nothingWaits() {
        waitingSinceMs.set(Long.MAX_VALUE);
    }

    /** Records taken by the receiver. */
    public long sent() {
        return sent.get();
    }

    /** Records refused and put on the dead letters. */
    public long refused() {
        return refused.get();
    }

    /** Records that were not for it, for this reason. */
    public long passedOverFor(WebhookSelection why) {
        AtomicLong count = passedOver.get(why);
        return count == null ? 0 : count.get();
    }

    /** Requests that failed. */
    public long failedAttempts() {
        return failedByKind.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Age of the oldest record that waits, by its event time, milliseconds, >= 0; 0: none does. */
    public long oldestUnsentMs() {
        long sinceMs = waitingSinceMs.get();
        return sinceMs == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - sinceMs);
    }

    /** True while the last attempt failed. */
    public boolean isFailing() {
        return failing;
    }

    /** What last went wrong; null: nothing has. */
    public @Nullable Trouble lastTrouble() {
        return lastTrouble;
    }
}
