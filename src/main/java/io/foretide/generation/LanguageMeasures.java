package io.foretide.generation;

/**
 * How well a model says a text that it reads.
 *
 * @param tokens how many it was to say
 * @param characters code points of the text
 * @param unknown how many of the tokens are not in its vocabulary, which count as one token
 * @param nats the mean of −ln p over the tokens
 */
public record LanguageMeasures(long tokens, long characters, long unknown, double nats) {
    /** The mean of −log₂ p over the tokens. */
    public double bits() {
        return nats / StrictMath.log(2);
    }

    /** Finite: of so many nats that it is beyond all numbers, the largest. */
    public double perplexity() {
        return Math.min(Double.MAX_VALUE, StrictMath.exp(nats));
    }

    /** As {@link #bits}, per code point: comparable between characters and words. */
    public double bitsPerCharacter() {
        return bits() * tokens / characters;
    }
}
