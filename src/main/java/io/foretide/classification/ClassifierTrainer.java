package io.foretide.classification;

import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains classifiers. What a training does follows from data, settings and seed, counted in steps: the same three give the
 * same artifact, byte for byte, also where it goes on from a checkpoint, and whatever {@link TrainingResources} it has.
 */
public final class ClassifierTrainer {
    private final TrainingResources resources;
    private final @Nullable Classifier parent;

    public ClassifierTrainer(TrainingResources resources) {
        this(resources, null);
    }

    private ClassifierTrainer(TrainingResources resources, @Nullable Classifier parent) {
        this.resources = resources;
        this.parent = parent;
    }

    /**
     * Trains on from another classifier, which decides the labels and all that shapes the networks. What it gives follows from
     * that one as well, and has seen all that it has seen.
     */
    public ClassifierTrainer startingFrom(Classifier other) {
        return new ClassifierTrainer(resources, other);
    }

    /** Refuses what no training could make sense of; problems are at {@code /data/sequences/i/…}. */
    public void check(
            List<LabelledSequence> data, ClassifyOptions classify, NetworkOptions network, TrainingOptions training) {
        checked(data, classify, network, training);
    }

    private record Checked(List<String> labels, ClassifierPlan.Planned planned) {}

    private Checked checked(
            List<LabelledSequence> data, ClassifyOptions classify, NetworkOptions network, TrainingOptions training) {
        List<String> labels = TrainingDataCheck.check(data);
        if (parent != null) {
            labels = parent.labels();
            TrainingDataCheck.checkLabels(data, labels);
        }
        ClassifierPlan.Planned planned = ClassifierPlan.of(data, classify, network, training, parent);
        TrainingDataCheck.checkSize(data, planned.settings(), labels.size(), resources);
        return new Checked(labels, planned);
    }

    /** Options whose absent fields are chosen for the data. */
    public TrainedClassifier train(
            List<LabelledSequence> data,
            ClassifyOptions classify,
            NetworkOptions network,
            TrainingOptions training,
            TrainingMonitor monitor) {
        Checked checked = checked(data, classify, network, training);
        return new ClassifierTraining(data, checked.labels(), checked.planned(), monitor, resources).train();
    }
}
