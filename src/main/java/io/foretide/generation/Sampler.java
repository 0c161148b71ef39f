package io.foretide.generation;

import io.foretide.kernel.Softmax;
import io.foretide.text.Vocabulary;

/** Chooses a token by what a model expects. Makes no objects; belongs to one thread at a time. */
final class Sampler {
    /** So that the smallest temperature still gives finite numbers: beyond it, only the most likely token is left anyway. */
    private static final float MOST_INVERSE = 1e30f;

    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private final int tokens;
    private final Softmax softmax = new Softmax();

    /** A heap of tokens, the most likely one first. */
    private final int[] heap;

    private final float[] copy;

    Sampler(int tokens) {
        this.tokens = tokens;
        this.heap = new int[tokens];
        this.copy = new float[Softmax.room(tokens)];
    }

    /** Keeps what a model expects, which {@link #choose} overwrites. */
    void remember(float[] outputs, int at) {
        System.arraycopy(outputs, at, copy, 0, tokens);
    }

    /** ln p of a token, once, by what was remembered. */
    double logProbability(int token) {
        double output = copy[token];
        return output - softmax.apply(copy, 0, tokens);
    }

    /**
     * A token, never the unknown one; the outputs are lost.
     *
     * @param position the place of the draw
     */
    int choose(float[] outputs, int at, SamplingOptions options, long position) {
        if (options.temperature() == 0) {
            return mostLikely(outputs, at);
        }
        warm(outputs, at, options.temperature());
        softmax.apply(outputs, at, tokens);
        outputs[at + Vocabulary.UNKNOWN] = 0;
        double draw = draw(options.seed(), position);
        return options.drawsFromAll() ? fromAll(outputs, at, draw) : fromBest(outputs, at, options, draw);
    }

    private int mostLikely(float[] outputs, int at) {
        int best = Vocabulary.UNKNOWN + 1;
        for (int token = best + 1; token < tokens; token++) {
            if (outputs[at + token] > outputs[at + best]) {
                best = token;
            }
        }
        return best;
    }

    /** Outputs relative to the largest, divided by the temperature. */
    private void warm(float[] outputs, int at, double temperature) {
        float most = outputs[at + mostLikely(outputs, at)];
        float inverse = (float) Math.min(1 / temperature, MOST_INVERSE);
        outputs[at + Vocabulary.UNKNOWN] = most; // counts for nothing, and must not be the largest
        for (int i = at; i < at + tokens; i++) {
            outputs[i] = (outputs[i] - most) * inverse;
        }
    }

    /** In [0, 1): follows from seed and place alone, so that it makes no difference in how many pieces a text is generated. */
    private static double draw(long seed, long position) {
        long bits = mix(mix(seed) + 0x9E3779B97F4A7C15L * (position + 1));
        return (bits >>> 11) * TWO_TO_MINUS_53;
    }

    /** Scrambles a number: the finalizer of SplittableRandom (Stafford's variant 13). */
    static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private int fromAll(float[] probabilities, int at, double draw) {
        double total = 0;
        for (int token = 0; token < tokens; token++) {
            total += probabilities[at + token];
        }
        double left = draw * total;
        int chosen = Vocabulary.UNKNOWN + 1;
        for (int token = chosen; token < tokens; token++) {
            if (probabilities[at + token] > 0) {
                chosen = token;
                left -= probabilities[at + token];
                if (left < 0) {
                    break;
                }
            }
        }
        return chosen;
    }

    /** The most likely ones come to the end of the heap, from behind, as far as they are drawn from. */
    private int fromBest(float[] probabilities, int at, SamplingOptions options, double draw) {
        int known = tokens - 1;
        for (int i = 0; i < known; i++) {
            heap[i] = i + 1;
        }
        for (int i = known / 2 - 1; i >= 0; i--) {
            sink(probabilities, at, i, known);
        }
        int most = options.topK() == 0 ? known : Math.min(options.topK(), known);
        double total = options.topK() == 0 ? sum(probabilities, at) : 0, together = 0;
        int kept = 0;
        while (kept < most && (options.topK() > 0 || together < options.topP() * total || kept == 0)) {
            kept++;
            int last = known - kept, best = heap[0];
            heap[0] = heap[last];
            heap[last] = best;
            sink(probabilities, at, 0, last);
            together += probabilities[at + best];
        }
        if (options.topK() > 0 && options.topP() < 1) {
            kept = cut(probabilities, at, kept, options.topP() * together);
            together = sumOfBest(probabilities, at, kept);
        }
        return ofBest(probabilities, at, kept, draw * together);
    }

    private double sum(float[] probabilities, int at) {
        double sum = 0;
        for (int i = at; i < at + tokens; i++) {
            sum += probabilities[i];
        }
        return sum;
    }

    private double sumOfBest(float[] probabilities, int at, int count) {
        double sum = 0;
        for (int i = 1; i <= count; i++) {
            sum += probabilities[at + heap[tokens - 1 - i]];
        }
        return sum;
    }

    /** How many of the best have this probability together, at least one. */
    private int cut(float[] probabilities, int at, int count, double enough) {
        double sum = 0;
        int kept = 0;
        while (kept < count && (sum < enough || kept == 0)) {
            kept++;
            sum += probabilities[at + heap[tokens - 1 - kept]];
        }
        return kept;
    }

    private int ofBest(float[] probabilities, int at, int count, double place) {
        double left = place;
        for (int i = 1; i < count; i++) {
            int token = heap[tokens - 1 - i];
            left -= probabilities[at + token];
            if (left < 0) {
                return token;
            }
        }
        return heap[tokens - 1 - count];
    }

    private void sink(float[] probabilities, int at, int from, int count) {
        int parent = from, token = heap[from];
        for (int child = 2 * parent + 1; child < count; child = 2 * parent + 1) {
            if (child + 1 < count && isBefore(probabilities, at, heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(probabilities, at, heap[child], token)) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = token;
    }

    /** Of equally likely tokens that of the smaller number is first. */
    private static boolean isBefore(float[] probabilities, int at, int one, int other) {
        float p = probabilities[at + one], q = probabilities[at + other];
        return p > q || p == q && one < other;
    }
}
