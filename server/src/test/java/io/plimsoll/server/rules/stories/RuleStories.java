package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.rules.DefaultRules;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A test of it tells the story of one default rule, which is all that is in force. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class RuleStories {

    private static final Map<String, Rule> RULES =
            DefaultRules.rules().stream().collect(Collectors.toMap(Rule::getId, Function.identity()));

    @TempDir
    Path dir;

    Monitor monitor;
    RuleStory story;
    private boolean whole;

    @BeforeEach
    void open(TestInfo test) {
        StoryOf its = test.getTestMethod().orElseThrow().getAnnotation(StoryOf.class);
        whole = its.whole();
        monitor = new Monitor(dir);
        story = new RuleStory(monitor, Objects.requireNonNull(RULES.get(its.value()), its.value()), its.subject());
    }

    @AfterEach
    void close() {
        monitor.close();
        assertThat(whole ? story.missing() : Set.of())
                .describedAs("chapters that were not told")
                .isEmpty();
    }
}
