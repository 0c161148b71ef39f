package io.foretide.classification;

import io.foretide.classification.ClassifierTraining.Prepared;
import io.foretide.network.TrainingMonitor;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares what is learned from: how it is read, and the patterns that are looked for in it. Where there is no time to look for
 * them, the networks are to do without.
 */
final class PatternChoice {
    /** By which share the error must be less for a sequence to be measured by itself, as streams then cost more. */
    private static final double WORTH_IT = 0.05;

    private final ClassifierPlan.Planned planned;
    private final ClassifierSettings settings;
    private final int[] truth;
    private final int labels;
    private final int[] folds;
    private final TrainingMonitor monitor;
    private final Deadline deadline;

    /**
     * @param truth the label of each sequence
     * @param folds of each the number of the fold in which it is left out
     */
    PatternChoice(ClassifierPlan.Planned planned, int[] truth, int labels, int[] folds, TrainingMonitor monitor) {
        this.planned = planned;
        this.settings = planned.settings();
        this.truth = truth;
        this.labels = labels;
        this.folds = folds;
        this.monitor = monitor;
        this.deadline = Deadline.ofPreparation(monitor);
    }

    Prepared prepare(List<Sequence> sequences) {
        return settings.readsText()
                ? ofText(sequences.stream().map(Text.class::cast).toList())
                : ofValues(sequences.stream().map(Values.class::cast).toList());
    }

    private Prepared ofText(List<Text> texts) {
        Classifier parent = planned.parent();
        Deadline cancellation = Deadline.ofCancellation(monitor);
        WordReader reader = parent != null && parent.parts().reader() instanceof WordReader known
                ? known
                : WordReader.of(planned.tokenizer(), texts, settings.vocabulary(), cancellation);
        List<int[]> words = new ArrayList<>();
        for (Text text : texts) {
            cancellation.check();
            words.add(oneAtLeast(reader.words(text)));
        }
        var steps = new Steps.OfWords(words);
        if (settings.patterns() == 0) {
            return networksAlone(settings, reader, steps);
        }
        try {
            WordPatternFit.Fit fit = fit(words, reader);
            return new Prepared(settings, planned.chosen(), reader, steps, fit.patterns(), fit.leftOut());
        } catch (Deadline.Passed _) {
            return networksAlone(settings, reader, steps);
        }
    }

    /** A text without a word, as when all are left out, is as one that is not known. */
    private static int[] oneAtLeast(int[] words) {
        return words.length == 0 ? new int[1] : words;
    }

    private Prepared networksAlone(ClassifierSettings asked, Reader reader, Steps steps) {
        double[][] nothing = new double[truth.length][labels];
        return new Prepared(asked.withoutPatterns(), planned.chosen(), reader, steps, new NoPatterns(labels), nothing);
    }

    private WordPatternFit.Fit fit(List<int[]> words, WordReader reader) {
        var texts = new WordPatternFit.Texts(words, truth, labels, folds);
        long seed = settings.training().seed();
        Classifier parent = planned.parent();
        return parent != null && parent.parts().patterns() instanceof WordPatterns known
                ? new WordPatternFit(texts, known, seed, deadline).fit()
                : new WordPatternFit(texts, reader, seed, deadline).fit();
    }

    private Prepared ofValues(List<Values> values) {
        Classifier parent = planned.parent();
        if (parent != null) {
            return fit(values, (ValueScale) parent.parts().reader()).prepared();
        }
        Fitted byData = fit(values, ValueScale.of(settings.normalization(), values));
        boolean asked = !planned.chosen().contains("classify.normalization");
        if (asked || byData.prepared().settings().patterns() == 0 || isNormalized(values)) {
            return byData.prepared();
        }
        Fitted bySequence = fit(values, ValueScale.of(Normalization.SEQUENCE, values));
        return bySequence.error() < (1 - WORTH_IT) * byData.error() ? bySequence.prepared() : byData.prepared();
    }

    /** Whether each sequence already has about mean 0 and deviation 1. */
    private static boolean isNormalized(List<Values> values) {
        return values.stream().allMatch(one -> {
            ValueScale own = ValueScale.of(Normalization.DATA, List.of(one));
            boolean normalized = true;
            for (int channel = 0; channel < own.channels(); channel++) {
                normalized &= Math.abs(own.means()[channel]) < 0.01 && Math.abs(own.spreads()[channel] - 1) < 0.02;
            }
            return normalized;
        });
    }

    /** @param error of the patterns, on sequences that they did not learn from; no number where there are none */
    private record Fitted(Prepared prepared, double error) {}

    private Fitted fit(List<Values> values, ValueScale scale) {
        List<float[][]> scaled = new ArrayList<>();
        values.forEach(one -> scaled.add(scale.scaled(one)));
        ClassifierSettings own = settings.with(scale.normalization());
        Steps steps = Steps.OfValues.of(scale, scaled);
        if (settings.patterns() == 0) {
            return new Fitted(networksAlone(own, scale, steps), Double.NaN);
        }
        try {
            ValuePatternFit.Fit fit = fit(scaled);
            var prepared = new Prepared(own, planned.chosen(), scale, steps, fit.patterns(), fit.leftOut());
            return new Fitted(prepared, fit.error());
        } catch (Deadline.Passed _) {
            return new Fitted(networksAlone(own, scale, steps), Double.NaN);
        }
    }

    private ValuePatternFit.Fit fit(List<float[][]> scaled) {
        Classifier parent = planned.parent();
        ValuePatternFit fit = parent != null && parent.parts().patterns() instanceof ValuePatterns known
                ? new ValuePatternFit(scaled, known, deadline)
                : new ValuePatternFit(
                        scaled, settings.patterns(), settings.training().seed(), deadline);
        return fit.fit(truth, labels);
    }
}
