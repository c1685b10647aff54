package io.plimsoll.topology;

import java.time.Duration;

/**
 * What can be set in the topology.
 *
 * @param order in which order records are processed that reach a task by different ways
 * @param partitions partitions of the internal topics, and so the most tasks that can work side by side; 1 or more.
 *     Fixed once data has been read: it may only change together with the application id.
 * @param conflation longest wall-clock time for which a price is held back so that a newer one may replace it
 * @param bookFlush wall-clock time between two reports of an account slice to the markets
 * @param publish wall-clock time between two states of one market
 * @param ladderPublish wall-clock time between two ladders of one market; up to four times as long where a
 *     task would write more than 8,000 rungs a second
 * @param ladderSettle wall-clock time for which ladders may take other markets at the price of a neighbouring cell
 * @param cascadePublish wall-clock time between two cascade risks of one market
 * @param windowGrace event time for which a window stays open to late samples after its end
 * @param idle wall-clock time after which a silent account slice no longer holds window samples back
 * @param maxFutureSkew how far a record's timestamp may lie ahead of the wall clock
 * @param unknownInstrumentGrace wall-clock time for which a position waits for its instrument before it is reported as a
 *     dead letter; it is still taken up when the instrument comes later
 * @param closedMemory event time for which a closed position or balance is remembered, so that older records arriving
 *     late cannot open it again
 * @param accountRisk what concerns single accounts
 * @param impact how far forced trades are taken to move prices
 * @param cascades what concerns observed cascades
 * @param scenarios what concerns scenarios
 * @param survey what concerns looks at all accounts
 * @param alerts what concerns alerts
 * @param measures what concerns measures of markets
 */
public record MonitorSettings(
        RecordOrder order,
        int partitions,
        Duration conflation,
        Duration bookFlush,
        Duration publish,
        Duration ladderPublish,
        Duration ladderSettle,
        Duration cascadePublish,
        Duration windowGrace,
        Duration idle,
        Duration maxFutureSkew,
        Duration unknownInstrumentGrace,
        Duration closedMemory,
        AccountRiskSettings accountRisk,
        ImpactSettings impact,
        CascadeSettings cascades,
        ScenarioSettings scenarios,
        SurveySettings survey,
        AlertSettings alerts,
        MeasureSettings measures) {

    /** Rungs of ladders that a task writes in a second at most, unless ladders would come too seldom. */
    private static final double RUNGS_PER_SECOND = 8_000;

    /** Most intervals between two ladders, however many rungs they have. */
    private static final int MOST_LADDER_INTERVALS = 4;

    public MonitorSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed is 1 or more");
        }
    }

    /** What is used unless told otherwise. */
    public static MonitorSettings defaults() {
        return new MonitorSettings(
                RecordOrder.ARRIVAL,
                4,
                Duration.ofMillis(10),
                Duration.ofMillis(250),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                AccountRiskSettings.DEFAULT,
                ImpactSettings.DEFAULT,
                CascadeSettings.DEFAULT,
                ScenarioSettings.DEFAULT,
                SurveySettings.DEFAULT,
                AlertSettings.DEFAULT,
                MeasureSettings.DEFAULT);
    }

    /**
     * When a task writes which ladder.
     *
     * @param nowMs wall-clock time, epoch milliseconds
     */
    public LadderTurns ladderTurns(long nowMs) {
        return new LadderTurns(
                ladderPublish, RUNGS_PER_SECOND, ladderPublish.multipliedBy(MOST_LADDER_INTERVALS), nowMs);
    }

    /** Whether records are processed in order of event time. */
    public boolean isInEventOrder() {
        return order == RecordOrder.EVENT_TIME;
    }

    /** The same with another number of partitions. */
    public MonitorSettings withPartitions(int number) {
        return with(order, number, impact, cascades, alerts, measures);
    }

    /** The same with another order of records. */
    public MonitorSettings withOrder(RecordOrder other) {
        return with(other, partitions, impact, cascades, alerts, measures);
    }

    /** The same with other settings of impact. */
    public MonitorSettings withImpact(ImpactSettings others) {
        return with(order, partitions, others, cascades, alerts, measures);
    }

    /** The same with other thresholds of observed cascades. */
    public MonitorSettings withCascades(CascadeSettings others) {
        return with(order, partitions, impact, others, alerts, measures);
    }

    /** The same with other settings of alerts. */
    public MonitorSettings withAlerts(AlertSettings others) {
        return with(order, partitions, impact, cascades, others, measures);
    }

    /** The same with other settings of measures. */
    public MonitorSettings withMeasures(MeasureSettings others) {
        return with(order, partitions, impact, cascades, alerts, others);
    }

    private MonitorSettings with(
            RecordOrder otherOrder,
            int otherPartitions,
            ImpactSettings otherImpact,
            CascadeSettings otherCascades,
            AlertSettings otherAlerts,
            MeasureSettings otherMeasures) {
        return new MonitorSettings(
                otherOrder,
                otherPartitions,
                conflation,
                bookFlush,
                publish,
                ladderPublish,
                ladderSettle,
                cascadePublish,
                windowGrace,
                idle,
                maxFutureSkew,
                unknownInstrumentGrace,
                closedMemory,
                accountRisk,
                otherImpact,
                otherCascades,
                scenarios,
                survey,
                otherAlerts,
                otherMeasures);
    }
}
