package io.foretide.generation;

import io.foretide.kernel.TokenGradient.Batch;
import io.foretide.network.Seeds;
import io.foretide.text.Vocabulary;
import java.util.Arrays;

/**
 * Cuts a text into batches: as many rows as may be, each of which reads a part of the text of its own from batch to batch. In each
 * epoch the parts begin elsewhere. The text is read as a ring.
 */
final class TextBatches {
    /** In one of so many batches a row forgets what it has read: so the network learns how a text begins. */
    private static final int FORGETTING = 64;

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
        int[] read = new int[rows * (steps + 1)];
        int start = Math.floorMod(Seeds.at(seed, epoch), tokens.length), distance = tokens.length / rows;
        int stateLength = carried.length / rows;
        for (int row = 0; row < rows; row++) {
            int to = row * (steps + 1);
            long from = start + (long) row * distance + (long) index * steps;
            for (int i = 0; i <= steps; i++) {
                read[to + i] = tokens[(int) ((from + i) % tokens.length)];
            }
            if (index == 0 || beginsAnew(epoch, index, row)) {
                Arrays.fill(carried, row * stateLength, (row + 1) * stateLength, 0);
                read[to] = Vocabulary.UNKNOWN;
            }
        }
        return new Batch(rows, steps, read);
    }

    private boolean beginsAnew(int epoch, int index, int row) {
        long place = ((long) epoch << Integer.SIZE) + (long) index * rows + row;
        return Math.floorMod(Seeds.at(seed, -place), FORGETTING) == 0;
    }
}
