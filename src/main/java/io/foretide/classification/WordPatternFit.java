package io.foretide.classification;

import static java.util.Objects.requireNonNull;

import io.foretide.network.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the weights of {@link WordPatterns}: logistic regression on the patterns of each text, as long as what naive Bayes says of
 * them makes them (after Wang and Manning 2012), of which all texts have as much in all.
 *
 * <pre>
 *   logit = b + Σ over patterns s·u / √Σ over patterns s²    s² = mean over the labels of |r|
 *   r = ln (p/|p|) / (q/|q|)    p, q = 0.1 + texts with the pattern that have the label, or another
 *   loss = −ln p(label) + Σ over patterns of the text λ·u² / (2·texts with the pattern)
 * </pre>
 *
 * so that λ weighs Σ u² once an epoch. What λ is, is chosen on texts that are left out in turn.
 */
final class WordPatternFit {
    private static final double[] PENALTIES = {1.0 / 16, 1.0 / 4, 1};

    /** How often a pattern counts as seen with each label, and without, before it is. */
    private static final double UNSEEN = 0.1;

    private static final int EPOCHS = 10;
    private static final double RATE = 0.2;

    /** A pair that is there once tells nothing that its words do not, and a beginning is there with two words. */
    private static final int LEAST = 2;

    /** Weights of all patterns and labels. */
    private static final int MOST_WEIGHTS = 8_000_000;

    /** The length of its pattern, its value, its squares, what was counted of it, and itself in the end. */
    private static final long BYTES_OF_A_WEIGHT = 5 * Float.BYTES;

    /** Every other one begins a word, whose number and two pairs are listed, and with the pairs how often they are there. */
    private static final long BYTES_OF_A_CHARACTER = 64;

    /**
     * What is learned from.
     *
     * @param words of each text
     * @param truth the label of each
     * @param folds of each, the number of the fold in which it is left out
     */
    record Texts(List<int[]> words, int[] truth, int labels, int[] folds) {}

    /**
     * What was learned.
     *
     * @param leftOut [texts][labels]: logits of each text as if it had not been learned from
     */
    record Fit(WordPatterns patterns, double[][] leftOut) {}

    private final WordIndex index;
    private final int labels;
    private final int[][] patterns;
    private final int[] truth;
    private final int[] folds;
    private final long seed;
    private final Deadline deadline;
    private final @Nullable WordPatterns known;

    /** [texts][labels]: what is said of each text already. */
    private final double[][] before;

    /** @param reader of the texts */
    WordPatternFit(Texts texts, WordReader reader, long seed, Deadline deadline) {
        this.labels = texts.labels();
        this.truth = texts.truth();
        this.folds = texts.folds();
        this.seed = seed;
        this.deadline = deadline;
        this.index = index(texts.words(), reader, MOST_WEIGHTS / labels);
        this.patterns = texts.words().stream().map(this::patterns).toArray(int[][]::new);
        this.known = null;
        this.before = new double[truth.length][labels];
    }

    /** Learns on: the same patterns, and what their weights are to be beside the present ones. */
    WordPatternFit(Texts texts, WordPatterns known, long seed, Deadline deadline) {
        this.labels = texts.labels();
        this.truth = texts.truth();
        this.folds = texts.folds();
        this.seed = seed;
        this.deadline = deadline;
        this.index = known.index;
        this.patterns = texts.words().stream().map(this::patterns).toArray(int[][]::new);
        this.known = known;
        this.before = Arrays.stream(patterns).map(known::logits).toArray(double[][]::new);
    }

    /** About how much memory fitting takes: of a text's characters, no more than each makes a pattern. */
    static long bytes(List<LabelledSequence> texts, int labels) {
        long characters = texts.stream()
                .mapToLong(one -> one.content() instanceof Text(String text) ? text.length() : 0)
                .sum();
        return BYTES_OF_A_WEIGHT * Math.min(MOST_WEIGHTS, characters * labels) + BYTES_OF_A_CHARACTER * characters;
    }

    /** @param most how many patterns there may be */
    private WordIndex index(List<int[]> texts, WordReader reader, int most) {
        int words = Math.min(reader.vocabulary().size(), Math.max(1, most / 2));
        int beginnings = Math.min(reader.beginnings().size(), Math.max(0, most - words) / 2);
        long[] pairs = pairs(texts, words, Math.max(0, most - words - beginnings));
        return new WordIndex(reader.beginnings(), words, beginnings, pairs);
    }

    private long[] pairs(List<int[]> texts, int words, int most) {
        Map<Long, int[]> counts = new HashMap<>();
        for (int[] text : texts) {
            deadline.check();
            int first = 0, last = 0;
            for (int any : text) {
                int word = WordIndex.known(any, words);
                counts.computeIfAbsent(WordIndex.pair(last, word), _ -> new int[1])[0]++;
                if (first > 0) {
                    counts.computeIfAbsent(WordIndex.apart(first, word), _ -> new int[1])[0]++;
                }
                first = last;
                last = word;
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue()[0] >= LEAST)
                .sorted((a, b) -> a.getValue()[0] != b.getValue()[0]
                        ? Integer.compare(b.getValue()[0], a.getValue()[0])
                        : Long.compare(a.getKey(), b.getKey()))
                .limit(most)
                .mapToLong(Map.Entry::getKey)
                .sorted()
                .toArray();
    }

    private int[] patterns(int[] text) {
        deadline.check();
        List<Integer> found = new ArrayList<>();
        int first = 0, last = 0;
        for (int word : text) {
            index.patterns(first, last, word, found::add);
            first = last;
            last = word;
        }
        return found.stream().mapToInt(i -> i).toArray();
    }

    /** Learns from all texts, with the best of some penalties, or of those that there was time for, if of any. */
    Fit fit() {
        Fit best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double penalty : PENALTIES) {
            try {
                double[][] leftOut = leftOut(penalty);
                double loss = loss(leftOut);
                if (best == null || loss < least) {
                    best = new Fit(patterns(penalty), leftOut);
                    least = loss;
                }
            } catch (Deadline.Passed e) {
                if (best == null) {
                    throw e;
                }
                break;
            }
        }
        return requireNonNull(best);
    }

