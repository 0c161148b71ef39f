package io.foretide.generation;

import static java.util.Objects.requireNonNull;

import io.foretide.kernel.TokenShape;
import io.foretide.network.NetworkSettings;
import io.foretide.network.TrainingSettings;

/** Everything that, with the text, decides what a training of a language model gives. */
public record LanguageSettings(GenerateSettings generate, NetworkSettings network, TrainingSettings training) {
    public LanguageSettings {
        requireNonNull(generate, "generate");
        requireNonNull(network, "network");
        requireNonNull(training, "training");
        if (network.members() != 1) {
            throw new IllegalArgumentException("a language model has one member, not " + network.members());
        }
    }

    TokenShape shape() {
        return new TokenShape(
                network.unit(), generate.vocabulary(), generate.embedding(), network.units(), network.layers());
    }
}
