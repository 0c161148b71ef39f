package io.foretide.streaming;

import io.foretide.generation.SamplingOptions;
import java.util.List;

/** How tokens are chosen; with where a text stands, it says which. As {@link SamplingOptions}. */
record Drawing(double temperature, int topK, double topP, long seed) {
    Drawing {
        new SamplingOptions(0, temperature, topK, topP, seed, List.of()); // fails where it cannot be
    }

    SamplingOptions options(int maxTokens, List<String> stop) {
        return new SamplingOptions(maxTokens, temperature, topK, topP, seed, stop);
    }
}
