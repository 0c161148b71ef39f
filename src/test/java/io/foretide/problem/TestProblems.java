package io.foretide.problem;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** Problems without the rest of the service. */
public final class TestProblems {
    private TestProblems() {}

    public static Problems standingAlone() {
        return new Problems(
                JsonMapper.builder().build(),
                new DefaultListableBeanFactory().getBeanProvider(FailureTranslation.class));
    }
}
