package io.foretide.registry;

import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierArtifact;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelArtifact;
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

    /** Labels sequences. */
    record Classifying(Classifier classifier) implements Model {
        @Override
        public Task task() {
            return Task.CLASSIFY;
        }

        @Override
        public long sizeInBytes() {
            return classifier.sizeInBytes();
        }
    }

    /** Writes texts. */
    record Generating(LanguageModel languageModel) implements Model {
        @Override
        public Task task() {
            return Task.GENERATE;
        }

        @Override
        public long sizeInBytes() {
            return languageModel.sizeInBytes();
        }
    }

    Task task();

    /** What it takes of the memory, about. */
    long sizeInBytes();

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. Its record is not looked into. */
    static Model read(byte[] artifact) {
        return switch (Task.ofArtifact(artifact)) {
            case FORECAST -> new Forecasting(Artifact.read(artifact));
            case CLASSIFY -> new Classifying(ClassifierArtifact.read(artifact));
            case GENERATE -> new Generating(LanguageModelArtifact.read(artifact));
        };
    }
}
