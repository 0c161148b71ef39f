package io.foretide.streaming;

import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.ClassifyOptions;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Normalization;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Classifiers trained for a moment, two versions each: {@code gesture} of two channels, {@code shape} of one, which is measured
 * by its whole sequence, and {@code mood} of text.
 */
final class TrainedClassifiers {
    static final List<String> MODELS = List.of("gesture", "shape", "mood");
    private static final Map<String, Classifier> TRAINED = new HashMap<>();

    private TrainedClassifiers() {}

    /** Null where there is none of that name. */
    static synchronized @Nullable Classifier find(String model, int version) {
        return MODELS.contains(model) && version <= 2
                ? TRAINED.computeIfAbsent(model + ":" + version, _ -> train(model, version))
                : null;
    }

    static Classifier gesture() {
        return find("gesture", 1);
    }

    private static Classifier train(String model, int version) {
        var normalization = switch (model) {
            case "gesture" -> Normalization.DATA;
            case "shape" -> Normalization.SEQUENCE;
            default -> null;
        };
        List<LabelledSequence> data = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            data.add(
                    switch (model) {
                        case "gesture" -> new LabelledSequence("g" + i, label(i), Values.of(steps(20 + i % 7, 2, i)));
                        case "shape" -> new LabelledSequence("s" + i, label(i), Values.of(steps(20 + i % 7, 1, i)));
                        default -> new LabelledSequence("m" + i, i % 2 == 0 ? "good" : "bad \"\n日", new Text(text(i)));
                    });
        }
        return new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .train(
                        data,
                        new ClassifyOptions(normalization, null, null, null, null, null),
                        new NetworkOptions(CellType.GRU, 8, version, null, null, null, 1),
                        new TrainingOptions(1, 16, null, null, null, null, null, null, null, 7L, null),
                        TrainingMonitor.SILENT)
                .classifier();
    }

    private static String label(int i) {
        return i % 2 == 0 ? "fast" : "slow";
    }

    /** A wave with noise, now and then with nothing: [step][channel]. */
    static double[][] steps(int length, int channels, long seed) {
        var random = new Random(seed);
        double[][] steps = new double[length][channels];
        for (int step = 0; step < length; step++) {
            for (int channel = 0; channel < channels; channel++) {
                steps[step][channel] = random.nextInt(15) == 0
                        ? Double.NaN
                        : 5 + Math.sin(step * (seed % 2 == 0 ? 1.4 : 0.5) + channel) + random.nextGaussian() / 4;
            }
        }
        return steps;
    }

    static String text(long seed) {
        var random = new Random(seed);
        String[] words = {"the", "film", "was", "a", "story", "with", "actors", "and", "music"};
        var text = new StringBuilder();
        for (int word = 3 + random.nextInt(6); word > 0; word--) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        return text.append(seed % 2 == 0 ? "great, indeed!" : "poor.").toString();
    }
}
