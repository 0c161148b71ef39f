package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.Crew;
import io.foretide.kernel.RecurrentNetwork;
import io.foretide.network.Activation;
import io.foretide.network.CellType;
import io.foretide.network.NetworkSettings;
import io.foretide.network.RecurrentCore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PooledLossTest {
    private static final int LABELS = 3;
    private static final int[] LENGTHS = {5, 2, 7, 1};
    private static final int[] TRUTH = {0, 2, 1, 2};

    private final RecurrentCore core = new RecurrentCore(
            new NetworkSettings(CellType.GRU, 6, 1, Activation.TANH, 0, 1), 2, Pooling.outputs(LABELS));
    private final float[] x = numbers(4 * 7 * 2, 1);

    private static float[] numbers(int count, long seed) {
        var random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian() / 2;
        }
        return numbers;
    }

    private double loss(float[] parameters, double smoothing, float[] gradient) {
        var network = new RecurrentNetwork(core.shape());
        network.load(parameters);
        var loss = new PooledLoss(LABELS, smoothing, 4);
        for (int row = 0; row < 4; row++) {
            loss.row(row, LENGTHS[row], TRUTH[row], 1 + row);
        }
        try (var crew = new Crew(1)) {
            return new BatchGradient(network, BatchGradient.DropoutRates.NONE, 4, 7, crew)
                    .compute(4, 7, x, 1, loss, gradient);
        }
    }

    @Test
    void fallsAsItsGradientSays() {
        float[] parameters = numbers(Math.toIntExact(core.parameters()), 2), gradient = new float[parameters.length];
        loss(parameters, 0.1, gradient);
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }

        double distance = 1e-3 / Math.sqrt(squares), difference = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            float[] moved = parameters.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (float) (sign * distance * gradient[i]);
            }
            difference += sign * loss(moved, 0.1, new float[parameters.length]);
        }

        assertThat(difference / (2 * distance)).isCloseTo(squares, within(5e-3 * squares));
    }

    /** Training and walking mean the same by a network's logits. */
    @Test
    void isTheLossOfWhatAWalkSays() {
        float[] parameters = numbers(Math.toIntExact(core.parameters()), 3);
        var branch = new RecurrentBranch(core, LABELS, 0, List.of(parameters));
        double expected = 0;
        for (int row = 0; row < 4; row++) {
            RecurrentBranch.Walk walk = branch.initialWalk();
            for (int step = 0; step < LENGTHS[row]; step++) {
                int at = (row * 7 + step) * 2;
                branch.step(walk, new float[] {x[at], x[at + 1]});
            }
            double[] p = branch.logits(walk);
            Probabilities.replaceLogits(p);
            expected -= (1 + row) * Math.log(p[TRUTH[row]]);
        }

        assertThat(loss(parameters, 0, new float[parameters.length])).isCloseTo(expected, within(1e-4));
    }
}
