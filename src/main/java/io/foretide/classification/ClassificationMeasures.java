package io.foretide.classification;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good classifications are, beside the true labels.
 *
 * @param accuracy the share of sequences whose most probable label is the true one
 * @param macroF1 the mean of F1 over all labels that are true or predicted anywhere
 * @param logLoss the mean of −ln p of the true label; a probability below 1e-15 counts as that
 * @param brier the mean of ½ Σ (p − y)² over the labels: for two of them the squared error of a probability
 * @param auc of two labels, the probability that a sequence of the second one gets more of it than one of the first; absent
 *     where there are more labels, or only one is true
 * @param calibrationError the expected calibration error: the mean distance between confidence and accuracy in ten bins of
 *     the highest probability, weighted by how many sequences are in each
 * @param confusion a row for each true label, a column for each predicted one
 */
public record ClassificationMeasures(
        int sequences,
        double accuracy,
        double macroF1,
        double logLoss,
        double brier,
        @Nullable Double auc,
        double calibrationError,
        List<String> labels,
        int[][] confusion) {
    /** What a probability counts as that is less. */
    public static final double LEAST_PROBABILITY = 1e-15;

    private static final int BINS = 10;

    /** Classifies sequences and looks at their labels, each of which the classifier must know. */
    public static ClassificationMeasures of(Classifier classifier, List<LabelledSequence> sequences) {
        return of(
                classifier.labels(),
                sequences,
                classifier.classify(
                        sequences.stream().map(LabelledSequence::content).toList()));
    }

    /**
     * Looks at what was said of sequences, and at their labels.
     *
     * @param labels those that are known, in the order of probabilities
     */
    public static ClassificationMeasures of(
            List<String> labels, List<LabelledSequence> sequences, List<Classification> said) {
        int[] truth = new int[sequences.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = labels.indexOf(sequences.get(i).label());
            if (truth[i] < 0) {
                throw new ProblemException(
                                ProblemType.INVALID_SEQUENCE,
                                "Sequence %s has %s, and the labels of this version are %s."
                                        .formatted(
                                                sequences.get(i).id(),
                                                label(sequences.get(i).label()),
                                                Labels.shown(labels)))
                        .at("/sequences/%d/label".formatted(i));
            }
        }
        double[][] probabilities =
                said.stream().map(Classification::probabilities).toArray(double[][]::new);
        return of(labels, truth, probabilities);
    }

    private static String label(@Nullable String label) {
        return label == null ? "no label" : "the label '%s'".formatted(label);
    }

    /**
     * @param truth the places of the true labels; one at least
     * @param probabilities [sequences][labels]
     */
    static ClassificationMeasures of(List<String> labels, int[] truth, double[][] probabilities) {
        if (truth.length == 0) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
        int[][] confusion = new int[labels.size()][labels.size()];
        double right = 0, logLoss = 0, brier = 0;
        for (int i = 0; i < truth.length; i++) {
            double[] p = probabilities[i];
            int predicted = Labels.mostProbable(p);
            confusion[truth[i]][predicted]++;
            right += predicted == truth[i] ? 1 : 0;
            logLoss -= StrictMath.log(Math.max(LEAST_PROBABILITY, p[truth[i]]));
            for (int label = 0; label < p.length; label++) {
                double error = p[label] - (label == truth[i] ? 1 : 0);
                brier += error * error / 2;
            }
        }
        int n = truth.length;
        return new ClassificationMeasures(
                n,
                right / n,
                macroF1(confusion),
                logLoss / n,
                brier / n,
                labels.size() == 2 ? auc(truth, probabilities) : null,
                calibrationError(truth, probabilities),
                List.copyOf(labels),
                confusion);
    }

    private static double macroF1(int[][] confusion) {
        double sum = 0;
        int counted = 0;
        for (int label = 0; label < confusion.length; label++) {
            int isTrue = Arrays.stream(confusion[label]).sum(), predicted = 0;
            for (int[] row : confusion) {
                predicted += row[label];
            }
            if (isTrue + predicted > 0) {
                sum += 2.0 * confusion[label][label] / (isTrue + predicted);
                counted++;
            }
        }
        return sum / counted;
    }

    /** By the ranks of the second label's probability, which those that are equal share. */
    private static @Nullable Double auc(int[] truth, double[][] probabilities) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < truth.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> probabilities[i][1]));
        double ranks = 0, positives = 0;
        for (int from = 0; from < truth.length; ) {
            int to = from;
            while (to < truth.length && probabilities[order.get(to)][1] == probabilities[order.get(from)][1]) {
                to++;
            }
            for (int at = from; at < to; at++) {
                if (truth[order.get(at)] == 1) {
                    ranks += (from + 1 + to) / 2.0;
                    positives++;
                }
            }
            from = to;
        }
        double negatives = truth.length - positives;
        return positives == 0 || negatives == 0
                ? null
                : (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }

    private static double calibrationError(int[] truth, double[][] probabilities) {
        double[] gaps = new double[BINS];
        for (int i = 0; i < truth.length; i++) {
            int predicted = Labels.mostProbable(probabilities[i]);
            double confidence = probabilities[i][predicted];
            gaps[Math.min(BINS - 1, (int) (confidence * BINS))] += confidence - (predicted == truth[i] ? 1 : 0);
        }
        return Arrays.stream(gaps).map(Math::abs).sum() / truth.length;
    }
}
