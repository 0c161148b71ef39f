package io.foretide.network;

import io.foretide.kernel.CellState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that a forecast depends on: the running level, scale and seasonal profile of a series, and the hidden and cell
 * vectors of each layer of each member, and how the levels have adapted. Has exactly one owner; threads share predictors, never states.
 */
public final class State {
    final SmoothedState series;

    /** [members][layers] */
    final CellState[][] members;

    /** Nothing where the levels do not adapt. */
    final @Nullable Adaptation adaptation;

    /** The distribution that was forecast for the next observation, as the head describes it; NaN before the first step. */
    final double[] expected;

    /** Room for the inputs of one step, which all members read; carries nothing. */
    final float[] inputs;

    /** Computes what is expected of the next step; carries nothing, so that states of one owner may share it. */
    final Outputs next;

    private State(
            SmoothedState series,
            CellState[][] members,
            @Nullable Adaptation adaptation,
            double[] expected,
            float[] inputs,
            Outputs next) {
        this.series = series;
        this.members = members;
        this.adaptation = adaptation;
        this.expected = expected;
        this.inputs = inputs;
        this.next = next;
    }

    /** That of a walk that has seen nothing yet. */
    static State initial(Predictor predictor, Outputs next) {
        Head head = predictor.head();
        boolean adapts = head instanceof QuantileHead quantiles
                && quantiles.calibration().adapts();
        double[] expected = new double[head.numbers()];
        Arrays.fill(expected, Double.NaN);
        return new State(
                predictor.smoother().initialState(),
                predictor.members().stream().map(Weights::initialStates).toArray(CellState[][]::new),
                adapts ? new Adaptation(head.width()) : null,
                expected,
                new float[Inputs.count(predictor.features())],
                next);
    }

    /** The number of steps walked, missing ones included. */
    public long steps() {
        return series.steps;
    }

    /** What the top layer of a member says. */
    float[] top(int member) {
        CellState[] layers = members[member];
        return layers[layers.length - 1].hidden();
    }

    /** An independent state that goes on from here. */
    public State copy() {
        CellState[][] copies = Arrays.stream(members).map(State::copy).toArray(CellState[][]::new);
        return new State(
                series.copy(),
                copies,
                adaptation == null ? null : adaptation.copy(),
                expected.clone(),
                inputs.clone(),
                next.copy());
    }

    private static CellState[] copy(CellState[] layers) {
        return Arrays.stream(layers).map(CellState::copy).toArray(CellState[]::new);
    }

    /** Whether every forecast from both states is the same to the bit, now and after any same walk. */
    public boolean sameAs(State other) {
        boolean same = series.sameAs(other.series)
                && Arrays.equals(expected, other.expected)
                && members.length == other.members.length;
        same &= adaptation == null
                ? other.adaptation == null
                : other.adaptation != null && adaptation.sameAs(other.adaptation);
        for (int i = 0; same && i < members.length; i++) {
            same = same(members[i], other.members[i]);
        }
        return same;
    }

    private static boolean same(CellState[] layers, CellState[] others) {
        boolean same = layers.length == others.length;
        for (int i = 0; same && i < layers.length; i++) {
            same = layers[i].sameAs(others[i]);
        }
        return same;
    }
}
