package io.foretide.classification;

/**
 * Patterns in texts. Each adds its weights to the labels wherever it is, and its square to the length of the text, so that a walk
 * carries sums and the last two words.
 *
 * <pre>
 *   logit = b + Σ w / √Σ s²    over the patterns of the text so far
 * </pre>
 */
final class WordPatterns implements PatternBranch {
    final WordIndex index;
    final int labels;

    /** [patterns][labels] */
    final float[] weights;

    /** [patterns]: s² */
    final float[] squares;

    /** [labels] */
    final double[] bias;

    WordPatterns(WordIndex index, int labels, float[] weights, float[] squares, double[] bias) {
        this.index = index;
        this.labels = labels;
        this.weights = weights;
        this.squares = squares;
        this.bias = bias;
        if (weights.length != index.size() * labels || squares.length != index.size() || bias.length != labels) {
            throw new IllegalArgumentException("the numbers of patterns do not fit each other");
        }
        for (float square : squares) {
            if (!(square >= 0)) {
                throw new IllegalArgumentException("a square is " + square);
            }
        }
    }

    /** The sums of each label, and behind them that of the squares, the last word and the one before. */
    static final class Walk implements PatternBranch.Walk {
        final double[] sums;

        private Walk(int labels) {
            this.sums = new double[labels + 3];
        }

        private int word(int before) {
            return (int) sums[sums.length - 3 + before];
        }

        @Override
        public Walk copy() {
            var copy = new Walk(sums.length - 3);
            System.arraycopy(sums, 0, copy.sums, 0, sums.length);
            return copy;
        }
    }

    @Override
    public Walk initialWalk() {
        return new Walk(labels);
    }

    void step(Walk walk, int word) {
        index.patterns(walk.word(2), walk.word(1), word, pattern -> add(walk, pattern));
        walk.sums[labels + 2] = walk.sums[labels + 1];
        walk.sums[labels + 1] = word;
    }

    private void add(Walk walk, int pattern) {
        for (int i = 0; i < labels; i++) {
            walk.sums[i] += weights[pattern * labels + i];
        }
        walk.sums[labels] += squares[pattern];
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
        double length = length(sums[labels]);
        for (int i = 0; i < labels; i++) {
            logits[i] += sums[i] / length;
        }
        return logits;
    }

    /** √Σ s², of a text without patterns anything but 0. */
    static double length(double squares) {
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    /** A word, three beginnings and two pairs, of which any may be there. */
    @Override
    public long workOfAStep() {
        return 6L * (labels + 1);
    }

    @Override
    public long sizeInBytes() {
        return (long) Float.BYTES * (weights.length + squares.length) + (long) Long.BYTES * index.pairs().length;
    }
}
