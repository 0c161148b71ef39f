package io.foretide.prediction;

import io.foretide.registry.Task;

/** A version that is loaded, and all that a request needs to know of it: one kind for each task. */
sealed interface ServedModel permits ServedForecaster, ServedClassifier, ServedWriter {
    String name();

    int version();

    Task task();
}
