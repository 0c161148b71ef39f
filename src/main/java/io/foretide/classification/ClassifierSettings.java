package io.foretide.classification;

import static java.util.Objects.requireNonNull;

import io.foretide.network.NetworkSettings;
import io.foretide.network.TrainingSettings;

/**
 * All that decides, with the data, what a training gives.
 *
 * @param channels of values; 0 of text
 * @param embedding how many numbers a word is to the networks; 0 of values
 * @param vocabulary the most words, the unknown one included; 0 of values
 * @param normalization of values; of text it says nothing
 * @param patterns about how many fixed patterns are looked for beside the networks
 */
public record ClassifierSettings(
        int channels,
        int embedding,
        int vocabulary,
        Normalization normalization,
        double labelSmoothing,
        ClassWeights classWeights,
        int patterns,
        NetworkSettings network,
        TrainingSettings training) {
    public ClassifierSettings {
        requireNonNull(normalization, "normalization");
        requireNonNull(classWeights, "classWeights");
        requireNonNull(network, "network");
        requireNonNull(training, "training");
        if (channels < 0 || embedding < 0 || vocabulary < 0 || patterns < 0) {
            throw new IllegalArgumentException("channels, embedding, vocabulary and patterns must not be negative");
        }
        if (channels > 0 == embedding > 0 || embedding > 0 != vocabulary > 0) {
            throw new IllegalArgumentException(
                    "values have channels, and text an embedding and a vocabulary: there are %d, %d and %d"
                            .formatted(channels, embedding, vocabulary));
        }
        if (!(labelSmoothing >= 0 && labelSmoothing <= 0.5)) {
            throw new IllegalArgumentException("label smoothing must lie in [0, 0.5], was " + labelSmoothing);
        }
    }

    ClassifierSettings with(NetworkSettings others) {
        return new ClassifierSettings(
                channels,
                embedding,
                vocabulary,
                normalization,
                labelSmoothing,
                classWeights,
                patterns,
                others,
                training);
    }

    ClassifierSettings with(Normalization other) {
        return new ClassifierSettings(
                channels, embedding, vocabulary, other, labelSmoothing, classWeights, patterns, network, training);
    }

    ClassifierSettings withoutPatterns() {
        return new ClassifierSettings(
                channels, embedding, vocabulary, normalization, labelSmoothing, classWeights, 0, network, training);
    }

    /** Whether sequences are texts. */
    public boolean readsText() {
        return channels == 0;
    }
}