    private WordPatterns patterns(double penalty) {
        int[] all = new int[truth.length];
        Arrays.setAll(all, i -> i);
        var learned = new Learned(all, penalty);
        return new WordPatterns(index, labels, learned.weights(), learned.squares, learned.bias());
    }

    private double[][] leftOut(double penalty) {
        double[][] logits = new double[truth.length][];
        int count = Arrays.stream(folds).max().orElse(0) + 1;
        for (int fold = 0; fold < count; fold++) {
            int without = fold;
            int[] some = IntStream.range(0, truth.length)
                    .filter(i -> folds[i] != without)
                    .toArray();
            var learned = new Learned(some, penalty);
            for (int i = 0; i < truth.length; i++) {
                if (folds[i] == fold) {
                    logits[i] = learned.logits(i);
                }
            }
        }
        return logits;
    }

    private double loss(double[][] logits) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double[] p = logits[i].clone();
            sum += Probabilities.replaceLogits(p) - logits[i][truth[i]];
        }
        return sum;
    }

    /** Weights that some texts have taught. */
    private final class Learned {
        private final int[] counts;
        private final float[] squares;

        /** Of patterns s, and of texts √Σ s². */
        private final float[] sizes;

        private final double[] lengths;
        private final float[] u;
        private final double[] bias = new double[labels];

        private Learned(int[] texts, double penalty) {
            this.counts = new int[index.size()];
            this.u = new float[index.size() * labels];
            float[] ofNaiveBayes = count(texts);
            this.squares = known == null ? ofNaiveBayes : known.squares;
            this.sizes = new float[squares.length];
            for (int pattern = 0; pattern < sizes.length; pattern++) {
                sizes[pattern] = (float) Math.sqrt(squares[pattern]);
            }
            this.lengths = Arrays.stream(patterns).mapToDouble(this::length).toArray();
            float[] gradients = new float[u.length];
            Arrays.fill(gradients, 1e-6f);
            List<Integer> order = new ArrayList<>(Arrays.stream(texts).boxed().toList());
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                Collections.shuffle(order, new Random(Seeds.at(seed, epoch)));
                double rate = RATE * (1 - (double) epoch / EPOCHS);
                for (int text : order) {
                    deadline.check();
                    learn(text, rate, penalty, gradients);
                }
            }
        }

        /** Gives the mean of |r| over the labels, of each pattern. */
        private float[] count(int[] texts) {
            int[] found = new int[u.length];
            double[] totals = new double[labels];
            for (int text : texts) {
                for (int pattern : patterns[text]) {
                    found[pattern * labels + truth[text]]++;
                    counts[pattern]++;
                    totals[truth[text]]++;
                }
            }
            double all = Arrays.stream(totals).sum(), unseen = UNSEEN * counts.length;
            float[] means = new float[counts.length];
            for (int pattern = 0; pattern < counts.length; pattern++) {
                deadline.check();
                if (pattern >= index.words() && counts[pattern] < LEAST) {
                    continue; // without the texts that are left out it would not be a pattern
                }
                for (int i = 0; i < labels; i++) {
                    double own = found[pattern * labels + i];
                    double p = (UNSEEN + own) / (totals[i] + unseen);
                    double q = (UNSEEN + counts[pattern] - own) / (all - totals[i] + unseen);
                    means[pattern] += (float) (Math.abs(StrictMath.log(p / q)) / labels);
                }
            }
            return means;
        }

        private double length(int[] text) {
            double sum = 0;
            for (int pattern : text) {
                sum += squares[pattern];
            }
            return WordPatterns.length(sum);
        }

        private void learn(int text, double rate, double penalty, float[] gradients) {
            double[] p = logits(text);
            Probabilities.replaceLogits(p);
            p[truth[text]] -= 1;
            for (int i = 0; i < labels; i++) {
                bias[i] -= 0.01 * rate * p[i];
            }
            for (int pattern : patterns[text]) {
                double x = sizes[pattern] / lengths[text];
                for (int i = 0; i < labels; i++) {
                    int at = pattern * labels + i;
                    float g = (float) (p[i] * x + penalty * u[at] / counts[pattern]);
                    gradients[at] += g * g;
                    u[at] -= (float) (rate * g / Math.sqrt(gradients[at]));
                }
            }
        }

        private double[] logits(int text) {
            double[] logits = before[text].clone();
            for (int i = 0; i < labels; i++) {
                logits[i] += bias[i];
            }
            for (int pattern : patterns[text]) {
                double x = sizes[pattern] / lengths[text];
                for (int i = 0; i < labels; i++) {
                    logits[i] += x * u[pattern * labels + i];
                }
            }
            return logits;
        }

        private double[] bias() {
            double[] sum = bias.clone();
            for (int i = 0; known != null && i < labels; i++) {
                sum[i] += known.bias[i];
            }
            return sum;
        }

        private float[] weights() {
            float[] weights = known == null ? new float[u.length] : known.weights.clone();
            for (int i = 0; i < u.length; i++) {
                weights[i] += sizes[i / labels] * u[i];
            }
            return weights;
        }
    }
}
