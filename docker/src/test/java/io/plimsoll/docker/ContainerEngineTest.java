package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ContainerEngineTest {

    @Test
    void shouldRunWhereAnEngineIs() {
        assertThat(ContainerEngine.decide(true, true).isDisabled()).isFalse();
        assertThat(ContainerEngine.decide(true, false).isDisabled()).isFalse();
    }

    @Test
    void shouldSkipWhereNoneIs() {
        assertThat(ContainerEngine.decide(false, false).isDisabled()).isTrue();
    }

    @Test
    void shouldFailWhereNoneIsAndOneHasToBe() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ContainerEngine.decide(false, true))
                .withMessageContaining("no container engine");
    }
}
