package io.foretide.classification;

import io.foretide.network.Activation;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingSettings;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.StopWords;
import io.foretide.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Completes what a client asked for by what its data needs, and remembers what was chosen. */
final class ClassifierPlan {
    private static final long DEFAULT_SEED = 42;

    /** Members learn from all but one of so many folds, or of as many as there are members. */
    private static final int FEW_FOLDS = 5, MANY_FOLDS = 10;

    private static final int MEMBERS_OF_VALUES = 5, MEMBERS_OF_TEXT = 8;
    private static final int WORDS = 30_000;

    /** Steps that one member walks in all its epochs, about: what a training costs. */
    private static final double STEPS_OF_VALUES = 3e6, STEPS_OF_TEXT = 2e6;

    private static final int FEW_SEQUENCES = 500, MANY_SEQUENCES = 2000;

    /** From so many on, a twentieth tells well enough how good a version is. */
    private static final int ENOUGH_SEQUENCES = 5000;

    /**
     * What a training is to do.
     *
     * @param chosen the settings that the client left open, as {@code section.field}
     */
    record Planned(
            ClassifierSettings settings,
            Tokenizer tokenizer,
            List<String> chosen,
            @Nullable Classifier parent) {
        /** With many sequences a small fold tells as much as is needed, and leaves more to learn from. */
        int folds(int sequences) {
            int least = sequences < MANY_SEQUENCES ? FEW_FOLDS : MANY_FOLDS;
            return Math.max(least, settings.network().members());
        }
    }

    private final List<LabelledSequence> data;
    private final ClassifyOptions classify;
    private final NetworkOptions network;
    private final TrainingOptions training;
    private final @Nullable ClassifierSettings inherited;
    private final List<String> chosen = new ArrayList<>();

    private ClassifierPlan(
            List<LabelledSequence> data,
            ClassifyOptions classify,
            NetworkOptions network,
            TrainingOptions training,
            @Nullable ClassifierSettings inherited) {
        this.data = data;
        this.classify = classify;
        this.network = network;
        this.training = training;
        this.inherited = inherited;
    }

    /** @param data of one kind, one at least */
    static Planned of(
            List<LabelledSequence> data,
            ClassifyOptions classify,
            NetworkOptions network,
            TrainingOptions training,
            @Nullable Classifier parent) {
        var plan = new ClassifierPlan(data, classify, network, training, parent == null ? null : parent.settings());
        ClassifierSettings settings =
                data.getFirst().content() instanceof Values values ? plan.ofValues(values.channels()) : plan.ofText();
        if (parent != null) {
            requireSame(parent.settings(), settings);
        }
        boolean leavesOut = classify.stopWords() == StopWords.LEFT_OUT;
        Tokenizer tokenizer = parent != null && parent.parts().reader() instanceof WordReader reader
                ? reader.tokenizer()
                : leavesOut ? Tokenizer.LOWER_CASE_WORDS.withoutStopWords() : Tokenizer.LOWER_CASE_WORDS;
        return new Planned(settings, tokenizer, List.copyOf(plan.chosen), parent);
    }

    private ClassifierSettings ofValues(int channels) {
        refuse("/network/embedding", network.embedding());
        refuse("/classify/stop_words", classify.stopWords());
        refuse("/classify/vocabulary", classify.vocabulary());
        double steps = data.stream()
                .mapToDouble(one -> ((Values) one.content()).steps())
                .sum();
        boolean few = data.size() < FEW_SEQUENCES, many = data.size() >= MANY_SEQUENCES;
        return new ClassifierSettings(
                channels,
                0,
                0,
                or(
                        "classify.normalization",
                        classify.normalization(),
                        parentOr(ClassifierSettings::normalization, Normalization.DATA)),
                or("classify.label_smoothing", classify.labelSmoothing(), 0.05),
                or("classify.class_weights", classify.classWeights(), ClassWeights.NONE),
                patterns(ValuePatternFit.defaultPatterns(data.size())),
                network(many ? 64 : 32, 0.2, MEMBERS_OF_VALUES),
                training(
                        epochs(STEPS_OF_VALUES, steps, many ? 30 : 150),
                        few ? 16 : 64,
                        many ? 0.005 : 0.01,
                        many ? 10 : 40));
    }

    private ClassifierSettings ofText() {
        refuse("/classify/normalization", classify.normalization());
        double characters = data.stream()
                .mapToDouble(one -> ((Text) one.content()).text().length())
                .sum();
        return new ClassifierSettings(
                0,
                or("network.embedding", network.embedding(), parentOr(ClassifierSettings::embedding, 64)),
                or("classify.vocabulary", classify.vocabulary(), parentOr(ClassifierSettings::vocabulary, WORDS)),
                Normalization.DATA,
                or("classify.label_smoothing", classify.labelSmoothing(), 0.05),
                or("classify.class_weights", classify.classWeights(), ClassWeights.NONE),
                patterns(WORDS),
                network(64, 0.5, MEMBERS_OF_TEXT),
                training(epochs(STEPS_OF_TEXT, characters / 5, 8), 32, 0.003, 3));
    }

