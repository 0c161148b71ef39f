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

    /** Room for the inputs of one step, which all members read; carries nothing. */
    final float[] inputs;

    /** Nothing where the levels do not adapt. */
    final @Nullable Adaptation adaptation;

    /** Computes what is expected of the next step; carries nothing. */
    final Outputs next;

    State(SmoothedState series, CellState[][] members, int inputs, @Nullable Adaptation adaptation, Outputs next) {
        this.series = series;
        this.members = members;
        this.inputs = new float[inputs];
        this.adaptation = adaptation;
        this.next = next;
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
                series.copy(), copies, inputs.length, adaptation == null ? null : adaptation.copy(), next.copy());
    }

    private static CellState[] copy(CellState[] layers) {
        return Arrays.stream(layers).map(CellState::copy).toArray(CellState[]::new);
    }

    /** Whether every forecast from both states is the same to the bit, now and after any same walk. */
    public boolean sameAs(State other) {
        boolean same = series.sameAs(other.series) && members.length == other.members.length;
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
