package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plimsoll.schemas.avro.Price;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void shouldNameEveryTopicOnceWithThePrefix() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("plimsoll\\.[a-z]+(-[a-z]+)*"));
    }

    @Test
    void shouldHoldEveryInput() {
        assertThat(Topics.all().stream().filter(topic -> topic.direction() == Topic.Direction.IN))
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(
                        "plimsoll.instruments",
                        "plimsoll.positions",
                        "plimsoll.collateral",
                        "plimsoll.prices",
                        "plimsoll.depth",
                        "plimsoll.liquidations",
                        "plimsoll.options",
                        "plimsoll.rules",
                        "plimsoll.alert-actions",
                        "plimsoll.scenarios");
    }

    @Test
    void shouldHoldEveryOutput() {
        assertThat(Topics.all().stream().filter(topic -> topic.direction() == Topic.Direction.OUT))
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(
                        "plimsoll.market-state",
                        "plimsoll.market-measures",
                        "plimsoll.market-windows",
                        "plimsoll.system-windows",
                        "plimsoll.ladders",
                        "plimsoll.cascade-risk",
                        "plimsoll.contagion",
                        "plimsoll.collateral-state",
                        "plimsoll.cascades",
                        "plimsoll.account-risk",
                        "plimsoll.system-state",
                        "plimsoll.system-measures",
                        "plimsoll.alerts",
                        "plimsoll.scenario-results",
                        "plimsoll.option-exposure",
                        "plimsoll.feed-status",
                        "plimsoll.dead-letters");
    }

    @Test
    void shouldKeepForeverWhatIsStateOnly() {
        assertThat(Topics.INSTRUMENTS.kafkaConfig())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
        assertThat(Topics.POSITIONS.kafkaConfig()).containsEntry("cleanup.policy", "compact");
        assertThat(Topics.COLLATERAL.kafkaConfig()).containsEntry("cleanup.policy", "compact");
        assertThat(Topics.PRICES.kafkaConfig())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()));
        assertThat(Topics.DEAD_LETTERS.kafkaConfig()).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void shouldTakeADeadLetterOfTheLargestRecord() {
        int largestByDefaultOfBrokers = 1024 * 1024 + 12;

        assertThat(Topics.all())
                .allMatch(topic -> Integer.parseInt(topic.kafkaConfig().get("max.message.bytes"))
                        > 10 * largestByDefaultOfBrokers);
    }

    @Test
    void shouldFindATopicWithOrWithoutThePrefix() {
        assertThat(Topics.named("prices")).contains(Topics.PRICES);
        assertThat(Topics.named("plimsoll.prices")).contains(Topics.PRICES);
        assertThat(Topics.named("price")).isEmpty();
    }

    @Test
    void shouldRefuseRetentionWhereNothingExpires() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topic<>(
                        "t",
                        Topic.Direction.IN,
                        "id",
                        Price.class,
                        Topic.Cleanup.COMPACT,
                        Duration.ofDays(1),
                        true,
                        "test"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topic<>(
                        "t", Topic.Direction.IN, "id", Price.class, Topic.Cleanup.DELETE, null, true, "test"));
    }
}
