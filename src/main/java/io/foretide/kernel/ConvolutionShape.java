package io.foretide.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Causal convolutions above each other, and what is said of the last one's channels. Each normalises what it gives over a batch
 * (Ioffe and Szegedy 2015) and cuts off what is negative, so that what is said at a step depends on the last few steps alone.
 *
 * <pre>
 *   a₀ = x    aᵢ = max(0, γᵢ⊙(Wᵢ∗aᵢ₋₁ − μᵢ)/√(vᵢ + ε) + βᵢ)    out = a·V
 * </pre>
 *
 * Parameters stand layer after layer: W as {@link Convolution} has it, β, γ, and the mean μ and variance v that a walk counts
 * with, which no gradient moves; behind them V, a row a channel. Without layers, nothing is said.
 */
public record ConvolutionShape(int inputs, int channels, List<Layer> layers, int outputs) {
    /** β, γ, μ and v. */
    private static final int OF_A_CHANNEL = 4;

    /** How many steps a convolution looks at, and how far apart. */
    public record Layer(int taps, int dilation) {
        public Layer {
            if (taps < 1 || dilation < 1) {
                throw new IllegalArgumentException("%d taps that are %d steps apart".formatted(taps, dilation));
            }
        }
    }

    public ConvolutionShape {
        layers = List.copyOf(layers);
        if (inputs < 1 || channels < 1 || outputs < 1) {
            throw new IllegalArgumentException("inputs, channels and outputs must be positive, were %d, %d and %d"
                    .formatted(inputs, channels, outputs));
        }
    }

    int inputs(int layer) {
        return layer == 0 ? inputs : channels;
    }

    int weights(int layer) {
        return layers.get(layer).taps() * inputs(layer) * channels;
    }

    int parameters(int layer) {
        return weights(layer) + OF_A_CHANNEL * channels;
    }

    /** How many parameters there are, those that no gradient moves included. */
    public int parameters() {
        int count = layers.isEmpty() ? 0 : channels * outputs;
        for (int layer = 0; layer < layers.size(); layer++) {
            count += parameters(layer);
        }
        return count;
    }

    /** Where a training starts (He et al. 2015). */
    public float[] initial(long seed) {
        float[] parameters = new float[parameters()];
        var random = new SplittableRandom(seed);
        int at = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            int weights = weights(layer);
            draw(random, 6.0 * channels / weights, parameters, at, weights);
            at += weights + channels;
            Arrays.fill(parameters, at, at + channels, 1);
            at += 2 * channels;
            Arrays.fill(parameters, at, at + channels, 1);
            at += channels;
        }
        draw(random, 6.0 / (channels + outputs), parameters, at, parameters.length - at);
        return parameters;
    }

    private static void draw(SplittableRandom random, double squaredLimit, float[] to, int from, int count) {
        float limit = (float) Math.sqrt(squaredLimit);
        for (int i = from; i < from + count; i++) {
            to[i] = limit * (2 * (float) random.nextDouble() - 1);
        }
    }

    /** For {@link ParameterUpdates}: 1 for each weight, 0 for all else. */
    public void putDecays(float[] decays, int offset) {
        int at = offset;
        for (int layer = 0; layer < layers.size(); layer++) {
            Arrays.fill(decays, at, at + weights(layer), 1);
            at += parameters(layer);
        }
        Arrays.fill(decays, at, offset + parameters(), 1);
    }
}
