package io.foretide.classification;

/** Patterns in texts. Each adds its weights to the labels wherever it is, so that a walk carries sums and the last word. */
final class WordPatterns implements PatternBranch {
    final WordIndex index;
    final int labels;

    /** [patterns][labels] */
    final float[] weights;

    /** [labels] */
    final double[] bias;

    WordPatterns(WordIndex index, int labels, float[] weights, double[] bias) {
        this.index = index;
        this.labels = labels;
        this.weights = weights;
        this.bias = bias;
        if (weights.length != index.size() * labels || bias.length != labels) {
            throw new IllegalArgumentException("the numbers of patterns do not fit each other");
        }
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
        index.patterns(walk.lastWord(), word, pattern -> add(walk, pattern));
        walk.sums[labels] = word;
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

    /** A word, three beginnings and a pair, of which any may be there. */
    @Override
    public long workOfAStep() {
        return 5L * labels;
    }

    @Override
    public long sizeInBytes() {
        return (long) Float.BYTES * weights.length + (long) Long.BYTES * index.pairs().length;
    }
}
