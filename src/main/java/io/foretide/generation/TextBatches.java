package io.foretide.generation;

import io.foretide.kernel.TokenGradient.Batch;
import io.foretide.network.Seeds;
import io.foretide.text.Vocabulary;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Cuts a text into batches: as many rows as may be, each of which reads a part of the text of its own from batch to batch. In each
 * epoch the parts begin elsewhere. The text is read as a ring.
 */
final class TextBatches {
    /** In one of so many batches a row forgets what it has read: so the network learns how a text begins. */
    private static final int FORGETTING = 64;

    /** How many tokens are read as an unknown one, at random. */
    private static final double UNKNOWN_SHARE = 0.01;

    private final int[] tokens;
    private final int rows;
    private final int steps;
    private final int perEpoch;
    private final long seed;

    TextBatches(Tokens text, LanguageSettings settings) {
        this.tokens = text.numbers();
        this.steps = steps(text, settings);
        this.rows = rows(text, settings);
        this.perEpoch = Math.max(1, tokens.length / (rows * steps));
        this.seed = settings.training().seed();
    }

    static int steps(Tokens text, LanguageSettings settings) {
        return Math.min(settings.generate().context(), text.count() - 1);
    }

    /** No more than read something different in an epoch. */
    static int rows(Tokens text, LanguageSettings settings) {
        return Math.clamp(
                text.count() / steps(text, settings), 1, settings.training().batchSize());
    }

    int rows() {
        return rows;
    }

    int steps() {
        return steps;
    }

    int perEpoch() {
        return perEpoch;
    }

    /**
     * A batch.
     *
     * @param epoch counted from 1
     * @param carried the states of all rows, of which those are cleared that begin anew
     */
    Batch batch(int epoch, int index, float[] carried) {
        int[] read = new int[rows * steps], said = new int[rows * steps];
        int start = Math.floorMod(Seeds.at(seed, epoch), tokens.length), distance = tokens.length / rows;
        int stateLength = carried.length / rows;
        for (int row = 0; row < rows; row++) {
            int to = row * steps;
            long from = start + (long) row * distance + (long) index * steps;
            for (int i = 0; i < steps; i++) {
                read[to + i] = tokens[(int) ((from + i) % tokens.length)];
                said[to + i] = tokens[(int) ((from + i + 1) % tokens.length)];
            }
            if (index == 0 || beginsAnew(epoch, index, row)) {
                Arrays.fill(carried, row * stateLength, (row + 1) * stateLength, 0);
                read[to] = Vocabulary.UNKNOWN;
            }
        }
        hide(new SplittableRandom(Seeds.at(seed, -((long) epoch << Integer.SIZE) - index)), read);
        return new Batch(rows, steps, read, said);
    }

    /** Makes some tokens unknown: so the network learns what to do about one that it does not know. */
    private static void hide(SplittableRandom random, int[] read) {
        for (int i = 0; i < read.length; i++) {
            if (random.nextDouble() < UNKNOWN_SHARE) {
                read[i] = Vocabulary.UNKNOWN;
            }
        }
    }

    private boolean beginsAnew(int epoch, int index, int row) {
        long place = ((long) epoch << Integer.SIZE) + (long) index * rows + row;
        return Math.floorMod(Seeds.at(seed, -place), FORGETTING) == 0;
    }
}
