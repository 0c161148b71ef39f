package io.foretide.classification;

import io.foretide.classification.ClassifierTraining.Prepared;
import io.foretide.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/** Prepares what is learned from: how it is read, and the patterns that are looked for in it. */
final class PatternChoice {
    /** By which share the error must be less for a sequence to be measured by itself, as streams then cost more. */
    private static final double WORTH_IT = 0.05;

    private PatternChoice() {}

    static Prepared of(ClassifierPlan.Planned planned, List<Sequence> sequences, int[] truth, int labels, int[] folds) {
        return planned.settings().readsText()
                ? ofText(planned, sequences, truth, labels, folds)
                : ofValues(planned, sequences, truth, labels);
    }

    private static Prepared ofText(
            ClassifierPlan.Planned planned, List<Sequence> sequences, int[] truth, int labels, int[] folds) {
        Classifier parent = planned.parent();
        List<Text> texts = sequences.stream().map(Text.class::cast).toList();
        WordReader reader = parent != null && parent.parts().reader() instanceof WordReader known
                ? known
                : WordReader.of(planned.tokenizer(), texts, planned.settings().vocabulary());
        List<int[]> words =
                texts.stream().map(text -> oneAtLeast(reader.words(text))).toList();
        if (planned.settings().patterns() == 0) {
            return new Prepared(
                    planned.settings(),
                    planned.chosen(),
                    reader,
                    new Steps.OfWords(words),
                    new NoPatterns(labels),
                    new double[words.size()][labels]);
        }
        long seed = planned.settings().training().seed();
        WordPatternFit.Fit fit = parent != null && parent.parts().patterns() instanceof WordPatterns known
                ? new WordPatternFit(words, truth, labels, known, seed).fit(folds)
                : new WordPatternFit(words, truth, labels, reader, seed).fit(folds);
        return new Prepared(
                planned.settings(), planned.chosen(), reader, new Steps.OfWords(words), fit.patterns(), fit.leftOut());
    }

    /** A text without a word, as when all are left out, is as one that is not known. */
    private static int[] oneAtLeast(int[] words) {
        return words.length == 0 ? new int[1] : words;
    }

    private static Prepared ofValues(
            ClassifierPlan.Planned planned, List<Sequence> sequences, int[] truth, int labels) {
        List<Values> values = sequences.stream().map(Values.class::cast).toList();
        Classifier parent = planned.parent();
        ClassifierSettings settings = planned.settings();
        if (parent != null) {
            return fit(planned, values, (ValueScale) parent.parts().reader(), truth, labels)
                    .prepared();
        }
        Fitted byData = fit(planned, values, ValueScale.of(settings.normalization(), values), truth, labels);
        boolean asked = !planned.chosen().contains("classify.normalization");
        if (asked || settings.patterns() == 0 || isNormalized(values)) {
            return byData.prepared();
        }
        Fitted bySequence = fit(planned, values, ValueScale.of(Normalization.SEQUENCE, values), truth, labels);
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

    private static Fitted fit(
            ClassifierPlan.Planned planned, List<Values> values, ValueScale scale, int[] truth, int labels) {
        List<float[][]> scaled = new ArrayList<>();
        values.forEach(one -> scaled.add(scale.scaled(one)));
        ClassifierSettings settings = planned.settings().with(scale.normalization());
        Steps steps = Steps.OfValues.of(scale, scaled);
        if (settings.patterns() == 0) {
            double[][] nothing = new double[values.size()][labels];
            return new Fitted(
                    new Prepared(settings, planned.chosen(), scale, steps, new NoPatterns(labels), nothing),
                    Double.NaN);
        }
        TrainingSettings training = settings.training();
        Classifier parent = planned.parent();
        ValuePatternFit.Fit fit = parent != null && parent.parts().patterns() instanceof ValuePatterns known
                ? new ValuePatternFit(scaled, known).fit(truth, labels)
                : new ValuePatternFit(scaled, settings.patterns(), training.seed()).fit(truth, labels);
        var prepared = new Prepared(settings, planned.chosen(), scale, steps, fit.patterns(), fit.leftOut());
        return new Fitted(prepared, fit.error());
    }
}
