package io.foretide.classification;

import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Small labelled sets that are easy to learn, and classifiers that are trained in no time. */
final class Samples {
    private Samples() {}

    /** Waves of two frequencies, of different lengths, with noise; of each step one channel is missing at times. */
    static List<LabelledSequence> waves(int count, int channels, long seed) {
        var random = new Random(seed);
        List<LabelledSequence> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean fast = i % 2 == 0;
            double[][] steps = new double[20 + random.nextInt(20)][channels];
            double phase = random.nextDouble() * 6;
            for (int step = 0; step < steps.length; step++) {
                for (int channel = 0; channel < channels; channel++) {
                    steps[step][channel] =
                            5 + 2 * Math.sin(phase + step * (fast ? 1.4 : 0.5)) + random.nextGaussian() / 4;
                }
                if (random.nextInt(10) == 0) {
                    steps[step][channels - 1] = Double.NaN;
                }
            }
            data.add(new LabelledSequence("w" + i, fast ? "fast" : "slow", Values.of(steps)));
        }
        return data;
    }

    /** The same, each at a level of its own. */
    static List<LabelledSequence> shifted(List<LabelledSequence> data, long seed) {
        var random = new Random(seed);
        return data.stream()
                .map(one -> {
                    Values values = (Values) one.content();
                    double level = 1000 * random.nextGaussian(), scale = Math.exp(4 * random.nextGaussian());
                    double[] numbers = new double[values.steps()];
                    for (int step = 0; step < numbers.length; step++) {
                        numbers[step] = level + scale * values.at(step, 0);
                    }
                    return new LabelledSequence(one.id(), one.label(), Values.of(numbers));
                })
                .toList();
    }

    /** Sentences of which some words tell the label. */
    static List<LabelledSequence> sentences(int count, long seed) {
        var random = new Random(seed);
        String[] good = {"great", "fine", "lovely"}, bad = {"poor", "dull", "awful"};
        String[] others = {"the", "film", "was", "a", "story", "with", "actors", "and", "music"};
        List<LabelledSequence> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder();
            for (int word = 3 + random.nextInt(6); word > 0; word--) {
                text.append(others[random.nextInt(others.length)]).append(' ');
            }
            text.append((i % 2 == 0 ? good : bad)[random.nextInt(3)]).append(random.nextInt(2) == 0 ? "." : " indeed!");
            data.add(new LabelledSequence("s" + i, i % 2 == 0 ? "good" : "bad", new Text(text.toString())));
        }
        return data;
    }

    static NetworkOptions network(@Nullable CellType cell, int layers, int members) {
        return new NetworkOptions(cell, 8, layers, null, null, null, members);
    }

    static TrainingOptions epochs(int epochs) {
        return new TrainingOptions(epochs, 16, null, null, null, null, null, null, null, 7L, null);
    }

    static TrainedClassifier train(
            List<LabelledSequence> data, ClassifyOptions classify, NetworkOptions network, TrainingOptions training) {
        return train(data, classify, network, training, TrainingMonitor.SILENT);
    }

    static TrainedClassifier train(
            List<LabelledSequence> data,
            ClassifyOptions classify,
            NetworkOptions network,
            TrainingOptions training,
            TrainingMonitor monitor) {
        return new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .train(data, classify, network, training, monitor);
    }

    static ClassifyOptions normalized(Normalization normalization) {
        return new ClassifyOptions(normalization, null, null, null, null, null);
    }
}
