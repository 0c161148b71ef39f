package io.foretide.prediction;

import io.foretide.generation.LanguageMeasures;
import io.foretide.registry.Task;

/**
 * How well a version says a text that it reads.
 *
 * @param unknown tokens that are not in its vocabulary
 * @param seenInTraining whether its training has seen the text, or a good part of it; its measures then flatter
 */
record LanguageBacktestAnswer(
        String model,
        int version,
        Task task,
        long tokens,
        long characters,
        long unknown,
        boolean seenInTraining,
        Overall overall)
        implements BacktestAnswer {
    /** The measures over all tokens. */
    record Overall(double nats, double bits, double perplexity, double bitsPerCharacter) {}

    static LanguageBacktestAnswer of(ServedWriter model, LanguageMeasures measures, boolean seen) {
        return new LanguageBacktestAnswer(
                model.name(),
                model.version(),
                model.task(),
                measures.tokens(),
                measures.characters(),
                measures.unknown(),
                seen,
                new Overall(measures.nats(), measures.bits(), measures.perplexity(), measures.bitsPerCharacter()));
    }
}