    private int patterns(int usual) {
        Patterns asked = or("classify.patterns", classify.patterns(), of(inherited));
        return asked == Patterns.NONE
                ? 0
                : inherited != null && inherited.patterns() > 0 ? inherited.patterns() : usual;
    }

    private static Patterns of(@Nullable ClassifierSettings settings) {
        return settings != null && settings.patterns() == 0 ? Patterns.NONE : Patterns.AUTO;
    }

    private static void refuse(String pointer, @Nullable Object asked) {
        if (asked != null) {
            throw new ProblemException(
                            ProblemType.NOT_SUPPORTED,
                            "%s says nothing about such sequences: remove it."
                                    .formatted(pointer.substring(1).replace('/', '.')))
                    .at(pointer);
        }
    }

    /** As many as come to about so many steps in all. */
    private static int epochs(double allSteps, double steps, int most) {
        return (int) Math.max(4, Math.min(most, allSteps / steps));
    }

    private NetworkSettings network(int units, double dropout, int members) {
        NetworkSettings of = inherited == null ? null : inherited.network();
        CellType cell = or("network.cell", network.cell(), of == null ? CellType.GRU : of.cell());
        network.requireReadBy(cell);
        return new NetworkSettings(
                cell,
                or("network.units", network.units(), of == null ? units : of.units()),
                or("network.layers", network.layers(), of == null ? 1 : of.layers()),
                or("network.activation", network.activation(), of == null ? Activation.TANH : of.activation()),
                or("network.dropout", network.dropout(), of == null ? dropout : of.dropout()),
                or("network.members", network.members(), of == null ? members : of.members()));
    }

    private TrainingSettings training(int epochs, int batchSize, double learningRate, int patience) {
        return new TrainingSettings(
                or("training.epochs", training.epochs(), epochs),
                or("training.batch_size", training.batchSize(), batchSize),
                or(
                        "training.learning_rate",
                        training.learningRate(),
                        inherited == null ? learningRate : learningRate / 4),
                or("training.optimizer", training.optimizer(), Optimizer.ADAM),
                or("training.gradient_clip", training.gradientClip(), 1.0),
                training.clipValue(),
                or("training.weight_decay", training.weightDecay(), 0.0),
                or("training.patience", training.patience(), patience),
                or(
                        "training.validation_split",
                        training.validationSplit(),
                        data.size() < ENOUGH_SEQUENCES ? 0.1 : 0.05),
                or("training.seed", training.seed(), DEFAULT_SEED),
                training.maxDuration());
    }

    private <T> T or(String name, @Nullable T asked, T choice) {
        if (asked != null) {
            return asked;
        }
        chosen.add(name);
        return choice;
    }

    private <T> T parentOr(Function<ClassifierSettings, T> of, T other) {
        return inherited == null ? other : of.apply(inherited);
    }

    /** Fails at the first field by which the parameters of the parent would not fit. */
    private static void requireSame(ClassifierSettings parent, ClassifierSettings asked) {
        require("/data/sequences", "values or text", parent.channels(), asked.channels());
        require("/network/embedding", "network.embedding", parent.embedding(), asked.embedding());
        require("/classify/vocabulary", "classify.vocabulary", parent.vocabulary(), asked.vocabulary());
        require("/classify/normalization", "classify.normalization", parent.normalization(), asked.normalization());
        require("/classify/patterns", "classify.patterns", of(parent), of(asked));
        require(
                "/network/cell",
                "network.cell",
                parent.network().cell(),
                asked.network().cell());
        require(
                "/network/units",
                "network.units",
                parent.network().units(),
                asked.network().units());
        require(
                "/network/layers",
                "network.layers",
                parent.network().layers(),
                asked.network().layers());
        require(
                "/network/members",
                "network.members",
                parent.network().members(),
                asked.network().members());
        require(
                "/network/activation",
                "network.activation",
                parent.network().activation(),
                asked.network().activation());
    }

    private static void require(String pointer, String field, Object ofParent, Object asked) {
        if (!Objects.equals(ofParent, asked)) {
            throw new ProblemException(
                            ProblemType.CANNOT_CONTINUE,
                            "%s is %s, and %s in the version that start_from names, whose parameters fit no other. Remove the field, or start_from."
                                    .formatted(field, asked, ofParent))
                    .at(pointer);
        }
    }
}
