package io.foretide.prediction;

import io.foretide.generation.LanguageModel;
import io.foretide.registry.Task;

/** A version that writes. */
record ServedWriter(String name, int version, LanguageModel languageModel) implements ServedModel {
    @Override
    public Task task() {
        return Task.GENERATE;
    }

    /** A step multiplies by each of them once, about. */
    long parameters() {
        return languageModel.parameterCount();
    }
}
