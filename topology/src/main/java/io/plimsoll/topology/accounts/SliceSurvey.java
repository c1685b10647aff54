package io.plimsoll.topology.accounts;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.survey.Survey;
import io.plimsoll.topology.HeldAccount;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.SurveySettings;
import io.plimsoll.topology.avro.SurveyReport;
import io.plimsoll.topology.survey.SurveyReports;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all watched accounts of the slice in turn, some at a time, over and over, and reports what each round of looks
 * adds up to. What changes behind its back counts in the next round.
 */
final class SliceSurvey {

    /** Looks between two glances at the clock. */
    private static final int BETWEEN_CLOCKS = 32;

    private final SurveySettings settings;
    private final long stepNanos;
    private final double venueLineTolerance;
    private final int number;
    private final AccountSlice slice;
    private final Consumer<SurveyReport> out;

    private @Nullable Survey survey;
    private int nextSlot;
    private long dueMs = Long.MIN_VALUE;
    private long beganMs;

    /**
     * A survey that has not begun.
     *
     * @param step time between two calls of {@link #step}
     * @param number of the slice
     */
    SliceSurvey(
            SurveySettings settings,
            Duration step,
            double venueLineTolerance,
            int number,
            AccountSlice slice,
            Consumer<SurveyReport> out) {
        this.settings = settings;
        this.stepNanos = Math.round(step.toNanos() * settings.share());
        this.venueLineTolerance = venueLineTolerance;
        this.number = number;
        this.slice = slice;
        this.out = out;
    }

    /** The slice is being built again: what was seen is void. */
    void restart() {
        survey = null;
        dueMs = Long.MIN_VALUE;
    }

    /**
     * Looks at the next accounts, if it is time.
     *
     * @param nowMs wall-clock time
     * @param reachedMs event time that the slice has come to, epoch milliseconds
     */
    void step(long nowMs, long reachedMs) {
        Survey running = survey;
        if (running == null) {
            if (nowMs < dueMs) {
                return;
            }
            running = new Survey(slice.watch(), this::lotSize, settings.families());
            survey = running;
            nextSlot = 0;
            dueMs = nowMs + settings.every().toMillis();
            beganMs = reachedMs;
        }
        long endNanos = System.nanoTime() + stepNanos;
        for (int looks = 0; nextSlot < slice.watch().slots(); nextSlot++) {
            SliceAccount account = slice.watch().at(nextSlot);
            if (account != null) {
                if (++looks % BETWEEN_CLOCKS == 0 && System.nanoTime() > endNanos) {
                    return;
                }
                look(running, account);
            }
        }
        SurveyReports.write(number, beganMs, reachedMs, running.sum(), out);
        survey = null;
    }

    private void look(Survey running, SliceAccount account) {
        HeldAccount held = slice.holdings(account);
        running.add(
                AccountSlice.venueOf(account.key),
                WatchedPool.all(held.pools(), held.venueMarginRatio(), venueLineTolerance));
    }

    private @Nullable LotSize lotSize(String market) {
        InstrumentTerms terms = slice.terms(market);
        return terms == null ? null : terms.contract().lotSize();
    }
}
