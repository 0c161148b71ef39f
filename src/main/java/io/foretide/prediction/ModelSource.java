package io.foretide.prediction;

/** Where predictions get their models from: the registry, or a test. */
@FunctionalInterface
interface ModelSource {
    /** The version that a reference, such as {@code air} or {@code air:3}, stands for now. */
    ServedModel load(String reference);
}
