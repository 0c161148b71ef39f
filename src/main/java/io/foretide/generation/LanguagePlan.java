package io.foretide.generation;

import io.foretide.network.Activation;
import io.foretide.network.ArtifactJson;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingSettings;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.TokenKind;
import io.foretide.text.Tokenizer;
import io.foretide.text.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Completes the options of a client: what was left open is chosen for the text and for how long the training may take, by rules
 * that count tokens and operations and never time.
 */
final class LanguagePlan {
    private static final long DEFAULT_SEED = 42;

    /** Below this many characters, a tenth of the text is needed to tell epochs apart; else a twentieth is enough. */
    private static final int SHORT_TEXT = 500_000;

    /** The most tokens that a vocabulary has unless it is asked for more. */
    private static final int CHARACTERS = 4_096;

    private static final int WORDS = 10_000;

    private static final int CONTEXT_OF_CHARACTERS = 64;
    private static final int CONTEXT_OF_WORDS = 32;

    /** A large table is the head's as well; of few tokens it would only make the embedding larger. */
    private static final int EMBEDDING_OF_CHARACTERS = 64;

    private static final int ROWS = 32;

    /** A network that was trained already is to be moved on, not shaken. */
    private static final double CONTINUED_RATE = 0.2;

    private static final Duration USUAL_TIME = Duration.ofMinutes(10);

    /** What one thread surely computes: the plan is to be done before the time is up, as the last steps count most. */
    private static final double OPERATIONS_PER_SECOND = 60e9;

    /** Two for each weight, on the way forward and two ways back. */
    private static final double OPERATIONS_PER_WEIGHT = 6;

    private static final int MOST_EPOCHS = 40;

    /**
     * A network that is worth its time where it is trained so often on so long a text.
     *
     * @param leastTokens of a text below which it would learn by heart
     * @param leastEpochs below which a smaller one has learned more
     */
    private record Size(
            int layers, int units, double dropout, double learningRate, long leastTokens, int leastEpochs) {}

    /** From the largest on. */
    private static final List<Size> SIZES = List.of(
            new Size(2, 512, 0.4, 0.002, 3_000_000, 12),
            new Size(2, 384, 0.4, 0.002, 500_000, 12),
            new Size(1, 384, 0.2, 0.003, 300_000, 9),
            new Size(1, 256, 0.1, 0.004, 100_000, 7),
            new Size(1, 128, 0.1, 0.005, 20_000, 5),
            new Size(1, 64, 0.1, 0.008, 0, 1));

    /** Fields by the names that clients know, with the settings that parameters of a model are bound to. */
    private static final Map<String, Function<LanguageSettings, Object>> BOUND = new LinkedHashMap<>();

    static {
        BOUND.put("generate.tokens", settings -> settings.generate().tokens());
        BOUND.put("generate.vocabulary", settings -> settings.generate().vocabulary());
        BOUND.put("network.cell", settings -> settings.network().cell());
        BOUND.put("network.units", settings -> settings.network().units());
        BOUND.put("network.layers", settings -> settings.network().layers());
        BOUND.put("network.activation", settings -> settings.network().activation());
        BOUND.put("network.embedding", settings -> settings.generate().embedding());
    }

    private final String text;
    private final @Nullable LanguageModel parent;
    private final List<String> chosen = new ArrayList<>();

    LanguagePlan(String text, @Nullable LanguageModel parent) {
        this.text = text;
        this.parent = parent;
    }

    /**
     * @param chosen what was left open, as {@code section.field}
     * @param trainedTokens what the text that is trained on consists of
     * @param heldOutTokens what the held-out pieces consist of, one after the other
     */
    record Planned(
            LanguageSettings settings,
            List<String> chosen,
            @Nullable LanguageModel parent,
            Vocabulary vocabulary,
            TextSplit text,
            Tokens trainedTokens,
            Tokens heldOutTokens) {}

    Planned complete(GenerateOptions generate, NetworkOptions network, TrainingOptions training) {
        TokenKind kind = or(
                "generate.tokens",
                generate.tokens(),
                parent == null
                        ? TokenKind.CHARACTER
                        : parent.settings().generate().tokens());
        double split =
                or("training.validation_split", training.validationSplit(), text.length() < SHORT_TEXT ? 0.1 : 0.05);
        TextSplit parts = TextSplit.of(text, kind, split);
        Tokenizer tokenizer = LanguageModel.tokenizer(kind);
        Vocabulary vocabulary =
                parent == null ? vocabulary(tokenizer, parts.trained(), generate.vocabulary()) : parent.vocabulary();
        Tokens tokens = Tokens.of(tokenizer, vocabulary, parts.trained());
        requireEnough(tokens, vocabulary, kind);
        LanguageSettings settings = settings(generate, network, training, kind, vocabulary.size(), tokens, split);
        if (parent != null) {
            requireSameShape(parent.settings(), generate, settings);
        }
        return new Planned(
                settings,
                List.copyOf(chosen),
                parent,
                vocabulary,
                parts,
                tokens,
                Tokens.of(tokenizer, vocabulary, String.join("", parts.heldOut())));
    }

    private Vocabulary vocabulary(Tokenizer tokenizer, String trained, @Nullable Integer asked) {
        boolean words = tokenizer.kind() == TokenKind.WORD;
        int most = or("generate.vocabulary", asked, words ? WORDS : CHARACTERS);
        var counts = new Vocabulary.Counts();
        Tokens.forEach(tokenizer, trained, counts::add);
        return Vocabulary.of(counts, most, words ? 2 : 1); // what a word means that is there once cannot be learned
    }

