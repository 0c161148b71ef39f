package io.foretide.streaming;

import io.foretide.generation.GenerateOptions;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.text.TokenKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Language models trained for a moment, two versions each: {@code tales} of characters, {@code words} of words. */
final class TrainedWriters {
    static final List<String> MODELS = List.of("tales", "words");
    private static final String TEXT = "the cat sat on the mat, and the dog lay by the door. (日本 😀)\n".repeat(20);
    private static final Map<String, LanguageModel> TRAINED = new HashMap<>();

    private TrainedWriters() {}

    /** Null where there is none of that name. */
    static synchronized @Nullable LanguageModel find(String model, int version) {
        return MODELS.contains(model) && version <= 2
                ? TRAINED.computeIfAbsent(model + ":" + version, _ -> train(model, version))
                : null;
    }

    private static LanguageModel train(String model, int version) {
        TokenKind kind = model.equals("words") ? TokenKind.WORD : TokenKind.CHARACTER;
        return new LanguageModelTrainer(new TrainingResources(1, 1L << 30))
                .train(
                        TEXT,
                        new GenerateOptions(kind, null, null),
                        new NetworkOptions(CellType.LSTM, 12, version, null, null, null, null),
                        new TrainingOptions(1, null, null, null, null, null, null, null, null, 3L, null),
                        TrainingMonitor.SILENT)
                .model();
    }
}
