package io.foretide.streaming;

import io.foretide.network.Score;
import io.foretide.network.State;
import io.foretide.network.Surroundings;
import io.foretide.network.UnreadableStateException;
import io.foretide.series.TimeSeries;

/** A walk that forecasts can be made of. Goes through the same states as {@link Stepper}, to the bit. */
final class ForecastWalk implements Walk {
    private final ServedForecaster version;
    private final SessionSettings settings;
    private final State state;
    private long scored;
    private long inside;

    ForecastWalk(ServedForecaster version, SessionSettings settings) {
        this.version = version;
        this.settings = settings;
        this.state = version.predictor().initialState();
    }

    /** Goes on from where another one stood. */
    ForecastWalk goOn(Base base) throws UnreadableStateException {
        version.packing().unpack(base.state(), state);
        scored = base.scored();
        inside = base.inside();
        return this;
    }

    @Override
    public void take(Step step) {
        if (!(step instanceof Step.Value value)) {
            throw new IllegalArgumentException("no value of a series: " + step);
        }
        skip(value.skipped());
        Score score = version.predictor().score(state, value.value());
        if (score != null) {
            scored++;
            inside += score.inside() ? 1 : 0;
        }
        version.predictor()
                .observe(state, value.value(), Around.step(version, settings, state.steps(), value.covariates()));
    }

    /** Walks steps of the series that a session is opened with. */
    ForecastWalk over(TimeSeries opening, int from, int to) {
        var surroundings = Surroundings.of(version.predictor().features(), opening);
        for (int i = from; i < to; i++) {
            version.predictor().observe(state, opening.target()[i], surroundings);
        }
        return this;
    }

    /** Walks steps of which nothing is known. */
    ForecastWalk skip(int steps) {
        for (int i = 0; i < steps; i++) {
            version.predictor().observe(state, Double.NaN, Around.nothing(version, settings, state.steps()));
        }
        return this;
    }

    /** As bytes. */
    byte[] pack() {
        return version.packing().pack(state);
    }

    @Override
    public Base at(long seq) {
        return new Base(seq, pack(), scored, inside);
    }
}