    private static void requireEnough(Tokens tokens, Vocabulary vocabulary, TokenKind kind) {
        String name = kind == TokenKind.WORD ? "words" : "characters";
        if (tokens.count() < LanguageTrainingCheck.LEAST_TOKENS) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "The text has %d %s to train on, and a language model needs %d: send more text, or lower training.validation_split."
                                    .formatted(tokens.count(), name, LanguageTrainingCheck.LEAST_TOKENS))
                    .with("required", LanguageTrainingCheck.LEAST_TOKENS)
                    .with("actual", tokens.count())
                    .at("/data/text");
        }
        if (vocabulary.size() < 2) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "No word of the text is there twice: send more text, or train on characters.")
                    .at("/data/text");
        }
    }

    private LanguageSettings settings(
            GenerateOptions generate,
            NetworkOptions network,
            TrainingOptions training,
            TokenKind kind,
            int vocabulary,
            Tokens tokens,
            double split) {
        Size size = size(network, training, vocabulary, tokens.count());
        NetworkSettings completed = complete(network, size);
        boolean words = kind == TokenKind.WORD;
        int embedding = or(
                "network.embedding",
                network.embedding(),
                parent == null
                        ? words ? completed.units() : EMBEDDING_OF_CHARACTERS
                        : parent.settings().generate().embedding());
        int context = or("generate.context", generate.context(), words ? CONTEXT_OF_WORDS : CONTEXT_OF_CHARACTERS);
        var completedGenerate = new GenerateSettings(kind, vocabulary, context, embedding);
        return new LanguageSettings(
                completedGenerate, completed, complete(training, completed, size, vocabulary, tokens.count(), split));
    }

    /** The largest that is affordable. */
    private static Size size(NetworkOptions network, TrainingOptions training, int vocabulary, int tokens) {
        int gates = gates(Objects.requireNonNullElse(network.cell(), CellType.LSTM));
        for (Size size : SIZES) {
            double epochs = affordable(training, gates, size.layers(), size.units(), vocabulary, tokens);
            if (tokens >= size.leastTokens() && epochs >= size.leastEpochs()) {
                return size;
            }
        }
        return SIZES.getLast();
    }

    private static int gates(CellType cell) {
        return new NetworkSettings(cell, 1, 1, Activation.TANH, 0, 1).unit().gates();
    }

    /** How many epochs there is time for. */
    private static double affordable(
            TrainingOptions training, int gates, int layers, int units, int vocabulary, int tokens) {
        Duration time = Objects.requireNonNullElse(training.maxDuration(), USUAL_TIME);
        double weights = gates * (2.0 * layers - 1) * units * units + (double) units * vocabulary;
        return OPERATIONS_PER_SECOND * time.toSeconds() / (OPERATIONS_PER_WEIGHT * weights * tokens);
    }

    private NetworkSettings complete(NetworkOptions asked, Size size) {
        if (asked.members() != null && asked.members() != 1) {
            throw new ProblemException(
                            ProblemType.NOT_SUPPORTED,
                            "network.members is %d, and a language model is one network: remove the field."
                                    .formatted(asked.members()))
                    .at("/network/members");
        }
        NetworkSettings inherited = parent == null
                ? new NetworkSettings(CellType.LSTM, size.units(), size.layers(), Activation.TANH, size.dropout(), 1)
                : parent.settings().network();
        CellType cell = or("network.cell", asked.cell(), inherited.cell());
        asked.requireReadBy(cell);
        return new NetworkSettings(
                cell,
                or("network.units", asked.units(), inherited.units()),
                or("network.layers", asked.layers(), inherited.layers()),
                or("network.activation", asked.activation(), inherited.activation()),
                or("network.dropout", asked.dropout(), inherited.dropout()),
                1);
    }

    private TrainingSettings complete(
            TrainingOptions asked, NetworkSettings network, Size size, int vocabulary, int tokens, double split) {
        int gates = network.unit().gates();
        double affordable = affordable(asked, gates, network.layers(), network.units(), vocabulary, tokens);
        int epochs = Math.clamp((long) affordable, 1, MOST_EPOCHS);
        double rate = size.learningRate();
        if (parent != null) {
            epochs = Math.max(1, epochs / 2);
            rate *= CONTINUED_RATE;
        }
        return new TrainingSettings(
                or("training.epochs", asked.epochs(), epochs),
                or("training.batch_size", asked.batchSize(), ROWS),
                or("training.learning_rate", asked.learningRate(), rate),
                or("training.optimizer", asked.optimizer(), Optimizer.ADAM),
                or("training.gradient_clip", asked.gradientClip(), 1.0),
                asked.clipValue(),
                or("training.weight_decay", asked.weightDecay(), 0.0),
                or("training.patience", asked.patience(), 5),
                split,
                or("training.seed", asked.seed(), DEFAULT_SEED),
                asked.maxDuration());
    }

    private <T> T or(String name, @Nullable T asked, T choice) {
        if (asked != null) {
            return asked;
        }
        chosen.add(name);
        return choice;
    }

    /** Fails at the first field by which the parameters of the parent would not fit. */
    private static void requireSameShape(LanguageSettings parent, GenerateOptions generate, LanguageSettings asked) {
        BOUND.forEach((field, of) -> {
            Object wanted = field.equals("generate.vocabulary") && generate.vocabulary() != null
                    ? generate.vocabulary()
                    : of.apply(asked);
            if (!wanted.equals(of.apply(parent))) {
                throw new ProblemException(
                                ProblemType.CANNOT_CONTINUE,
                                "%s is %s, and %s in the version that start_from names, whose parameters fit no other. Remove the field, or start_from."
                                        .formatted(field, json(wanted), json(of.apply(parent))))
                        .at('/' + field.replace('.', '/'));
            }
        });
    }

    /** As a client writes it. */
    private static String json(Object value) {
        return new String(ArtifactJson.write(value), StandardCharsets.UTF_8);
    }
}
