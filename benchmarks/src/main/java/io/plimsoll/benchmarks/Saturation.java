package io.plimsoll.benchmarks;

import org.apache.kafka.streams.KafkaStreams;

/**
 * Measures how many records a second a topology works off when it never has to wait for one: it is paused, a backlog is
 * written, it goes on, and the time until the last record has had its effect is taken.
 */
final class Saturation {

    private static final int MOST_ROUNDS = 4;
    private static final double LONG_ENOUGH = 0.75;

    private final KafkaStreams streams;
    private final Backlog backlog;
    private final Runnable awaitWorkedOff;

    /** Writes records. */
    interface Backlog {

        /**
         * Writes that many records, their event times as close as they would be at that rate.
         *
         * @param perSecond records per second of event time
         */
        void write(long records, double perSecond);
    }

    Saturation(KafkaStreams streams, Backlog backlog, Runnable awaitWorkedOff) {
        this.streams = streams;
        this.backlog = backlog;
        this.awaitWorkedOff = awaitWorkedOff;
    }

    /**
     * Records per second. Rounds grow until one lasts about as long as asked; the last one counts, the earlier ones let
     * the JVM warm up.
     */
    double perSecond(long firstRound, double seconds) {
        long records = firstRound;
        double rate = Math.max(1, firstRound / seconds);
        for (int round = 1; ; round++) {
            double took = round(records, rate);
            rate = records / took;
            if (round > 1 && took >= seconds * LONG_ENOUGH || round == MOST_ROUNDS) {
                return rate;
            }
            records = Math.max(records, (long) (rate * seconds));
        }
    }

    private double round(long records, double rate) {
        streams.pause();
        backlog.write(records, rate);
        long started = System.nanoTime();
        streams.resume();
        awaitWorkedOff.run();
        return (System.nanoTime() - started) / 1e9;
    }
}
