package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private final List<String> sent = new ArrayList<>();
    private final Subscriptions subscriptions = of(3, 100, 3_600);

    private static Subscriptions of(int perMessage, int characters, double perHour) {
        return new Subscriptions(
                (operation, id, channels) -> id + " " + operation + " " + String.join(",", channels),
                new Subscriptions.Limits(perMessage, characters, perHour));
    }

    private List<String> step(Subscriptions of, long nowMs) {
        sent.clear();
        of.step(nowMs, sent::add);
        return sent;
    }

    @Test
    void shouldSubscribeOnceToWhatIsWanted() {
        subscriptions.opened(0);
        subscriptions.want(List.of("a", "b", "c", "d"));

        assertThat(step(subscriptions, 0)).containsExactly("1 subscribe a,b,c", "2 subscribe d");
        assertThat(step(subscriptions, 1_000)).isEmpty();

        subscriptions.want(List.of("a", "e"));

        assertThat(step(subscriptions, 2_000)).containsExactly("3 unsubscribe b,c,d", "4 subscribe e");
    }

    @Test
    void shouldSubscribeToEverythingOnANewConnection() {
        subscriptions.opened(0);
        subscriptions.want(List.of("a", "b"));
        step(subscriptions, 0);

        subscriptions.opened(1_000);

        assertThat(step(subscriptions, 1_000)).containsExactly("2 subscribe a,b");
    }

    @Test
    void shouldLeaveOutWhatIsAboveTheLimitOfCharacters() {
        Subscriptions short7 = of(10, 7, 3_600);
        short7.opened(0);
        short7.want(List.of("abc", "def", "ghi"));

        assertThat(step(short7, 0)).containsExactly("1 subscribe abc,def");
        assertThat(short7.leftOut()).isEqualTo(1);

        short7.want(List.of("def", "ghi"));

        assertThat(step(short7, 1)).containsExactly("2 unsubscribe abc", "3 subscribe ghi");
        assertThat(short7.leftOut()).isZero();
    }

    @Test
    void shouldFindTheOneThatIsRefused() {
        subscriptions.opened(0);
        subscriptions.want(List.of("a", "bad", "c"));
        step(subscriptions, 0);

        subscriptions.answered("1", false);
        assertThat(step(subscriptions, 10)).containsExactly("2 subscribe a", "3 subscribe bad,c");
        subscriptions.answered("2", true);
        subscriptions.answered("3", false);
        assertThat(step(subscriptions, 20)).containsExactly("4 subscribe bad", "5 subscribe c");
        subscriptions.answered("4", false);
        subscriptions.answered("5", true);

        assertThat(subscriptions.refused()).containsExactly("bad");
        assertThat(step(subscriptions, 60_000)).isEmpty();
    }

    @Test
    void shouldSubscribeAnewNoMoreOftenThanEveryFiveSeconds() {
        subscriptions.opened(0);
        subscriptions.want(List.of("a", "b"));
        step(subscriptions, 0);

        subscriptions.anew("a");
        subscriptions.anew("unknown");

        assertThat(step(subscriptions, 4_999)).isEmpty();
        assertThat(step(subscriptions, 5_000)).containsExactly("2 unsubscribe a", "3 subscribe a");

        subscriptions.anew("a");
        subscriptions.settled("a");

        assertThat(step(subscriptions, 20_000)).isEmpty();
    }

    @Test
    void shouldKeepToTheMessagesOfAnHour() {
        Subscriptions few = of(1, 1_000, 10);
        few.opened(0);
        few.want(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
        int within = 0;

        for (long now = 0; now < 3_600_000; now += 60_000) {
            within += step(few, now).size();
        }

        assertThat(within).isBetween(9, 10);
        assertThat(few.leftOut()).isEqualTo(12 - within);
    }
}
