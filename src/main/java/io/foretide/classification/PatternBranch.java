package io.foretide.classification;

/**
 * What is looked for beside the networks: fixed patterns, of which only the weights are learned. Immutable; each kind has its
 * own walk.
 */
sealed interface PatternBranch permits ValuePatterns, WordPatterns, NoPatterns {
    /** What goes on from step to step. */
    sealed interface Walk permits ValuePatterns.Walk, WordPatterns.Walk, NoPatterns.Walk {
        Walk copy();
    }

    Walk initialWalk();

    /** What the patterns so far say of each label, after a step at least. */
    double[] logits(Walk walk);

    /** How many multiplications and look-ups a step takes, about. */
    long workOfAStep();

    long sizeInBytes();
}
