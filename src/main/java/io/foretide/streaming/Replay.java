package io.foretide.streaming;

import io.foretide.network.Score;
import io.foretide.network.State;
import io.foretide.network.Surroundings;
import io.foretide.network.UnreadableStateException;
import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * One walk of a session by itself, away from all others: over the series that it is opened with, or once more over what it has
 * walked before. Goes through the same states as {@link Stepper}, to the bit. One thread.
 */
final class Replay {
    private final ServedVersion version;
    private final SessionSettings settings;
    private final State state;
    private long seq;
    private long scored;
    private long inside;

    private Replay(ServedVersion version, SessionSettings settings) {
        this.version = version;
        this.settings = settings;
        this.state = version.predictor().initialState();
    }

    /** From the beginning; the count goes on from {@code seq}. */
    static Replay begin(ServedVersion version, SessionSettings settings, long seq) {
        var replay = new Replay(version, settings);
        replay.seq = seq;
        return replay;
    }

    static Replay from(ServedVersion version, SessionSettings settings, Base base) throws UnreadableStateException {
        var replay = new Replay(version, settings);
        version.packing().unpack(base.state(), replay.state);
        replay.seq = base.seq();
        replay.scored = base.scored();
        replay.inside = base.inside();
        return replay;
    }

    /** Walks steps of the series that a session is opened with. */
    Replay over(TimeSeries opening, int from, int to) {
        var surroundings = Surroundings.of(version.predictor().features(), opening);
        for (int i = from; i < to; i++) {
            version.predictor().observe(state, opening.target()[i], surroundings);
            seq++;
        }
        return this;
    }

    Replay over(List<Step> steps) {
        steps.forEach(this::walk);
        return this;
    }

    private void walk(Step step) {
        skip(step.skipped());
        Score score = version.predictor().score(state, step.value());
        if (score != null) {
            scored++;
            inside += score.inside() ? 1 : 0;
        }
        version.predictor()
                .observe(state, step.value(), Around.step(version, settings, state.steps(), step.covariates()));
        seq = step.seq();
    }

    /** Walks steps of which nothing is known. */
    Replay skip(int steps) {
        for (int i = 0; i < steps; i++) {
            version.predictor().observe(state, Double.NaN, Around.nothing(version, settings, state.steps()));
        }
        return this;
    }

    /** How many steps were walked, those of the opening series and skipped ones included. */
    long steps() {
        return state.steps();
    }

    Base base() {
        return new Base(seq, version.packing().pack(state), scored, inside);
    }
}
