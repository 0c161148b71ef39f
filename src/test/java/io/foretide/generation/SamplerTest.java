package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.Softmax;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    /** The unknown token, and five whose probabilities are 0.1, 0.4, 0.2, 0.25, 0.05. */
    private static final double[] PROBABILITIES = {0.5, 0.05, 0.2, 0.1, 0.125, 0.025};

    private static final int DRAWS = 40_000;

    @Test
    void drawsAsOftenAsIsLikely() {
        assertThat(shares(1, 0, 1)).containsExactly(new double[] {0, 0.1, 0.4, 0.2, 0.25, 0.05}, within(0.01));
    }

    @Test
    void aHigherTemperatureEvensOutAndALowerOneSharpens() {
        assertThat(shares(100, 0, 1)).containsExactly(new double[] {0, 0.2, 0.2, 0.2, 0.2, 0.2}, within(0.01));
        assertThat(shares(0.5, 0, 1)[2]).isCloseTo(0.16 / 0.275, within(0.01));
    }

    @Test
    void drawsFromTheMostLikelyAlone() {
        assertThat(shares(1, 2, 1)).containsExactly(new double[] {0, 0, 0.4 / 0.65, 0, 0.25 / 0.65, 0}, within(0.01));
        assertThat(shares(1, 99, 1)[1]).isCloseTo(0.1, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 1", "0.41, 2", "0.66, 3", "0.86, 4", "0.96, 5", "0.0001, 1"})
    void drawsFromAsManyAsHaveAProbabilityTogether(double topP, int expected) {
        int drawn = 0;
        for (double share : shares(1, 0, topP)) {
            drawn += share > 0 ? 1 : 0;
        }

        assertThat(drawn).isEqualTo(expected);
    }

    @Test
    void aShareOfTheMostLikelyIsMeasuredAmongThem() {
        assertThat(shares(1, 3, 0.7)) // 0.4 and 0.25 of 0.85
                .containsExactly(new double[] {0, 0, 0.4 / 0.65, 0, 0.25 / 0.65, 0}, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_VALUE, 1e-30, 1e-3})
    void aColdSamplerTakesTheMostLikely(double temperature) {
        assertThat(shares(temperature, 0, 1)[2]).isEqualTo(1);
        assertThat(shares(temperature, 3, 0.9)[2]).isEqualTo(1);
    }

    @Test
    void equallyLikelyTokensAreTakenInTheirOrder() {
        var sampler = new Sampler(4);

        assertThat(sampler.choose(new float[Softmax.room(4)], 0, SamplingOptions.greedy(1), 0))
                .isEqualTo(1);
        assertThat(sampler.choose(new float[Softmax.room(4)], 0, new SamplingOptions(1, 1, 1, 1, 5, List.of()), 0))
                .isEqualTo(1);
    }

    @Test
    void refusesOptionsWithoutSense() {
        assertThatThrownBy(() -> new SamplingOptions(1, -1, 0, 1, 0, List.of())).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new SamplingOptions(1, Double.NaN, 0, 1, 0, List.of()))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> new SamplingOptions(1, 1, 0, 0, 0, List.of())).hasMessageContaining("topP");
        assertThatThrownBy(() -> new SamplingOptions(-1, 1, 0, 1, 0, List.of())).hasMessageContaining("maxTokens");
        assertThatThrownBy(() -> new SamplingOptions(1, 1, 0, 1, 0, List.of("")))
                .hasMessageContaining("stop");
    }

    private static double[] shares(double temperature, int topK, double topP) {
        var sampler = new Sampler(PROBABILITIES.length);
        var options = new SamplingOptions(DRAWS, temperature, topK, topP, 17, List.of());
        double[] shares = new double[PROBABILITIES.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            float[] outputs = new float[Softmax.room(PROBABILITIES.length)];
            for (int i = 0; i < PROBABILITIES.length; i++) {
                outputs[i] = (float) Math.log(PROBABILITIES[i]);
            }
            shares[sampler.choose(outputs, 0, options, draw)] += 1.0 / DRAWS;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.round(shares[i] * DRAWS) / (double) DRAWS;
        }
        return shares;
    }
}
