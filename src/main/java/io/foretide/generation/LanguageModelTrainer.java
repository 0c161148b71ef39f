package io.foretide.generation;

import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network to say the next token of a text. What a training does follows from text, settings and seed, counted in
 * steps: the same three give the same artifact, byte for byte, also where it goes on from a checkpoint, and whatever
 * {@link TrainingResources} it has.
 */
public final class LanguageModelTrainer {
    private final TrainingResources resources;
    private final @Nullable LanguageModel parent;

    public LanguageModelTrainer(TrainingResources resources) {
        this(resources, null);
    }

    private LanguageModelTrainer(TrainingResources resources, @Nullable LanguageModel parent) {
        this.resources = resources;
        this.parent = parent;
    }

    /** Trains on from the parameters of another model, which decides on vocabulary and architecture. */
    public LanguageModelTrainer startingFrom(LanguageModel model) {
        return new LanguageModelTrainer(resources, model);
    }

    /** Refuses what no training could make sense of. */
    public void check(String text, GenerateOptions generate, NetworkOptions network, TrainingOptions training) {
        planned(text, generate, network, training);
    }

    private LanguagePlan.Planned planned(
            String text, GenerateOptions generate, NetworkOptions network, TrainingOptions training) {
        LanguagePlan.Planned planned = new LanguagePlan(text, parent).complete(generate, network, training);
        LanguageTrainingCheck.check(planned, resources);
        return planned;
    }

    /** Options whose absent fields are chosen for the text and for how long the training may take. */
    public TrainedLanguageModel train(
            String text,
            GenerateOptions generate,
            NetworkOptions network,
            TrainingOptions training,
            TrainingMonitor monitor) {
        LanguagePlan.Planned planned = planned(text, generate, network, training);
        return new LanguageTraining(planned, monitor, resources).train();
    }
}
