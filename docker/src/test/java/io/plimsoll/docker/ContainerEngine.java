package io.plimsoll.docker;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Whether there is one, and what to do where there is none. */
final class ContainerEngine implements ExecutionCondition {

    private static final String REQUIRED = "PLIMSOLL_REQUIRE_CONTAINERS";
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        ConditionEvaluationResult decision =
                decide(DockerClientFactory.instance().isDockerAvailable(), "true".equals(System.getenv(REQUIRED)));
        if (decision.isDisabled() && SAID.compareAndSet(false, true)) {
            System.out.println("SKIPPED: the tests of the stack in containers, for no container engine answers ("
                    + REQUIRED + "=true makes this a failure)");
        }
        return decision;
    }

    /** @throws IllegalStateException where there is none and there has to be one */
    static ConditionEvaluationResult decide(boolean isThere, boolean isRequired) {
        if (isThere) {
            return ConditionEvaluationResult.enabled("a container engine is there");
        }
        if (isRequired) {
            throw new IllegalStateException("no container engine answers, and " + REQUIRED + " is true");
        }
        return ConditionEvaluationResult.disabled("no container engine answers");
    }
}
