package io.foretide.registry;

import io.foretide.network.Artifact;
import io.foretide.network.Predictor;

/** What the artifact of a version holds, ready to answer: one kind for each task. */
public sealed interface Model {
    /** Forecasts series. */
    record Forecasting(Predictor predictor) implements Model {
        @Override
        public Task task() {
            return Task.FORECAST;
        }

        @Override
        public long sizeInBytes() {
            return predictor.sizeInBytes();
        }
    }

    Task task();

    /** What it takes of the memory, about. */
    long sizeInBytes();

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. Its record is not looked into. */
    static Model read(byte[] artifact) {
        return new Forecasting(Artifact.read(artifact));
    }
}
