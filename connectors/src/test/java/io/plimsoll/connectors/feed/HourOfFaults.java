package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.FaultyVenue.RequestFault;
import io.plimsoll.connectors.feed.FaultyVenue.StreamFault;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** An hour of everything that goes wrong between a venue and a connector, in seconds; and what the connector says of it. */
public final class HourOfFaults {

    /** Minutes in which the venue lives and the connector follows. */
    public interface Life {

        void go(int minutes) throws InterruptedException;
    }

    private static final int MIXED_MINUTES = 9;

    private final FaultyVenue venue;
    private final Random random;
    private final Life life;

    public HourOfFaults(FaultyVenue venue, Random random, Life life) {
        this.venue = venue;
        this.random = random;
        this.life = life;
    }

    /** One fault after the other, then several at once, then none for some minutes. */
    public void pass(int calmMinutes) throws InterruptedException {
        life.go(5);
        venue.cut(false);
        life.go(1);
        streamFaults();
        requestFaults(life);
        mixed(calmMinutes);
    }

    /** What can be wrong with connections, each for two minutes. */
    public void streamFaults() throws InterruptedException {
        for (StreamFault fault : StreamFault.values()) {
            venue.streams(fault);
            life.go(2);
            venue.streams(StreamFault.NONE);
            life.go(1);
        }
    }

    /**
     * What can be wrong with requests, each for two minutes.
     *
     * @param asking life in which the connector has something to ask for
     */
    public void requestFaults(Life asking) throws InterruptedException {
        for (RequestFault fault : RequestFault.values()) {
            venue.requests(fault);
            asking.go(2);
            venue.requests(RequestFault.NONE);
            life.go(1);
        }
    }

    /** Nothing works for a while, then anything may be wrong in any minute, then nothing is. */
    public void mixed(int calmMinutes) throws InterruptedException {
        venue.requests(RequestFault.ERROR);
        venue.streams(StreamFault.MUTE);
        life.go(3);
        for (int i = 0; i < MIXED_MINUTES; i++) {
            venue.requests(RequestFault.values()[random.nextInt(RequestFault.values().length)]);
            venue.streams(StreamFault.values()[random.nextInt(StreamFault.values().length)]);
            venue.cut(random.nextBoolean());
            life.go(1);
        }
        venue.requests(RequestFault.NONE);
        venue.streams(StreamFault.NONE);
        life.go(calmMinutes);
    }

    /**
     * The feed's status went through the states, always said why, and is well in the end.
     *
     * @return the last one
     */
    public static FeedStatus assertStatus(TaskDriver driver, Set<FeedState> states) {
        List<FeedStatus> all = driver.of(Topics.FEED_STATUS).stream()
                .map(read -> (FeedStatus) read.value())
                .toList();
        assertThat(all.stream().map(FeedStatus::getState).collect(Collectors.toSet()))
                .containsAll(states);
        assertThat(all)
                .filteredOn(status -> status.getState() != FeedState.LIVE)
                .allMatch(status -> !status.getReason().isEmpty());
        FeedStatus last = all.get(all.size() - 1);
        assertThat(last.getState()).describedAs(last.getReason()).isEqualTo(FeedState.LIVE);
        assertThat(last.getMarketsLate()).isZero();
        assertThat(last.getMalformed()).isPositive();
        assertThat(last.getOutOfOrder()).isPositive();
        assertThat(last.getThrottled()).isPositive();
        return last;
    }
}
