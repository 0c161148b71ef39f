package io.foretide.classification;

import java.util.Arrays;

/**
 * Patterns in texts: which words there are, and which pairs of neighbours. Each adds its weights to the labels wherever it
 * is, so that a walk carries sums and the last word. Unknown words are part of no pattern.
 */
final class WordPatterns implements PatternBranch {
    /** Words with a number below this are patterns. */
    final int words;

    /** Pairs of neighbours, as {@link #pair} writes them, ascending. */
    final long[] pairs;

    final int labels;

    /** [words, pairs][labels] */
    final float[] weights;

    /** [labels] */
    final double[] bias;

    WordPatterns(int words, long[] pairs, int labels, float[] weights, double[] bias) {
        this.words = words;
        this.pairs = pairs;
        this.labels = labels;
        this.weights = weights;
        this.bias = bias;
        if (weights.length != (words + pairs.length) * labels || bias.length != labels) {
            throw new IllegalArgumentException("the numbers of patterns do not fit each other");
        }
        for (int i = 1; i < pairs.length; i++) {
            if (pairs[i] <= pairs[i - 1]) {
                throw new IllegalArgumentException("pairs of words do not ascend");
            }
        }
    }

    static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    /** The sums of each label, and behind them the last word. */
    static final class Walk implements PatternBranch.Walk {
        final double[] sums;

        private Walk(int labels) {
            this.sums = new double[labels + 1];
        }

        private int lastWord() {
            return (int) sums[sums.length - 1];
        }

        @Override
        public Walk copy() {
            var copy = new Walk(sums.length - 1);
            System.arraycopy(sums, 0, copy.sums, 0, sums.length);
            return copy;
        }
    }

    @Override
    public Walk initialWalk() {
        return new Walk(labels);
    }

    void step(Walk walk, int word) {
        int known = word < words ? word : 0;
        if (known > 0) {
            add(walk, known);
        }
        int pair = Arrays.binarySearch(pairs, pair(walk.lastWord(), known));
        if (pair >= 0) {
            add(walk, words + pair);
        }
        walk.sums[labels] = known;
    }

    private void add(Walk walk, int pattern) {
        for (int i = 0; i < labels; i++) {
            walk.sums[i] += weights[pattern * labels + i];
        }
    }

    /** What some patterns, by their numbers, say of each label. */
    double[] logits(int[] patterns) {
        Walk walk = initialWalk();
        for (int pattern : patterns) {
            add(walk, pattern);
        }
        return logits(walk);
    }

    @Override
    public double[] logits(PatternBranch.Walk walk) {
        double[] logits = bias.clone(), sums = ((Walk) walk).sums;
        for (int i = 0; i < labels; i++) {
            logits[i] += sums[i];
        }
        return logits;
    }

    @Override
    public long sizeInBytes() {
        return (long) Float.BYTES * weights.length + (long) Long.BYTES * pairs.length;
    }
}
