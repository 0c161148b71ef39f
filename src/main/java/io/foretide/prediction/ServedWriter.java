package io.foretide.prediction;

import io.foretide.generation.LanguageModel;
import io.foretide.registry.Task;

/** A version that writes. */
record ServedWriter(String name, int version, LanguageModel languageModel) implements ServedModel {
    @Override
    public Task task() {
        return Task.GENERATE;
    }

    /** How many numbers it has, about: a step multiplies by each of them once. */
    long parameters() {
        return languageModel.sizeInBytes() / Float.BYTES;
    }
}
