package io.foretide.prediction;

import io.foretide.generation.TokenSink;
import java.util.function.BooleanSupplier;

/**
 * Hears a continuation. Its tokens are told by whichever thread computes them and are to be taken at once; in the pauses between, it
 * has the thread of its request to send what it took.
 */
interface ContinuationListener {
    /** Wants the whole in the end, unless its client has gone by then. */
    static ContinuationListener whole(BooleanSupplier gone) {
        return new Whole(gone);
    }

    TokenSink sink();

    /**
     * How many tokens to the next pause.
     *
     * @param tokens that are there already
     */
    int next(int tokens);

    void pause();

    /** Asks between pieces whether its client has gone. */
    final class Whole implements ContinuationListener {
        private static final int AT_ONCE = 128;

        private final BooleanSupplier gone;

        /** Seen by whichever thread computes. */
        private volatile boolean ended;

        private Whole(BooleanSupplier gone) {
            this.gone = gone;
        }

        @Override
        public TokenSink sink() {
            return (_, _, _) -> !ended;
        }

        @Override
        public int next(int tokens) {
            return AT_ONCE;
        }

        @Override
        public void pause() {
            ended |= gone.getAsBoolean();
        }
    }
}
