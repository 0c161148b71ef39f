package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.levels;
import static io.foretide.network.TestNetworks.seasonal;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static io.foretide.testing.Allocations.assertAllocatesNothingInTheEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchWalkTest {
    private static final int WALKS = 40;

    @ParameterizedTest
    @MethodSource("io.foretide.network.PackedStatesTest#networks")
    void eachWalkIsTheOneThatItWouldBeAlone(Settings settings, List<Integer> seasons, long seed) throws Exception {
        Predictor predictor = seasonal(settings, seasons, seed);
        var packing = new PackedStates(predictor);
        var batch = new BatchWalk(predictor);
        List<State> alone = new ArrayList<>();
        List<byte[]> kept = new ArrayList<>();
        for (int walk = 0; walk < WALKS; walk++) {
            alone.add(predictor.initialState());
            kept.add(packing.pack(alone.get(walk)));
        }
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            // Any of them, in any order, as many as come at a time.
            List<Integer> some = random.ints(0, WALKS)
                    .distinct()
                    .limit(1 + random.nextInt(BatchWalk.MOST_ROWS))
                    .boxed()
                    .toList();
            List<Double> observations = some.stream()
                    .map(walk -> target(walk, 60)[(int) alone.get(walk).steps()])
                    .toList();
            for (int row = 0; row < some.size(); row++) {
                batch.load(row, kept.get(some.get(row)));
                assertThat(batch.score(row, observations.get(row)))
                        .isEqualTo(predictor.score(alone.get(some.get(row)), observations.get(row)));
                batch.observe(row, observations.get(row));
                predictor.observe(alone.get(some.get(row)), observations.get(row));
            }
            batch.step(some.size());
            for (int row = 0; row < some.size(); row++) {
                State expected = alone.get(some.get(row));
                kept.set(some.get(row), batch.store(row, kept.get(some.get(row))));
                assertThat(kept.get(some.get(row))).isEqualTo(packing.pack(expected));
                assertThat(batch.steps(row)).isEqualTo(expected.steps());
                int horizon = round % 3 == 0 ? 1 : 8;
                assertSame(batch.forecast(row, horizon, LEVELS), predictor.forecast(expected, horizon, LEVELS));
            }
        }
    }

    private static Predictor predictor() {
        return seasonal(settings(CellType.GRU, 1, 6, Loss.QUANTILE).withMembers(2), List.of(4), 3);
    }

    @Test
    void beginsWithTheInitialStateWhateverTheRowHeld() {
        Predictor predictor = predictor();
        var batch = new BatchWalk(predictor);
        batch.observe(0, 5);
        batch.step(1);
        batch.observe(0, 6);

        batch.begin(0);

        assertThat(batch.store(0, new byte[0])).isEqualTo(new PackedStates(predictor).pack(predictor.initialState()));
        batch.observe(0, 5);
        batch.step(1);
        assertThat(batch.steps(0)).isEqualTo(1);
    }

    @Test
    void stepsOnlyWhatHasObservedOnce() {
        var batch = new BatchWalk(predictor());
        batch.observe(0, 5);

        assertThatThrownBy(() -> batch.observe(0, 6)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.step(2)).isInstanceOf(IllegalStateException.class);
        batch.step(1);
        assertThatThrownBy(() -> batch.step(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forecastsAnyHorizonAtAnyLevelsInTurn() {
        Predictor predictor = predictor();
        var batch = new BatchWalk(predictor);
        State state = predictor.initialState();
        for (double observation : target(2, 30)) {
            predictor.observe(state, observation);
            batch.observe(0, observation);
            batch.step(1);
        }

        for (int horizon = 1; horizon <= 60; horizon++) {
            for (List<QuantileLevel> levels : List.of(LEVELS, levels(0.3), levels(0.01, 0.5, 0.8, 0.99))) {
                assertSame(batch.forecast(0, horizon, levels), predictor.forecast(state, horizon, levels));
            }
        }
        assertSame(batch.forecast(0, 9000, LEVELS), predictor.forecast(state, 9000, LEVELS));
    }

    @Test
    void allocatesNothingAStep() {
        Predictor predictor = predictor();
        var batch = new BatchWalk(predictor);
        byte[][] kept = new byte[BatchWalk.MOST_ROWS][];
        double[] target = target(2, 64);
        for (int row = 0; row < kept.length; row++) {
            batch.begin(row);
            kept[row] = batch.store(row, new byte[0]);
        }
        int[] step = new int[1];
        Runnable round = () -> {
            for (int row = 0; row < kept.length; row++) {
                load(batch, row, kept[row]);
                batch.observe(row, target[(row + step[0]) % target.length]);
            }
            batch.step(kept.length);
            for (int row = 0; row < kept.length; row++) {
                kept[row] = batch.store(row, kept[row]);
            }
            step[0]++;
        };
        IntStream.range(0, 20).forEach(_ -> round.run());

        assertAllocatesNothingInTheEnd(100, round);
    }

    private static void load(BatchWalk batch, int row, byte[] packed) {
        try {
            batch.load(row, packed);
        } catch (UnreadableStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSame(Forecast actual, Forecast expected) {
        assertThat(actual.levels()).isEqualTo(expected.levels());
        assertThat(actual.mean()).containsExactly(expected.mean());
        assertThat(actual.quantiles()).isDeepEqualTo(expected.quantiles());
    }
}
