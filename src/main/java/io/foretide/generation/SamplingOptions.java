package io.foretide.generation;

import java.util.List;

/**
 * How a continuation is chosen. The same state, options and seed give the same text.
 *
 * @param maxTokens where it ends at the latest
 * @param temperature by which the logarithms of probabilities are divided; 0 takes the most likely token each time
 * @param topK only so many of the most likely tokens are drawn from; 0: all
 * @param topP only the most likely tokens that together have this probability are drawn from, the last one whole; 1: all
 * @param seed each draw follows from it and from how many tokens the state has read
 * @param stop the continuation ends before the first of these that it would contain
 */
public record SamplingOptions(int maxTokens, double temperature, int topK, double topP, long seed, List<String> stop) {
    public static final int MOST_TOKENS = 1_000_000;
    public static final double HIGHEST_TEMPERATURE = 100;
    public static final int MOST_STOPS = 16;
    public static final int LONGEST_STOP = 256;

    public SamplingOptions {
        stop = List.copyOf(stop);
        require(maxTokens >= 0 && maxTokens <= MOST_TOKENS, "maxTokens", maxTokens, "[0, " + MOST_TOKENS + "]");
        require(
                temperature >= 0 && temperature <= HIGHEST_TEMPERATURE,
                "temperature",
                temperature,
                "[0, " + HIGHEST_TEMPERATURE + "]");
        require(topK >= 0, "topK", topK, "[0, ∞)");
        require(topP > 0 && topP <= 1, "topP", topP, "(0, 1]");
        require(stop.size() <= MOST_STOPS, "the number of stop strings", stop.size(), "[0, " + MOST_STOPS + "]");
        for (String one : stop) {
            require(
                    !one.isEmpty() && one.length() <= LONGEST_STOP,
                    "the length of a stop string",
                    one.length(),
                    "[1, " + LONGEST_STOP + "]");
        }
    }

    private static void require(boolean holds, String name, Number value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("%s must lie in %s, was %s".formatted(name, bounds, value));
        }
    }

    /** The most likely token each time. */
    public static SamplingOptions greedy(int maxTokens) {
        return new SamplingOptions(maxTokens, 0, 0, 1, 0, List.of());
    }

    /** Draws as likely as the model says. */
    public static SamplingOptions drawn(int maxTokens, long seed) {
        return new SamplingOptions(maxTokens, 1, 0, 1, seed, List.of());
    }

    /** Whether every known token may be drawn. */
    boolean drawsFromAll() {
        return topK == 0 && topP == 1;
    }
}
