package io.foretide.prediction;

import io.foretide.generation.TokenSink;

/**
 * Hears a continuation. Its tokens are told by whichever thread computes them and are to be taken at once; in the pauses between, it
 * has the thread of its request to send what it took.
 */
interface ContinuationListener {
    /** Wants the whole, in the end. */
    ContinuationListener NONE = new ContinuationListener() {
        @Override
        public TokenSink sink() {
            return TokenSink.NONE;
        }

        @Override
        public int next(int tokens) {
            return Integer.MAX_VALUE;
        }

        @Override
        public void pause() {}
    };

    TokenSink sink();

    /**
     * How many tokens to the next pause.
     *
     * @param tokens that are there already
     */
    int next(int tokens);

    void pause();
}
