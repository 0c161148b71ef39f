package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.seasonal;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedStatesTest {
    private static final int LENGTH = 70;

    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        long seed = 1;
        for (CellType cell : CellType.values()) {
            for (Loss loss : Loss.values()) {
                for (List<Integer> seasons : List.of(List.<Integer>of(), List.of(4), List.of(5, 15))) {
                    networks.add(Arguments.of(settings(cell, 1, 6, loss), seasons, seed++));
                }
                networks.add(Arguments.of(settings(cell, 2, 6, loss).withMembers(3), List.of(7), seed++));
            }
        }
        return networks.stream();
    }

    private static Predictor monthly() {
        return seasonal(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), List.of(4), 9);
    }

    private static State walked(Predictor predictor, double... target) {
        State state = predictor.initialState();
        for (double observation : target) {
            predictor.observe(state, observation);
        }
        return state;
    }

    /** One that has seen something else, so that whatever is not unpacked shows. */
    private static State used(Predictor predictor) {
        return walked(predictor, target(99, 43));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void unpackedStatesGoOnAsTheOriginalDoes(Settings settings, List<Integer> seasons, long seed) throws Exception {
        Predictor predictor = seasonal(settings, seasons, seed);
        var packing = new PackedStates(predictor);
        double[] target = target(seed, LENGTH);
        State state = predictor.initialState();

        for (int cut = 0; cut <= LENGTH; cut++) {
            State unpacked = used(predictor);
            packing.unpack(packing.pack(state), unpacked);

            assertThat(unpacked.sameAs(state)).as("after %d steps", cut).isTrue();
            if (cut % 9 == 0) {
                State original = state.copy();
                for (int step = cut; step < LENGTH; step++) {
                    predictor.observe(original, target[step]);
                    predictor.observe(unpacked, target[step]);
                }
                assertThat(unpacked.sameAs(original))
                        .as("on from %d steps", cut)
                        .isTrue();
                assertThat(predictor.forecast(unpacked, 15, LEVELS).quantiles())
                        .isDeepEqualTo(predictor.forecast(original, 15, LEVELS).quantiles());
            }
            if (cut < LENGTH) {
                predictor.observe(state, target[cut]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theSameStateIsTheSameBytes(Settings settings, List<Integer> seasons, long seed) throws Exception {
        Predictor predictor = seasonal(settings, seasons, seed);
        var packing = new PackedStates(predictor);
        State unpacked = used(predictor);
        byte[] packed = packing.pack(walked(predictor, target(seed, 40)));

        packing.unpack(packed, unpacked);

        assertThat(packing.pack(unpacked)).isEqualTo(packed).hasSize(packing.size());
    }

    @Test
    void isShorterOnceTheFirstTwoSeasonsAreOver() throws Exception {
        Predictor predictor = monthly();
        var packing = new PackedStates(predictor);

        assertThat(packing.pack(walked(predictor, target(1, 7)))).hasSize(packing.sizeAtFirst());
        assertThat(packing.pack(walked(predictor, target(1, 8)))).hasSize(packing.size());
        assertThat(packing.sizeAtFirst() - packing.size()).isEqualTo(2 * 4 * Double.BYTES);
    }

    @Test
    void isWrittenOverBytesOfItsLength() {
        Predictor predictor = monthly();
        var packing = new PackedStates(predictor);
        State state = walked(predictor, target(1, 30));
        byte[] expected = packing.pack(state);
        byte[] room = new byte[packing.size()];
        Arrays.fill(room, (byte) 7);

        assertThat(packing.pack(state, room)).isSameAs(room).isEqualTo(expected);
        assertThat(packing.pack(state, new byte[packing.size() + 1])).isEqualTo(expected);
    }

    @Test
    void keepsEveryBitOfWhatIsNoNumber() throws Exception {
        Predictor predictor = monthly();
        var packing = new PackedStates(predictor);
        State state = walked(predictor, target(1, 30)), unpacked = predictor.initialState();
        state.members[0][0].hidden()[3] = Float.intBitsToFloat(0x7fa00001);
        state.expected[1] = Double.longBitsToDouble(0xfff8_0000_0000_1234L);
        state.expected[2] = Double.NEGATIVE_INFINITY;
        state.series.profiles[2] = -0.0;

        packing.unpack(packing.pack(state), unpacked);

        assertThat(Float.floatToRawIntBits(unpacked.members[0][0].hidden()[3])).isEqualTo(0x7fa00001);
        assertThat(Double.doubleToRawLongBits(unpacked.expected[1])).isEqualTo(0xfff8_0000_0000_1234L);
        assertThat(unpacked.sameAs(state)).isTrue();
    }

    @Test
    void refusesBytesOfAnotherFormatShapeOrLength() {
        Predictor predictor = monthly();
        var packing = new PackedStates(predictor);
        byte[] right = packing.pack(walked(predictor, target(1, 30)));
        byte[] format = right.clone(), flags = right.clone();
        format[0]++;
        flags[18] |= 8;
        Settings other = settings(CellType.LSTM, 1, 6, Loss.QUANTILE);

        assertRefused(packing, new byte[0]);
        assertRefused(packing, new byte[] {1});
        assertRefused(packing, format);
        assertRefused(packing, flags);
        assertRefused(packing, Arrays.copyOf(right, right.length - 1));
        assertRefused(packing, Arrays.copyOf(right, right.length + 1));
        assertRefused(packing, Arrays.copyOf(right, packing.sizeAtFirst()));
        assertRefused(packing, initial(seasonal(other, List.of(5), 9)));
        assertRefused(packing, initial(seasonal(other, List.of(), 9)));
        assertRefused(packing, initial(seasonal(other.withMembers(2), List.of(4), 9)));
        assertRefused(packing, initial(seasonal(settings(CellType.GRU, 1, 6, Loss.QUANTILE), List.of(4), 9)));
        assertRefused(packing, initial(seasonal(settings(CellType.LSTM, 1, 6, Loss.SQUARED), List.of(4), 9)));
    }

    private static byte[] initial(Predictor predictor) {
        return new PackedStates(predictor).pack(predictor.initialState());
    }

    private static void assertRefused(PackedStates packing, byte[] bytes) {
        State state = used(monthly());
        assertThatThrownBy(() -> packing.unpack(bytes, state)).isInstanceOf(UnreadableStateException.class);
        assertThat(state.sameAs(used(monthly()))).isTrue();
    }

    @Test
    void bytesThatNobodyPackedAreRefusedOrWalked() {
        Predictor predictor = monthly();
        var packing = new PackedStates(predictor);
        var random = new Random(5);
        int walked = 0;
        for (int trial = 0; trial < 4000; trial++) {
            byte[] bytes = packing.pack(walked(predictor, target(trial, trial % 20)));
            int from = trial % 2 == 0 ? 18 : 0;
            for (int i = 0; i < 1 + trial % 5; i++) {
                bytes[from + random.nextInt(trial % 3 == 0 ? 30 : bytes.length - from)] = (byte) random.nextInt(256);
            }
            walked += isWalked(predictor, packing, bytes) ? 1 : 0;
        }
        assertThat(walked).isBetween(1000, 3900);
    }

    private static boolean isWalked(Predictor predictor, PackedStates packing, byte[] bytes) {
        State state = predictor.initialState();
        try {
            packing.unpack(bytes, state);
        } catch (UnreadableStateException e) {
            return false;
        }
        assertThatCode(() -> {
                    for (int step = 0; step < 12; step++) {
                        predictor.score(state, step);
                        predictor.observe(state, step);
                    }
                    predictor.forecast(state, 9, LEVELS);
                })
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        // What is damaged may be too large to compute with.
                        thrown -> assertThat(thrown).isInstanceOf(ProblemException.class));
        return true;
    }
}
