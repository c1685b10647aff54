package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.rules.DefaultRules;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultRuleStoriesTest {

    private static final List<Class<? extends RuleStories>> STORIES = List.of(
            CascadeRulesTest.class,
            SystemTippingPointTest.class,
            LeverageRulesTest.class,
            FlowRulesTest.class,
            AccountRulesTest.class,
            VenueRulesTest.class,
            BlindMarketRulesTest.class,
            FeedRulesTest.class);

    @Test
    void shouldTellTheWholeStoryOfEveryDefaultRule() {
        Stream<StoryOf> stories = STORIES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map((Method method) -> Objects.requireNonNull(method.getAnnotation(StoryOf.class), method::toString));

        assertThat(stories.filter(StoryOf::whole).map(StoryOf::value))
                .containsExactlyInAnyOrderElementsOf(
                        DefaultRules.rules().stream().map(Rule::getId).toList());
    }
}
