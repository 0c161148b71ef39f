package io.foretide.generation;

/** Hears a continuation token by token. What may be the beginning of a stop string is held back until that is known. */
@FunctionalInterface
public interface TokenSink {
    /** Wants to hear nothing, and the continuation to its end. */
    TokenSink NONE = (_, _, _) -> true;

    /**
     * Hears a token.
     *
     * @param index counted from 0
     * @param text what it adds to the continuation; never half of a surrogate pair
     * @param logProbability the natural logarithm of the probability that the model gave it, before temperature and cuts; NaN
     *     where the sink does not want it
     * @return whether to go on; false ends the continuation, as where nobody listens any more
     */
    boolean token(int index, String text, double logProbability);

    /** Whether to compute probabilities, which takes a moment. */
    default boolean wantsLogProbabilities() {
        return false;
    }
}
