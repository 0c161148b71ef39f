package io.foretide.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fixed bank of causal convolutions over nine steps, each as far apart as its dilation says: three of the nine count twice,
 * the others minus once, in all 84 ways (MiniRocket, Dempster, Schmidt and Webb 2021). None of them sees the level of a
 * channel. What lies before the first step counts as the mean; half of the convolutions are silent until it is past.
 *
 * <p>A signal is a channel, or how it has changed since the step before: first all channels, then all their changes.
 *
 * @param dilations ascending
 * @param signals of each convolution, those that are added up, ascending. Convolutions stand dilation after dilation, of each
 *     as many, and of these kernel after kernel
 */
record Taps(int[] dilations, int[][] signals) {
    static final int LENGTH = 9;

    /** In how many ways three of nine can count twice. */
    static final int KERNELS = 84;

    private static final int[][] TWICE = twice();

    /** No convolution adds up more channels. */
    private static final int MOST_CHANNELS = 9;

    Taps {
        if (dilations.length == 0 || signals.length == 0 || signals.length % (dilations.length * KERNELS) != 0) {
            throw new IllegalArgumentException(
                    "there are %d sets of signals for %d dilations".formatted(signals.length, dilations.length));
        }
        int before = 0;
        for (int dilation : dilations) {
            if (dilation <= before || dilation > 1 << 20) {
                throw new IllegalArgumentException("dilations do not ascend: " + dilation);
            }
            before = dilation;
        }
    }

    private static int[][] twice() {
        List<int[]> ways = new ArrayList<>();
        for (int a = 0; a < LENGTH; a++) {
            for (int b = a + 1; b < LENGTH; b++) {
                for (int c = b + 1; c < LENGTH; c++) {
                    ways.add(new int[] {a, b, c});
                }
            }
        }
        return ways.toArray(int[][]::new);
    }

    /**
     * Dilations that grow in a straight line of their logarithms, until nine taps are as long as a sequence.
     *
     * @param steps of a sequence
     * @param mostDilations how many there may be
     * @param mostConvolutions about how many there may be
     */
    static Taps of(int steps, int channels, int mostDilations, int mostConvolutions, long seed) {
        double largest = Math.max(0, StrictMath.log((steps - 1.0) / (LENGTH - 1)));
        List<Integer> dilations = new ArrayList<>();
        for (int i = 0; i < mostDilations; i++) {
            int dilation =
                    Math.max(1, (int) StrictMath.exp(mostDilations == 1 ? 0 : largest * i / (mostDilations - 1)));
            if (dilations.isEmpty() || dilation > dilations.getLast()) {
                dilations.add(dilation);
            }
        }
        int each = channels == 1 ? 2 : Math.max(2, mostConvolutions / (dilations.size() * KERNELS));
        var random = new SplittableRandom(seed);
        int[][] signals = new int[dilations.size() * each * KERNELS][];
        for (int i = 0; i < signals.length; i++) {
            int changes = i / KERNELS % 2 * channels;
            signals[i] = Arrays.stream(draw(channels, random))
                    .map(channel -> changes + channel)
                    .toArray();
        }
        return new Taps(dilations.stream().mapToInt(i -> i).toArray(), signals);
    }

    /** As many channels as a power of two with a random exponent says, which are mostly few. */
    private static int[] draw(int channels, SplittableRandom random) {
        double exponent = random.nextDouble() * StrictMath.log(Math.min(channels, MOST_CHANNELS) + 1.0);
        int count = Math.max(1, Math.min(channels, (int) StrictMath.exp(exponent)));
        return random.ints(0, channels).distinct().limit(count).sorted().toArray();
    }

    int convolutions() {
        return signals.length;
    }

    /** How many steps a walk looks back on, the present one included. */
    int reach() {
        return (LENGTH - 1) * dilations[dilations.length - 1] + 1;
    }

    /** Which of {@link #clocks} counts the steps that a convolution was heard at. */
    int clock(int convolution) {
        int dilation = convolution / (signals.length / dilations.length);
        return (convolution + dilation) % 2 == 0 ? 0 : 1 + dilation;
    }

    /** One for the convolutions that are heard from the first step on, and one for the others of each dilation. */
    int clocks() {
        return 1 + dilations.length;
    }

    /** At how many of some steps the convolutions of a clock were heard. */
    long heard(int clock, long steps) {
        return clock == 0 ? steps : Math.max(0, steps - (long) (LENGTH - 1) * dilations[clock - 1]);
    }

    /**
     * What the convolutions give at the last step.
     *
     * @param ring the signals of the last steps, [reach][signals], step t at t modulo reach; zero before the first
     * @param steps how many steps there were
     * @param out a number a convolution
     */
    void convolve(float[] ring, long steps, float[] out) {
        int reach = reach(), width = ring.length / reach, each = signals.length / dilations.length;
        float[] taps = new float[LENGTH * width], sums = new float[width];
        for (int d = 0; d < dilations.length; d++) {
            for (int signal = 0; signal < width; signal++) {
                float sum = 0;
                for (int i = 0; i < LENGTH; i++) {
                    long step = steps - 1 - (long) (LENGTH - 1 - i) * dilations[d];
                    float x = step < 0 ? 0 : ring[(int) (step % reach) * width + signal];
                    taps[signal * LENGTH + i] = x;
                    sum += x;
                }
                sums[signal] = sum;
            }
            for (int k = 0; k < each; k++) {
                int[] twice = TWICE[k % KERNELS];
                float sum = 0;
                for (int signal : signals[d * each + k]) {
                    int at = signal * LENGTH;
                    sum += 3 * (taps[at + twice[0]] + taps[at + twice[1]] + taps[at + twice[2]]) - sums[signal];
                }
                out[d * each + k] = sum;
            }
        }
    }
}
