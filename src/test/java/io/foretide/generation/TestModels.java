package io.foretide.generation;

import io.foretide.network.Activation;
import io.foretide.network.CellType;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.TrainingSettings;
import io.foretide.text.TokenKind;
import io.foretide.text.Vocabulary;
import java.util.List;
import java.util.Random;

/** Models with random parameters, which have opinions on everything and know nothing. */
final class TestModels {
    static final List<String> LETTERS = List.of(" ", "a", "b", "c", "d", "e", "\n", "😀", "é", "\uFFFD");
    static final List<String> WORDS = List.of("the", "cat", "sat", ",", ".", "on", "mat", "(", ")", "日", "本");

    private TestModels() {}

    static LanguageModel ofCharacters() {
        return of(TokenKind.CHARACTER, LETTERS, CellType.LSTM, 20, 2);
    }

    static LanguageModel ofWords() {
        return of(TokenKind.WORD, WORDS, CellType.GRU, 20, 1);
    }

    static LanguageModel of(TokenKind kind, List<String> known, CellType cell, int units, int layers) {
        var settings = new LanguageSettings(
                new GenerateSettings(kind, known.size() + 1, 16, 20),
                new NetworkSettings(cell, units, layers, Activation.TANH, 0, 1),
                new TrainingSettings(1, 4, 0.01, Optimizer.ADAM, 1, null, 0, 1, 0.1, 1, null));
        var random = new Random(8);
        float[] parameters = new float[Math.toIntExact(settings.shape().parameters())];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.6 * random.nextGaussian());
        }
        return new LanguageModel(settings, new Vocabulary(known), parameters, SeenText.NOTHING);
    }
}
